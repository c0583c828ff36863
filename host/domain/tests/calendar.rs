//! The calendar at its boundaries: month ends, holidays, clock changes, the ends of time.

#![allow(clippy::unwrap_used)] // Helpers outside #[test] functions are tests too.

use sanbao_domain::calendar::{Calendar, CalendarError, CalendarSpec, Weekday, holiday_lists};
use sanbao_domain::time::{Date, Span, SpanUnit, Timestamp};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn span(amount: u32, unit: SpanUnit) -> Span {
    Span::new(amount, unit)
}

fn with_list(time_zone: &str, list: &str) -> Calendar {
    CalendarSpec { holidays: Some(list.into()), ..CalendarSpec::of_zone(time_zone) }.load().unwrap()
}

fn plain(time_zone: &str) -> Calendar {
    CalendarSpec::of_zone(time_zone).load().unwrap()
}

#[test]
fn days_are_added_by_the_calendar() {
    use SpanUnit::*;
    let cases = [
        ("2024-05-01", 0, Days, "2024-05-01"),
        ("2024-02-28", 2, Days, "2024-03-01"),
        ("2024-05-01", 2, Weeks, "2024-05-15"),
        // Months clamp to the last day …
        ("2023-01-31", 1, Months, "2023-02-28"),
        ("2024-01-31", 1, Months, "2024-02-29"),
        ("2024-08-31", 1, Months, "2024-09-30"),
        // … and do not drift: the day is the start's own, not that of a month between.
        ("2024-01-31", 2, Months, "2024-03-31"),
        ("2024-01-31", 13, Months, "2025-02-28"),
        ("2023-11-30", 3, Months, "2024-02-29"),
        ("2024-02-29", 1, Years, "2025-02-28"),
        ("2024-02-29", 4, Years, "2028-02-29"),
        ("2024-02-29", 12, Months, "2025-02-28"),
        ("1900-01-31", 2400, Months, "2100-01-31"),
        ("2024-05-01", 200, Years, "2224-05-01"),
        ("9999-12-30", 1, Days, "9999-12-31"),
        ("0001-01-01", 1, Months, "0001-02-01"),
    ];
    let calendar = plain("Asia/Shanghai");
    for (start, amount, unit, expected) in cases {
        let by = span(amount, unit);
        assert_eq!(calendar.add(day(start), by), Ok(day(expected)), "{start} + {by:?}");
        assert_eq!(calendar.last_day(day(start), by), Ok(day(expected)));
    }
}

#[test]
fn working_days_are_the_partys() {
    let cases = [
        // From Friday 25 September 2026, Mid-Autumn: Monday to Wednesday, then the National Day week,
        // which costs Saturday 10 October.
        ("CN", "2026-09-25", 3, "2026-09-30"),
        ("CN", "2026-09-25", 4, "2026-10-08"),
        ("CN", "2026-09-25", 6, "2026-10-10"),
        ("CN", "2026-09-25", 7, "2026-10-12"),
        ("CN", "2026-09-25", 0, "2026-09-25"),
        // The weekend before Spring Festival 2024 was worked.
        ("CN", "2024-02-02", 1, "2024-02-04"),
        ("US", "2026-07-02", 1, "2026-07-06"),
        ("GB", "2026-12-24", 1, "2026-12-29"),
        ("GB-SCT", "2026-11-27", 1, "2026-12-01"),
        ("GB-ENG", "2026-11-27", 1, "2026-11-30"),
        ("JP", "2026-05-01", 1, "2026-05-07"),
        // Friday and Saturday are off there.
        ("SA", "2026-11-05", 1, "2026-11-08"),
        ("AE", "2026-11-06", 1, "2026-11-09"),
    ];
    for (list, start, amount, expected) in cases {
        let calendar = with_list("UTC", list);
        let by = span(amount, SpanUnit::WorkingDays);
        assert_eq!(calendar.add(day(start), by), Ok(day(expected)), "{list}: {start} + {amount}");
        assert_eq!(calendar.working_days_between(day(start), day(expected)), amount, "{list}: {start}");
    }
}

#[test]
fn days_are_counted_without_the_first_and_with_the_last() {
    let calendar = plain("UTC");
    // Friday to Monday.
    assert_eq!(calendar.working_days_between(day("2026-11-20"), day("2026-11-23")), 1);
    assert_eq!(calendar.working_days_between(day("2026-11-20"), day("2026-11-22")), 0);
    assert_eq!(calendar.working_days_between(day("2026-11-23"), day("2026-11-20")), 0);
    assert_eq!(calendar.working_days_between(day("2026-11-23"), day("2026-11-23")), 0);
    assert_eq!(calendar.days_between(day("2026-11-23"), day("2026-11-20")), -3);
    assert_eq!(calendar.days_between(day("2024-02-28"), day("2024-03-01")), 2);
    // All of time: 521 722 weeks and four days, from a Monday to a Friday.
    assert_eq!(calendar.days_between(day("0001-01-01"), day("9999-12-31")), 3_652_058);
    assert_eq!(calendar.working_days_between(day("0001-01-01"), day("9999-12-31")), 5 * 521_722 + 4);
}

#[test]
fn what_a_party_states_itself_goes_before_the_list_and_the_week() {
    let spec = CalendarSpec {
        holidays: Some("CN".into()),
        weekend: Some(vec![Weekday::Sunday]),
        closed: vec![day("2026-11-23")],
        open: vec![day("2026-10-01"), day("2026-11-22")],
        ..CalendarSpec::of_zone("Asia/Shanghai")
    };
    let calendar = spec.load().unwrap();
    let works = |text| calendar.is_working_day(day(text));
    assert!(works("2026-11-21"), "Saturday");
    assert!(works("2026-11-22"), "an open Sunday");
    assert!(!works("2026-11-23"), "a closed Monday");
    assert!(works("2026-10-01"), "an open holiday");
    assert!(!works("2026-10-02"), "a holiday");
    assert!(works("2026-10-10"), "a Saturday worked anyway");
    let never_closed = CalendarSpec { weekend: Some(vec![]), ..CalendarSpec::of_zone("UTC") }.load().unwrap();
    assert_eq!(never_closed.add(day("2026-11-20"), span(3, SpanUnit::WorkingDays)), Ok(day("2026-11-23")));
}

#[test]
fn beyond_the_list_there_are_weekends_only() {
    let calendar = with_list("Asia/Shanghai", "CN");
    assert!(calendar.covers(day("2015-01-01")) && calendar.covers(day("2026-12-31")));
    assert!(!calendar.covers(day("2014-12-31")) && !calendar.covers(day("2027-01-01")));
    assert!(!calendar.is_working_day(day("2014-01-04")) && calendar.is_working_day(day("2014-01-01")));
    assert!(calendar.is_working_day(day("2031-10-01")));
    assert!(plain("UTC").covers(day("0001-01-01")));
}

#[test]
fn elapsed_time_is_no_day_and_time_has_two_ends() {
    let calendar = plain("UTC");
    for unit in [SpanUnit::Minutes, SpanUnit::Hours] {
        assert_eq!(calendar.add(day("2024-01-01"), span(1, unit)), Err(CalendarError::NotDays { unit }));
    }
    use SpanUnit::*;
    for unit in [Days, WorkingDays, Weeks, Months, Years] {
        for (start, amount) in
            [("9999-12-31", 1), ("2024-01-01", u32::MAX), ("0000-12-31", 1), ("-009999-01-01", 0)]
        {
            let (start, by) = (day(start), span(amount, unit));
            assert_eq!(calendar.add(start, by), Err(CalendarError::OutOfRange { start, by }));
        }
    }
    assert_eq!(calendar.add(day("9999-12-30"), span(1, WorkingDays)), Ok(day("9999-12-31")));
    let from = at("9999-12-30T00:00:00Z");
    for by in [span(u32::MAX, Minutes), span(u32::MAX, Hours), span(1, Days)] {
        assert_eq!(calendar.due(from, by), Err(CalendarError::InstantOutOfRange { from, by }));
    }
}

#[test]
fn due_is_elapsed_time_or_the_end_of_a_local_day() {
    use SpanUnit::*;
    let cases = [
        ("Asia/Shanghai", "2026-11-20T15:59:59Z", 0, Days, "2026-11-20T16:00:00Z"),
        ("Asia/Shanghai", "2026-11-20T16:00:00Z", 0, Days, "2026-11-21T16:00:00Z"),
        ("Asia/Shanghai", "2026-11-20T10:00:00Z", 1, WorkingDays, "2026-11-23T16:00:00Z"),
        ("Asia/Shanghai", "2026-01-31T10:00:00Z", 1, Months, "2026-02-28T16:00:00Z"),
        ("Asia/Shanghai", "2026-11-20T10:00:00.5Z", 48, Hours, "2026-11-22T10:00:00.5Z"),
        ("Asia/Shanghai", "2026-11-20T10:00:00Z", 90, Minutes, "2026-11-20T11:30:00Z"),
        // The clocks go forward in the night to 29 March 2026: hours are not stretched, days are.
        ("Europe/Berlin", "2026-03-28T11:00:00Z", 24, Hours, "2026-03-29T11:00:00Z"),
        ("Europe/Berlin", "2026-03-28T11:00:00Z", 0, Days, "2026-03-28T23:00:00Z"),
        ("Europe/Berlin", "2026-03-28T11:00:00Z", 1, Days, "2026-03-29T22:00:00Z"),
        // There was no midnight: the day began at 01:00.
        ("America/Sao_Paulo", "2018-11-03T12:00:00Z", 0, Days, "2018-11-04T03:00:00Z"),
        // Midnight came twice, the second time after the day had begun.
        ("America/Havana", "2026-10-31T12:00:00Z", 0, Days, "2026-11-01T04:00:00Z"),
        // A minute after midnight it was 23:01 again: the day was not over.
        ("America/St_Johns", "2010-11-06T12:00:00Z", 0, Days, "2010-11-07T03:30:00Z"),
        // 23:30 was followed by 00:30.
        ("America/Toronto", "1919-03-30T12:00:00Z", 0, Days, "1919-03-31T04:30:00Z"),
        // Samoa had no 30 December.
        ("Pacific/Apia", "2011-12-29T20:00:00Z", 0, Days, "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-29T20:00:00Z", 1, Days, "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-29T20:00:00Z", 2, Days, "2011-12-31T10:00:00Z"),
    ];
    for (zone, from, amount, unit, expected) in cases {
        let by = span(amount, unit);
        assert_eq!(plain(zone).due(at(from), by), Ok(at(expected)), "{zone} {from} + {by:?}");
    }
}

/// Every change of every clock that the database knows, and the days around it.
#[test]
fn a_day_that_is_over_stays_over_in_every_zone() {
    let hours = |count| jiff::SignedDuration::from_hours(count);
    let (first, last) = (at("1840-01-01T00:00:00Z"), at("2040-01-01T00:00:00Z"));
    let mut changes = 0;
    for zone in jiff::tz::db().available().filter(|zone| zone.as_str() != "Etc/Unknown") {
        let calendar = plain(zone.as_str());
        for change in calendar.time_zone().following(first).take_while(|change| change.timestamp() < last) {
            changes += 1;
            for from in [-26, 0, 22].map(|count| change.timestamp() + hours(count)) {
                let today = calendar.day(from);
                let due = calendar.due(from, span(0, SpanUnit::Days)).unwrap();
                assert!(due > from, "{zone}: {from} is due at {due}");
                let before = due - jiff::SignedDuration::from_nanos(1);
                assert!(calendar.day(before) <= today, "{zone}: {today} was over before {due}");
                let after = (0..27).map(|count| due + hours(count));
                assert!(
                    after.into_iter().all(|at| calendar.day(at) > today),
                    "{zone}: {today} is not over at {due}"
                );
            }
        }
    }
    assert!(changes > 10_000, "{changes}");
}

#[test]
fn a_moment_has_the_day_of_the_partys_zone() {
    let moment = plain("Asia/Kolkata").moment(at("2026-11-20T18:30:00Z"));
    assert_eq!((moment.on, moment.at), (day("2026-11-21"), Some(at("2026-11-20T18:30:00Z"))));
    assert_eq!(plain("America/New_York").day(at("2026-11-20T04:59:59Z")), day("2026-11-19"));
}

#[test]
fn a_faulty_statement_names_the_field_and_the_fix() {
    let zone = CalendarSpec::of_zone;
    let cases = [
        (
            zone("Asia/Beijing"),
            "time_zone",
            "time_zone: \"Asia/Beijing\" is not a zone of the IANA database; write a name such as \"Asia/Shanghai\"",
        ),
        (zone("Etc/Unknown"), "time_zone", "time_zone: \"Etc/Unknown\" is not a zone"),
        (zone(""), "time_zone", "time_zone: \"\""),
        (
            CalendarSpec { holidays: Some("ZZ".into()), ..zone("UTC") },
            "holidays",
            "holidays: there is no list \"ZZ\"; choose one of AE, AR, AT",
        ),
        (
            CalendarSpec { holidays: Some("GB-XX".into()), ..zone("UTC") },
            "holidays",
            "holidays: there is no list \"GB-XX\"; choose one of GB, GB-ENG, GB-NIR, GB-SCT, GB-WLS,",
        ),
        (
            CalendarSpec { holidays: Some("cn".into()), ..zone("UTC") },
            "holidays",
            "holidays: there is no list \"cn\"",
        ),
        (
            CalendarSpec { weekend: Some(Weekday::ALL.to_vec()), ..zone("UTC") },
            "weekend",
            "weekend: no day of the week is left",
        ),
        (
            CalendarSpec { open: vec![day("2024-05-01")], closed: vec![day("2024-05-01")], ..zone("UTC") },
            "open",
            "open: 2024-05-01 is in `closed` too",
        ),
        (
            CalendarSpec { closed: vec![day("0000-05-01")], ..zone("UTC") },
            "closed",
            "closed: 0000-05-01 lies outside",
        ),
    ];
    for (spec, field, message) in cases {
        let error = spec.load().unwrap_err();
        assert_eq!(error.field(), Some(field));
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[test]
fn a_statement_is_json() {
    let json = r#"{"time_zone":"Asia/Riyadh","holidays":"SA","weekend":["friday","saturday"],"closed":["2026-05-01"],"open":["2026-05-02"]}"#;
    let spec: CalendarSpec = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&spec).unwrap(), json);
    let short: CalendarSpec = serde_json::from_str(r#"{"time_zone":"UTC"}"#).unwrap();
    assert_eq!(short, CalendarSpec::of_zone("UTC"));
    assert!(serde_json::from_str::<CalendarSpec>(r#"{"time_zone":"UTC","holiday":"CN"}"#).is_err());
    assert!(serde_json::from_str::<CalendarSpec>(r#"{"time_zone":"UTC","weekend":["Saturday"]}"#).is_err());
}

#[test]
fn the_version_tells_calendars_apart_by_what_they_count() {
    let spec = CalendarSpec { holidays: Some("CN".into()), ..CalendarSpec::of_zone("Asia/Shanghai") };
    let version = |spec: &CalendarSpec| spec.load().unwrap().version().to_owned();
    let known = version(&spec);
    assert!(known.len() == 32 && known.bytes().all(|byte| byte.is_ascii_hexdigit()), "{known}");
    // Said otherwise, the same days.
    let same = [
        CalendarSpec { weekend: Some(vec![Weekday::Sunday, Weekday::Saturday]), ..spec.clone() },
        CalendarSpec { closed: vec![day("2026-10-01"), day("2026-11-22")], ..spec.clone() },
        CalendarSpec { time_zone: "asia/shanghai".into(), ..spec.clone() },
    ];
    for other in same {
        assert_eq!(version(&other), known, "{other:?}");
    }
    let others = [
        CalendarSpec { weekend: Some(vec![Weekday::Sunday]), ..spec.clone() },
        CalendarSpec { closed: vec![day("2026-11-23")], ..spec.clone() },
        CalendarSpec { open: vec![day("2026-11-22")], ..spec.clone() },
        CalendarSpec { holidays: Some("HK".into()), ..spec.clone() },
        CalendarSpec { time_zone: "Asia/Hong_Kong".into(), ..spec },
    ];
    for other in others {
        assert_ne!(version(&other), known, "{other:?}");
    }
}

#[test]
fn lists_are_sorted_and_unique() {
    let lists: Vec<&str> = holiday_lists().collect();
    assert!(lists.is_sorted_by(|one, other| one < other));
    for expected in ["CN", "HK", "TW", "IN", "IN-KA", "IN-DL", "US", "US-CA", "DE-BY", "AU-NSW", "GB-SCT"] {
        assert!(lists.contains(&expected), "{expected}");
    }
}

#[test]
fn a_calendar_spelled_out_is_of_the_same_version() {
    let mut spec = CalendarSpec::of_zone("Asia/Shanghai");
    spec.holidays = Some("CN".to_owned());
    spec.closed = vec![day("2026-03-05")];
    spec.open = vec![day("2026-03-07")];
    for spec in [
        spec,
        CalendarSpec::of_zone("utc"),
        CalendarSpec { weekend: Some(vec![]), ..CalendarSpec::of_zone("Asia/Kolkata") },
    ] {
        let calendar = spec.load().unwrap();
        let spelled = calendar.spelled_out();
        assert_eq!(spelled.holidays, None);
        let again = spelled.load().unwrap();
        assert_eq!(again.version(), calendar.version());
        assert_eq!(again.spelled_out(), spelled, "and it is the only such text");
    }
}
