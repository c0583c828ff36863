//! Which days are worked, by arithmetic: no question walks over days, however far apart they are.

use super::Weekday;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days since 1970-01-01, a Thursday.
pub(super) type DayNumber = i32;

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
/// 0001-01-01.
pub(super) const FIRST: DayNumber = -719_162;
/// 9999-12-31.
pub(super) const LAST: DayNumber = 2_932_896;

pub(super) fn number(day: Date) -> DayNumber {
    // A civil day never has other than 86 400 seconds, and 20 000 years of days fit.
    (EPOCH.duration_until(day).as_secs() / 86_400) as DayNumber
}

pub(super) fn day(number: DayNumber) -> Option<Date> {
    (FIRST..=LAST).contains(&number).then_some(())?;
    EPOCH.checked_add(jiff::SignedDuration::from_hours(i64::from(number) * 24)).ok()
}

/// The weekly pattern and the days that break it.
#[derive(Clone, Debug)]
pub(super) struct Days {
    /// Monday first: whether it is worked.
    week: [bool; 7],
    /// Days that break the pattern, sorted, each with the balance up to and including it: plus one for
    /// a day that is worked against the pattern, minus one for a day off.
    breaks: Vec<(DayNumber, i32)>,
}

impl Days {
    /// `stated` overrides the weekend; true means worked.
    pub(super) fn new(weekend: &BTreeSet<Weekday>, stated: BTreeMap<Date, bool>) -> Self {
        let week = Weekday::ALL.map(|day| !weekend.contains(&day));
        let mut balance = 0;
        let breaks = stated
            .into_iter()
            .map(|(day, worked)| (number(day), worked))
            .filter(|(day, worked)| week[in_week(*day)] != *worked)
            .map(|(day, worked)| {
                balance += if worked { 1 } else { -1 };
                (day, balance)
            })
            .collect();
        Self { week, breaks }
    }

    pub(super) fn is_worked(&self, day: DayNumber) -> bool {
        let breaks = self.breaks.binary_search_by_key(&day, |(at, _)| *at).is_ok();
        self.week[in_week(day)] != breaks
    }

    /// Working days from an arbitrary fixed day up to and including this one: it never falls, and it
    /// rises by one at each working day.
    pub(super) fn worked_up_to(&self, day: DayNumber) -> i32 {
        let since_monday = day + 3;
        let in_a_week = self.week.iter().filter(|worked| **worked).count() as i32;
        let of_this_week = self.week[..=in_week(day)].iter().filter(|worked| **worked).count() as i32;
        let passed = self.breaks.partition_point(|(at, _)| *at <= day);
        let balance = passed.checked_sub(1).map_or(0, |last| self.breaks[last].1);
        since_monday.div_euclid(7) * in_a_week + of_this_week + balance
    }

    /// The `count`th working day after `start`; `start` itself when `count` is 0.
    pub(super) fn after(&self, start: DayNumber, count: u32) -> Option<DayNumber> {
        if count == 0 {
            return Some(start);
        }
        let wanted = self.worked_up_to(start).checked_add(i32::try_from(count).ok()?)?;
        let (mut low, mut high) = (start, LAST);
        if self.worked_up_to(high) < wanted {
            return None;
        }
        // `low` has too few, `high` has enough.
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.worked_up_to(middle) < wanted { low = middle } else { high = middle }
        }
        Some(high)
    }

    /// The days of the week that are not worked, then the days off and the days on that break the pattern.
    pub(super) fn spelled_out(&self) -> (Vec<Weekday>, Vec<Date>, Vec<Date>) {
        let off = Weekday::ALL.into_iter().zip(self.week).filter(|(_, worked)| !worked);
        let days = self.breaks.iter().filter_map(|(at, _)| day(*at));
        let (closed, open) = days.partition(|at| self.week[in_week(number(*at))]);
        (off.map(|(day, _)| day).collect(), closed, open)
    }

    /// What a digest of the calendar must cover.
    pub(super) fn fingerprint(&self) -> impl Iterator<Item = i32> + '_ {
        let week = self.week.iter().map(|worked| i32::from(*worked));
        week.chain(self.breaks.iter().map(|(day, _)| *day))
    }
}

fn in_week(day: DayNumber) -> usize {
    (day + 3).rem_euclid(7) as usize
}
