//! What a policy may call: the respondent's calendar and the author's log.

use super::answer::{date, show, span};
use super::ask;
use super::imported::{calendar, log, types};
use crate::call::Refusal;
use crate::guest::{Guest, Level};
use types::{Date, Span};

impl types::Host for Guest {}

impl calendar::Host for Guest {
    fn add(&mut self, start: Date, by: Span) -> wasmtime::Result<Date> {
        let end = self.calendar().add(day(start)?, span(by));
        Ok(ask::date(end.map_err(Refusal::Calendar)?))
    }

    fn days_between(&mut self, start: Date, end: Date) -> wasmtime::Result<i32> {
        Ok(self.calendar().days_between(day(start)?, day(end)?))
    }

    fn working_days_between(&mut self, start: Date, end: Date) -> wasmtime::Result<u32> {
        Ok(self.calendar().working_days_between(day(start)?, day(end)?))
    }

    fn is_working_day(&mut self, on: Date) -> wasmtime::Result<bool> {
        Ok(self.calendar().is_working_day(day(on)?))
    }
}

impl log::Host for Guest {
    fn write(&mut self, level: log::Level, message: String) -> wasmtime::Result<()> {
        let level = match level {
            log::Level::Debug => Level::Debug,
            log::Level::Info => Level::Info,
            log::Level::Warn => Level::Warn,
            log::Level::Error => Level::Error,
        };
        self.log(level, message);
        Ok(())
    }
}

fn day(given: Date) -> wasmtime::Result<sanbao_domain::time::Date> {
    Ok(date(given).ok_or_else(|| Refusal::NoDay(show(given)))?)
}
