//! What can be wrong with a calendar or a question to it.

use crate::time::{Date, Span, SpanUnit, Timestamp};

/// Why a calendar cannot be loaded, or a day cannot be found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// `time_zone` is not in the IANA database.
    #[error(
        "time_zone: \"{given}\" is not a zone of the IANA database; write a name such as \"Asia/Shanghai\""
    )]
    UnknownTimeZone {
        /// What was stated.
        given: String,
    },
    /// `holidays` names no shipped list.
    #[error("holidays: there is no list \"{given}\"; choose one of {}, or leave it out and state `closed` days", .available.join(", "))]
    UnknownHolidays {
        /// What was stated.
        given: String,
        /// Lists of the same country, or else of all countries.
        available: Vec<String>,
    },
    /// Every day of the week is in `weekend`.
    #[error("weekend: no day of the week is left to work on; leave one out")]
    NoWorkingDay,
    /// A day is both in `closed` and in `open`.
    #[error("open: {day} is in `closed` too; keep it in one of them")]
    Contradiction {
        /// The day.
        day: Date,
    },
    /// A day of `closed` or `open` lies outside the years 1 to 9999.
    #[error("{field}: {day} lies outside the years 1 to 9999")]
    DayOutOfRange {
        /// `closed` or `open`.
        field: &'static str,
        /// The day.
        day: Date,
    },
    /// A shipped list cannot be read; a fault of this build.
    #[error("holidays: the shipped list \"{list}\" is damaged at \"{at}\"")]
    Damaged {
        /// The list.
        list: String,
        /// The line.
        at: String,
    },
    /// Elapsed time was added to a day.
    #[error("{unit:?} are elapsed time and have no meaning for a day; count in days, weeks, months or years")]
    NotDays {
        /// The unit.
        unit: SpanUnit,
    },
    /// The result, or the start, lies outside the years 1 to 9999.
    #[error("{start} and {} {:?} leave the years 1 to 9999", .by.amount, .by.unit)]
    OutOfRange {
        /// Day 0.
        start: Date,
        /// What was added.
        by: Span,
    },
    /// The due instant lies outside the years 1 to 9999.
    #[error("{from} and {} {:?} leave the years 1 to 9999", .by.amount, .by.unit)]
    InstantOutOfRange {
        /// Counted from.
        from: Timestamp,
        /// What was added.
        by: Span,
    },
}

impl CalendarError {
    /// The field of [`CalendarSpec`](super::CalendarSpec) to change; none when the question was wrong.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownTimeZone { .. } => Some("time_zone"),
            Self::UnknownHolidays { .. } | Self::Damaged { .. } => Some("holidays"),
            Self::NoWorkingDay => Some("weekend"),
            Self::Contradiction { .. } => Some("open"),
            Self::DayOutOfRange { field, .. } => Some(field),
            Self::NotDays { .. } | Self::OutOfRange { .. } | Self::InstantOutOfRange { .. } => None,
        }
    }
}
