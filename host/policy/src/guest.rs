//! What the host keeps of one call while it runs.

use crate::limits::{LOG_LINE_BYTES, LOG_LINES, Limiter, Limits};
use sanbao_domain::calendar::Calendar;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Importance of a log line, as its author chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

/// One line that the policy wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Importance.
    pub level: Level,
    /// At most 512 bytes.
    pub message: String,
}

/// The log of one call: at most 64 lines; what is more is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// Lines that were kept.
    pub lines: Vec<LogLine>,
    /// Lines that were dropped.
    pub dropped: u64,
}

/// Data of a store.
pub(crate) struct Guest {
    pub(crate) limiter: Limiter,
    calendar: Arc<Calendar>,
    log: Log,
}

impl Guest {
    pub(crate) fn new(limits: &Limits, calendar: Arc<Calendar>) -> Self {
        Self { limiter: Limiter::new(limits), calendar, log: Log::default() }
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub(crate) fn log(&mut self, level: Level, mut message: String) {
        if self.log.lines.len() >= LOG_LINES {
            self.log.dropped += 1;
            return;
        }
        message.truncate(message.floor_char_boundary(LOG_LINE_BYTES));
        message.shrink_to_fit();
        self.log.lines.push(LogLine { level, message });
    }

    pub(crate) fn into_log(self) -> Log {
        self.log
    }
}
