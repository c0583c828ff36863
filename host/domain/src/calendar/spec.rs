//! A calendar as a party states it.

use super::holidays::HolidayList;
use super::{Calendar, CalendarError, Days};
use crate::time::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// Time zone, weekend and days off of a party.
///
/// A day is worked when it is in `open`; else not when it is in `closed`; else as the holiday list says;
/// else unless it is in `weekend`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// IANA name: "Asia/Shanghai".
    pub time_zone: String,
    /// A shipped list by ISO 3166 code of the country or its part: "CN", "IN-KA". Absent: no holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<String>,
    /// Days of the week that are not worked, possibly none. Absent: what the holiday list says is usual
    /// there (Friday and Saturday for "SA"), or Saturday and Sunday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekend: Option<Vec<Weekday>>,
    /// Further days off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Date>,
    /// Days that are worked although they are a holiday or a weekend.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Date>,
}

impl CalendarSpec {
    /// A calendar with this time zone, Saturday and Sunday off, and no holidays.
    pub fn of_zone(time_zone: impl Into<String>) -> Self {
        Self {
            time_zone: time_zone.into(),
            holidays: None,
            weekend: None,
            closed: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Checks the statement and resolves it into days.
    ///
    /// # Errors
    /// Unknown time zone or holiday list, no working day in a week, a day both open and closed, a day
    /// outside the years 1 to 9999.
    pub fn load(&self) -> Result<Calendar, CalendarError> {
        let zone = TimeZone::get(&self.time_zone)
            .ok()
            .filter(|zone| !zone.is_unknown())
            .ok_or_else(|| CalendarError::UnknownTimeZone { given: self.time_zone.clone() })?;
        let list = self.holidays.as_deref().map(HolidayList::find).transpose()?;
        let closed = days(&self.closed, "closed")?;
        let open = days(&self.open, "open")?;
        if let Some(day) = open.intersection(&closed).next() {
            return Err(CalendarError::Contradiction { day: *day });
        }
        let weekend = match (&self.weekend, &list) {
            (Some(stated), _) => stated.iter().copied().collect(),
            (None, Some(list)) => list.weekend.clone(),
            (None, None) => BTreeSet::from([Weekday::Saturday, Weekday::Sunday]),
        };
        if weekend.len() == Weekday::ALL.len() {
            return Err(CalendarError::NoWorkingDay);
        }
        let (mut stated, known) = match list {
            Some(list) => (list.days, Some((list.first, list.settled))),
            None => Default::default(),
        };
        stated.extend(closed.into_iter().map(|day| (day, false)));
        stated.extend(open.into_iter().map(|day| (day, true)));
        Ok(Calendar::new(zone, &self.time_zone, known, Days::new(&weekend, stated)))
    }
}

fn days(stated: &[Date], field: &'static str) -> Result<BTreeSet<Date>, CalendarError> {
    match stated.iter().find(|day| !super::in_range(**day)) {
        Some(day) => Err(CalendarError::DayOutOfRange { field, day: *day }),
        None => Ok(stated.iter().copied().collect()),
    }
}
