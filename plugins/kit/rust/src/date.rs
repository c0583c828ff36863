//! Calendar arithmetic inside the guest, so that most rules need no call to the host. Only working days and
//! holidays are the host's to know: those are in [`crate::calendar`].

use crate::types::{Date, Moment, Span, SpanUnit};
use core::cmp::Ordering;

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.year, self.month, self.day).cmp(&(other.year, other.month, other.day))
    }
}

impl Date {
    /// A day; `month` is 1–12 and `day` 1–31. The host passes only days that exist.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Days from here to `end`; negative when `end` is earlier.
    pub fn days_until(self, end: Date) -> i32 {
        end.number() - self.number()
    }

    /// The day `days` later.
    pub fn add_days(self, days: u32) -> Date {
        Self::from_number(self.number() + days as i32)
    }

    /// The same day of the month, `months` later; a day that the month lacks becomes its last day.
    pub fn add_months(self, months: u32) -> Date {
        let month = u32::from(self.month) - 1 + months;
        let year = self.year + (month / 12) as u16;
        let month = (month % 12) as u8 + 1;
        Date { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// The same day, `years` later; 29 February becomes 28 February in a common year.
    pub fn add_years(self, years: u32) -> Date {
        self.add_months(years * 12)
    }

    /// The day `span` later, itself being day 0; `None` for working days, which only the host knows, and for
    /// minutes and hours, which have no meaning for a day.
    pub fn plus(self, span: Span) -> Option<Date> {
        match span.unit {
            SpanUnit::Days => Some(self.add_days(span.amount)),
            SpanUnit::Weeks => Some(self.add_days(span.amount * 7)),
            SpanUnit::Months => Some(self.add_months(span.amount)),
            SpanUnit::Years => Some(self.add_years(span.amount)),
            SpanUnit::WorkingDays | SpanUnit::Minutes | SpanUnit::Hours => None,
        }
    }

    // Days since 1 March of year 0: with the leap day last, months have a closed form.
    fn number(self) -> i32 {
        let shift = i32::from(self.month < 3);
        let year = i32::from(self.year) - shift;
        let month = i32::from(self.month) - 3 + 12 * shift;
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + i32::from(self.day)
            - 1
    }

    fn from_number(number: i32) -> Date {
        let era = number.div_euclid(146_097);
        let in_era = number.rem_euclid(146_097);
        let year = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * year + year / 4 - year / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i32::from(month < 3);
        Date { year: year as u16, month: month as u8, day: day as u8 }
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Moment {
    /// Whether `later` comes within `hours` of elapsed time; `None` where only the instants, which are not
    /// known, could tell. Days alone decide when both are the same, or lie too far apart.
    pub fn within_hours(&self, later: &Moment, hours: u32) -> Option<bool> {
        if let (Some(start), Some(end)) = (self.at, later.at) {
            return Some(end - start <= i64::from(hours) * 3600);
        }
        // Two days n apart hold instants between n-1 and n+1 days apart.
        let days = self.on.days_until(later.on);
        if (days + 1) * 24 <= hours as i32 {
            Some(true)
        } else if (days - 1) * 24 >= hours as i32 {
            Some(false)
        } else {
            None
        }
    }
}

impl Span {
    /// Elapsed hours.
    pub const fn hours(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::Hours }
    }

    /// Calendar days.
    pub const fn days(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::Days }
    }

    /// Working days of the respondent's calendar.
    pub const fn working_days(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::WorkingDays }
    }

    /// Weeks of seven calendar days.
    pub const fn weeks(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::Weeks }
    }

    /// Calendar months.
    pub const fn months(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::Months }
    }

    /// Calendar years.
    pub const fn years(amount: u32) -> Self {
        Self { amount, unit: SpanUnit::Years }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        let mut parts = text.split('-').map(|part| part.parse::<u16>().unwrap());
        let mut next = || parts.next().unwrap();
        Date::new(next(), next() as u8, next() as u8)
    }

    #[test]
    fn months_and_years_end_on_days_that_exist() {
        for (start, months, end) in [
            ("2023-11-30", 3, "2024-02-29"),
            ("2022-11-30", 3, "2023-02-28"),
            ("2024-01-31", 3, "2024-04-30"),
            ("2024-08-31", 6, "2025-02-28"),
            ("2024-12-15", 1, "2025-01-15"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
        ] {
            assert_eq!(day(start).add_months(months), day(end), "{start} + {months} months");
        }
        assert_eq!(day("2024-02-29").add_years(3), day("2027-02-28"));
    }

    #[test]
    fn every_day_of_four_centuries_has_its_own_number() {
        let mut today = day("1999-12-31");
        for number in 1..=146_097 {
            let next = day("1999-12-31").add_days(number);
            assert_eq!(today.days_until(next), 1);
            assert!(today < next && (1..=12).contains(&next.month));
            assert!((1..=days_in_month(next.year, next.month)).contains(&next.day));
            today = next;
        }
        assert_eq!(today, day("2399-12-31"));
        assert_eq!(day("2024-03-01").days_until(day("2024-02-28")), -2);
    }

    #[test]
    fn hours_are_counted_to_the_second_or_told_from_the_days() {
        let at = |on, at| Moment { on: day(on), at };
        let start = at("2024-05-01", Some(1_000_000));
        assert_eq!(start.within_hours(&at("2024-05-02", Some(1_086_400)), 24), Some(true));
        assert_eq!(start.within_hours(&at("2024-05-02", Some(1_086_401)), 24), Some(false));
        assert_eq!(start.within_hours(&at("2024-05-01", None), 24), Some(true));
        assert_eq!(start.within_hours(&at("2024-05-02", None), 24), None);
        assert_eq!(start.within_hours(&at("2024-05-03", None), 24), Some(false));
    }
}
