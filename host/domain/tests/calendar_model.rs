//! The calendar against a model that walks from day to day.

#![allow(clippy::unwrap_used)] // Helpers outside #[test] functions are tests too.

use proptest::prelude::*;
use proptest::sample::select;
use sanbao_domain::calendar::{Calendar, CalendarSpec, Weekday};
use sanbao_domain::time::{Date, Span, SpanUnit, Timestamp};

const ZONES: [&str; 12] = [
    "UTC",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "America/Toronto",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Australia/Lord_Howe",
];
const LISTS: [&str; 8] = ["CN", "TW", "SA", "IN-KA", "US", "DE-BY", "JP", "GB-SCT"];
const DAY_UNITS: [SpanUnit; 5] =
    [SpanUnit::Days, SpanUnit::WorkingDays, SpanUnit::Weeks, SpanUnit::Months, SpanUnit::Years];

fn day() -> impl Strategy<Value = Date> {
    (2013..=2033_i16, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
}

fn far_day() -> impl Strategy<Value = Date> {
    (1..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

/// From 1850, where the zones' oldest oddities lie.
fn instant() -> impl Strategy<Value = Timestamp> {
    (-3_786_825_600_000..4_102_444_800_000_i64).prop_map(|at| Timestamp::from_millisecond(at).unwrap())
}

fn spec() -> impl Strategy<Value = CalendarSpec> {
    (
        select(&ZONES[..]),
        proptest::option::of(select(&LISTS[..])),
        proptest::option::of(proptest::sample::subsequence(Weekday::ALL.to_vec(), 0..7)),
        proptest::collection::vec(day(), 0..20),
        proptest::collection::vec(day(), 0..20),
    )
        .prop_map(|(zone, list, weekend, closed, mut open)| {
            open.retain(|day| !closed.contains(day));
            CalendarSpec {
                holidays: list.map(str::to_owned),
                weekend,
                closed,
                open,
                ..CalendarSpec::of_zone(zone)
            }
        })
}

/// The `count`th working day after `start`, one day after the other.
fn walk(calendar: &Calendar, start: Date, count: u32) -> Date {
    let mut day = start;
    let mut left = count;
    while left > 0 {
        day = day.tomorrow().unwrap();
        left -= u32::from(calendar.is_working_day(day));
    }
    day
}

proptest! {
    #[test]
    fn a_working_day_is_what_the_statement_says(spec in spec(), day in day()) {
        let calendar = spec.load().unwrap();
        let without_own = CalendarSpec { closed: vec![], open: vec![], ..spec.clone() }.load().unwrap();
        let expected = if spec.open.contains(&day) {
            true
        } else if spec.closed.contains(&day) {
            false
        } else {
            without_own.is_working_day(day)
        };
        prop_assert_eq!(calendar.is_working_day(day), expected);
        if let (None, Some(weekend)) = (&spec.holidays, &spec.weekend) {
            let of_week = Weekday::ALL[day.weekday().to_monday_zero_offset() as usize];
            prop_assert_eq!(without_own.is_working_day(day), !weekend.contains(&of_week));
        }
    }

    #[test]
    fn adding_working_days_is_walking(spec in spec(), start in day(), count in 0..400_u32) {
        let calendar = spec.load().unwrap();
        let found = calendar.add(start, Span::new(count, SpanUnit::WorkingDays)).unwrap();
        prop_assert_eq!(found, walk(&calendar, start, count));
        prop_assert_eq!(calendar.working_days_between(start, found), count);
    }

    #[test]
    fn counting_working_days_is_walking(spec in spec(), start in day(), days in 0..500_u32) {
        let calendar = spec.load().unwrap();
        let end = calendar.add(start, Span::new(days, SpanUnit::Days)).unwrap();
        let walked = start.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= end);
        let expected = walked.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.working_days_between(start, end) as usize, expected);
        prop_assert_eq!(calendar.days_between(start, end), days as i32);
        prop_assert_eq!(calendar.days_between(end, start), -(days as i32));
    }

    #[test]
    fn counts_add_up_over_any_distance(spec in spec(), mut days in proptest::array::uniform3(far_day())) {
        let calendar = spec.load().unwrap();
        days.sort();
        let [first, middle, last] = days;
        let between = |one, other| calendar.working_days_between(one, other);
        prop_assert_eq!(between(first, last), between(first, middle) + between(middle, last));
        prop_assert!(i64::from(between(first, last)) <= i64::from(calendar.days_between(first, last)));
        // Going there and counting back agree.
        let there = calendar.add(first, Span::new(between(first, last), SpanUnit::WorkingDays)).unwrap();
        prop_assert!(there <= last);
        prop_assert!(there == first || calendar.is_working_day(there));
        prop_assert_eq!(between(there, last), 0);
    }

    #[test]
    fn later_and_longer_never_end_sooner(
        spec in spec(), mut starts in proptest::array::uniform2(day()), mut amounts in proptest::array::uniform2(0..2000_u32),
        unit in select(&DAY_UNITS[..]),
    ) {
        let calendar = spec.load().unwrap();
        starts.sort();
        amounts.sort();
        let add = |start, amount| calendar.add(start, Span::new(amount, unit)).unwrap();
        prop_assert!(add(starts[0], amounts[0]) <= add(starts[0], amounts[1]));
        prop_assert!(add(starts[0], amounts[0]) <= add(starts[1], amounts[0]));
        prop_assert!(add(starts[0], amounts[0]) >= starts[0]);
    }

    #[test]
    fn a_month_keeps_the_day_or_takes_the_last(start in day(), months in 0..2400_u32) {
        let calendar = CalendarSpec::of_zone("UTC").load().unwrap();
        let end = calendar.add(start, Span::new(months, SpanUnit::Months)).unwrap();
        prop_assert_eq!(end.day(), start.day().min(end.days_in_month()));
        let passed = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        prop_assert_eq!(passed(end) - passed(start), months as i32);
        if months % 12 == 0 {
            prop_assert_eq!(calendar.add(start, Span::new(months / 12, SpanUnit::Years)), Ok(end));
        }
    }

    /// The due instant is where the due day turns into a later one, in every zone, whatever its clocks do.
    #[test]
    fn due_is_when_the_due_day_is_over(spec in spec(), from in instant(), amount in 0..60_u32, unit in select(&DAY_UNITS[..])) {
        let calendar = spec.load().unwrap();
        let by = Span::new(amount, unit);
        let last = calendar.add(calendar.day(from), by).unwrap();
        let due = calendar.due(from, by).unwrap();
        prop_assert!(due > from);
        prop_assert!(calendar.day(due) > last, "{due} is still {}", calendar.day(due));
        let before = due - jiff::SignedDuration::from_nanos(1);
        prop_assert!(calendar.day(before) <= last, "{before} is {} already", calendar.day(before));
    }

    #[test]
    fn elapsed_time_is_the_same_everywhere(spec in spec(), from in instant(), minutes in 0..1_000_000_u32) {
        let calendar = spec.load().unwrap();
        let due = calendar.due(from, Span::new(minutes, SpanUnit::Minutes)).unwrap();
        prop_assert_eq!(due.duration_since(from).as_mins(), i64::from(minutes));
        let hours = calendar.due(from, Span::new(minutes / 60, SpanUnit::Hours)).unwrap();
        prop_assert!(hours >= from && hours <= due);
    }
}
