//! Receiving forms, stock-takes, retention and required stock.

use crate::fixtures::*;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Citation;
use sanbao_domain::parts::disposal::may_scrap_spare;
use sanbao_domain::parts::{
    Account, Condition, Count, FormCopy, Part, Place, Received, ReceivingForm, Refusal, Source, StockTake,
    is_part_number, shortfalls,
};
use sanbao_domain::retention::{Keeping, RequiredStock};
use sanbao_domain::time::{Span, SpanUnit};

fn form(source: Source, voucher: Option<&str>, condition: Condition) -> ReceivingForm {
    ReceivingForm {
        number: "R-1".into(),
        source,
        voucher: voucher.map(str::to_owned),
        delivered_by: "carrier".into(),
        received_by: "keeper".into(),
        place: shelf(),
        lines: vec![Received { part: "P-1".into(), quantity: 4, condition }],
    }
}

/// BUS-45, 46 and LGT-47: what a form books.
#[test]
fn bus_46_what_is_drawn_or_exchanged_is_booked_by_voucher() {
    for (source, voucher, condition, expected) in [
        (Source::Purchase, None, Condition::Good, Ok(())),
        (Source::Drawn, None, Condition::Good, Err(Refusal::VoucherMissing)),
        (Source::Drawn, Some(" "), Condition::Good, Err(Refusal::VoucherMissing)),
        (Source::Drawn, Some("V-1"), Condition::Good, Ok(())),
        (Source::Exchange, None, Condition::Good, Err(Refusal::VoucherMissing)),
        (Source::Exchange, Some("V-2"), Condition::Good, Ok(())),
        (Source::Repaired, None, Condition::AfterSales, Ok(())),
        (Source::Repaired, None, Condition::Good, Err(Refusal::WrongPool { line: 0 })),
        (Source::Purchase, None, Condition::AfterSales, Err(Refusal::WrongPool { line: 0 })),
        (Source::Purchase, None, Condition::Old, Err(Refusal::WrongPool { line: 0 })),
    ] {
        let booked = form(source, voucher, condition).movements();
        assert_eq!(booked.clone().map(drop), expected, "{source:?} {voucher:?} {condition:?}");
        if let Ok(movements) = booked {
            assert_eq!((movements[0].quantity, movements[0].to.condition), (4, condition));
        }
    }
    let nowhere = ReceivingForm { place: technician(), ..form(Source::Purchase, None, Condition::Good) };
    assert_eq!(nowhere.movements(), Err(Refusal::NotAShelf { place: technician() }));
}

#[test]
fn bus_45_a_form_has_two_copies() {
    assert_eq!(FormCopy::BOTH, [FormCopy::Keeper, FormCopy::Accounts]);
}

fn count(condition: Condition, counted: u32, reason: Option<&str>) -> Count {
    Count { part: "P-1".into(), condition, counted, reason: reason.map(str::to_owned) }
}

fn take(counts: Vec<Count>) -> StockTake {
    StockTake { place: shelf(), counted_by: "keeper".into(), counts }
}

/// BUS-44: after a stock-take the book equals the stock, and every difference has its reason.
#[test]
fn bus_44_the_book_follows_the_count() {
    let mut book = stock(5, 2);
    let good = |counted, reason| count(Condition::Good, counted, reason);
    let pool = |counted, reason| count(Condition::AfterSales, counted, reason);
    let refused = |counts| take(counts).differences(&stock(5, 2)).unwrap_err();
    assert_eq!(
        refused(vec![good(5, None)]),
        Refusal::NotCounted { part: "P-1".into(), condition: Condition::AfterSales }
    );
    assert_eq!(
        refused(vec![good(4, Some(" ")), pool(2, None)]),
        Refusal::DifferenceUnexplained { line: 0, book: 5, counted: 4 }
    );
    assert_eq!(refused(vec![good(5, None), good(5, None)]), Refusal::CountedTwice { line: 1 });
    // LGT-47: what is missing in the pool does not turn up as good stock.
    assert_eq!(
        refused(vec![pool(1, Some("one gone")), good(6, Some("one more"))]),
        Refusal::CountedAsGood { line: 1 }
    );
    assert_eq!(take(vec![good(5, None), pool(2, None)]).differences(&book).unwrap(), []);

    let sheet = take(vec![good(7, Some("found behind the shelf")), pool(2, None)]);
    let found = sheet.differences(&book).unwrap();
    assert_eq!((found.len(), found[0].book, found[0].counted), (1, 5, 7));
    book.post(&found[0].movement(&sheet.place).unwrap()).unwrap();
    let sheet = take(vec![good(3, Some("broken in a fall")), pool(2, None)]);
    let found = sheet.differences(&book).unwrap();
    book.post(&found[0].movement(&sheet.place).unwrap()).unwrap();
    assert_eq!(book.balance(&Account::new("P-1", shelf(), Condition::Good)), 3);
    assert_eq!(book.balance(&Account::new("P-1", Place::Difference, Condition::Good)), 2);
}

fn part(discontinued_on: Option<&str>) -> Part {
    Part {
        owner: OWNER,
        number: "P-1".into(),
        kind: "electronic".into(),
        title: "driver".into(),
        category: None,
        model: Some("DL-9".into()),
        brand: None,
        discontinued_on: discontinued_on.map(day),
        created_at: at(0),
    }
}

/// LGT-43: electronic parts three years, rigid light bars two years after discontinuation.
#[test]
fn lgt_43_spares_are_kept_for_the_term_after_discontinuation() {
    let spec: CalendarSpec = serde_json::from_str(r#"{"time_zone":"Asia/Shanghai"}"#).unwrap();
    let calendar = spec.load().unwrap();
    let keeping = |years| Keeping {
        term: Span::new(years, SpanUnit::Years),
        citations: vec![Citation { rule: "LGT-43".into(), detail: None }],
    };
    for (years, discontinued, today, until) in [
        (3, None, "2040-01-01", Some(None)),
        (3, Some("2023-05-10"), "2026-05-10", Some(Some("2026-05-10"))),
        (3, Some("2023-05-10"), "2026-05-11", None),
        (2, Some("2024-02-29"), "2026-02-28", Some(Some("2026-02-28"))),
        (2, Some("2024-02-29"), "2026-03-01", None),
    ] {
        let decided = may_scrap_spare(&part(discontinued), Some(&keeping(years)), day(today), &calendar);
        match (decided, until) {
            (Ok(()), None) => {}
            (Err(Refusal::MustBeKept { until: found, rules, .. }), Some(expected)) => {
                assert_eq!(found, expected.map(day));
                assert_eq!(rules, ["LGT-43"]);
            }
            other => panic!("{discontinued:?} {today}: {other:?}"),
        }
    }
    assert_eq!(may_scrap_spare(&part(None), None, day("2026-01-01"), &calendar), Ok(()));
}

/// LGT-44: a shortfall of the required revolving stock.
#[test]
fn lgt_44_a_dealer_that_holds_too_little_falls_short() {
    let need = |kind: &str, at_least| RequiredStock {
        kind: kind.into(),
        at_least,
        citations: vec![Citation { rule: "LGT-44".into(), detail: None }],
    };
    let held = [("electronic".to_owned(), 7), ("light-bar".to_owned(), 20)].into();
    let found = shortfalls(&[need("electronic", 10), need("light-bar", 5), need("lens", 2)], &held);
    let missing: Vec<_> = found.iter().map(|one| (one.kind.as_str(), one.held, one.missing)).collect();
    assert_eq!(missing, [("electronic", 7, 3), ("light-bar", 20, 0), ("lens", 0, 2)]);
    assert_eq!(found[0].rules, ["LGT-44"]);
}

#[test]
fn a_part_number_reads_like_no_word() {
    for number in ["P-1", "6GH.1020_a", "1", "灯-9"] {
        assert!(is_part_number(number), "{number}");
    }
    for number in ["", "postings", "stock-takes", "a/1", "a 1", &"1".repeat(61)] {
        assert!(!is_part_number(number), "{number}");
    }
}
