//! Working days, holidays and time zones: turns spans into days and instants.
//!
//! Calendar kinds are never mixed: months and years go by the calendar and clamp to the
//! last day of the month, working days by the party's own days, minutes and hours by elapsed time. Every
//! answer is exact and takes a bounded time, whatever the span.

mod days;
mod error;
mod holidays;
mod instants;
mod spec;

pub use error::CalendarError;
pub use holidays::holiday_lists;
pub use spec::{CalendarSpec, Weekday};

use crate::time::{Date, Moment, Span, SpanUnit, Timestamp};
use days::Days;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

/// A party's calendar, resolved from its [`CalendarSpec`].
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    days: Days,
    known: Option<(i16, i16)>,
    version: String,
    /// The zone as it was named.
    stated: String,
}

impl Calendar {
    fn new(zone: TimeZone, stated: &str, known: Option<(i16, i16)>, days: Days) -> Self {
        let mut digest = Sha256::new();
        digest.update(b"sanbao calendar 1\0");
        digest.update(zone.iana_name().unwrap_or(stated));
        digest.update(b"\0");
        for figure in days.fingerprint() {
            digest.update(figure.to_be_bytes());
        }
        let version = hex::encode(&digest.finalize()[..16]);
        Self { zone, days, known, version, stated: stated.to_owned() }
    }

    /// Digest (32 hexadecimal digits) of the zone's name and of every day that is worked or not: two
    /// calendars of the same version count days alike. A receipt records it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The same calendar stated day by day, without a shipped list: what somebody far from here needs to load
    /// a calendar of the same version.
    pub fn spelled_out(&self) -> CalendarSpec {
        let (weekend, closed, open) = self.days.spelled_out();
        let time_zone = self.zone.iana_name().unwrap_or(&self.stated).to_owned();
        CalendarSpec { time_zone, holidays: None, weekend: Some(weekend), closed, open }
    }

    /// Whether the holidays of that day's year are known for certain. Outside the shipped years
    /// (2015–2030) there are weekends only, and in the last of them a list may hold estimates. Always
    /// true without a holiday list.
    pub fn covers(&self, day: Date) -> bool {
        self.known.is_none_or(|(first, settled)| (first..=settled).contains(&day.year()))
    }

    /// The party's time zone.
    pub fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The instant with its day in the party's time zone.
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment { on: self.day(at), at: Some(at) }
    }

    /// The day of an instant in the party's time zone.
    pub fn day(&self, at: Timestamp) -> Date {
        instants::day(&self.zone, at)
    }

    /// The day that lies `by` after `start`, which is day 0. No working days after `start` is `start`.
    ///
    /// # Errors
    /// Units of elapsed time; a start or a result outside the years 1 to 9999.
    pub fn add(&self, start: Date, by: Span) -> Result<Date, CalendarError> {
        let step = jiff::Span::new();
        let amount = i64::from(by.amount);
        let found = match by.unit {
            unit @ (SpanUnit::Minutes | SpanUnit::Hours) => return Err(CalendarError::NotDays { unit }),
            _ if !in_range(start) => None,
            SpanUnit::WorkingDays => self.days.after(days::number(start), by.amount).and_then(days::day),
            SpanUnit::Days => step.try_days(amount).and_then(|step| start.checked_add(step)).ok(),
            SpanUnit::Weeks => step.try_weeks(amount).and_then(|step| start.checked_add(step)).ok(),
            SpanUnit::Months => step.try_months(amount).and_then(|step| start.checked_add(step)).ok(),
            SpanUnit::Years => step.try_years(amount).and_then(|step| start.checked_add(step)).ok(),
        };
        found.ok_or(CalendarError::OutOfRange { start, by })
    }

    /// The last day of a term that starts on `starts`, which is day 0.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn last_day(&self, starts: Date, term: Span) -> Result<Date, CalendarError> {
        self.add(starts, term)
    }

    /// Days from `start` to `end`; negative when `end` is earlier.
    pub fn days_between(&self, start: Date, end: Date) -> i32 {
        days::number(end) - days::number(start)
    }

    /// Working days after `start` up to and including `end`; 0 when `end` is not later.
    pub fn working_days_between(&self, start: Date, end: Date) -> u32 {
        if end <= start {
            return 0;
        }
        let worked = self.days.worked_up_to(days::number(end)) - self.days.worked_up_to(days::number(start));
        worked.unsigned_abs()
    }

    /// Whether the party works on this day.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.days.is_worked(days::number(day))
    }

    /// The same time of day `by` later: at ten in the morning, three days after ten in the morning. Minutes
    /// and hours are elapsed time. A time that the clock skips on that day is the next that it shows.
    ///
    /// # Errors
    /// A result outside the years 1 to 9999.
    pub fn same_time(&self, from: Timestamp, by: Span) -> Result<Timestamp, CalendarError> {
        if matches!(by.unit, SpanUnit::Minutes | SpanUnit::Hours) {
            return self.due(from, by);
        }
        let day = self.add(self.day(from), by)?;
        let time = self.zone.to_datetime(from).time();
        day.to_datetime(time)
            .to_zoned(self.zone.clone())
            .map(|then| then.timestamp())
            .map_err(|_| CalendarError::InstantOutOfRange { from, by })
    }

    /// When something is overdue that is to be done within `by` of `from`: in time is what happens
    /// before this instant. Minutes and hours are elapsed time; every other unit ends with the due day
    /// in the party's time zone.
    ///
    /// # Errors
    /// A result outside the years 1 to 9999.
    pub fn due(&self, from: Timestamp, by: Span) -> Result<Timestamp, CalendarError> {
        let minutes = match by.unit {
            SpanUnit::Minutes => i64::from(by.amount),
            SpanUnit::Hours => i64::from(by.amount) * 60,
            _ => {
                let day = self.add(self.day(from), by)?;
                return instants::end_of(&self.zone, day)
                    .ok_or(CalendarError::InstantOutOfRange { from, by });
            }
        };
        from.checked_add(jiff::SignedDuration::from_mins(minutes))
            .map_err(|_| CalendarError::InstantOutOfRange { from, by })
    }
}

/// Whether the contract can carry the day.
fn in_range(day: Date) -> bool {
    day.year() >= 1
}
