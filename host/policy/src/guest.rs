//! What the host keeps of one call while it runs.

use crate::limits::{LOG_LINE_BYTES, LOG_LINES, Limiter, Limits};
use sanbao_domain::calendar::Calendar;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wasmtime::component::Instance;

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
    instance: Kept,
}

/// Whether the instance of a call answers the next one too.
enum Kept {
    Never,
    Yet(Option<Instance>),
}

impl Guest {
    pub(crate) fn new(limits: &Limits, calendar: Arc<Calendar>) -> Self {
        Self { limiter: Limiter::new(limits), calendar, log: Log::default(), instance: Kept::Never }
    }

    /// Has all calls on this store go to one instance. For a back-test, which checks that it makes no difference.
    pub(crate) fn keep_instance(&mut self) {
        self.instance = Kept::Yet(None);
    }

    /// The instance of an earlier call, where it is kept.
    pub(crate) fn instance(&self) -> Option<Instance> {
        match self.instance {
            Kept::Yet(instance) => instance,
            Kept::Never => None,
        }
    }

    /// Remembers a new instance, where it is to be kept.
    pub(crate) fn made(&mut self, instance: Instance) {
        if let Kept::Yet(kept) = &mut self.instance {
            *kept = Some(instance);
        }
    }

    /// The next call writes a log of its own.
    pub(crate) fn forget_log(&mut self) {
        self.log = Log::default();
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
