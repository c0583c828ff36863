//! The store's rule as a native function, on the same claims.

use sanbao_domain::case::{Case, Cause, Value, Wish};
use sanbao_domain::time::{Date, Moment};
use sanbao_kit::types as kit;

/// The claim in the pack's own types.
pub(crate) fn claim(case: &Case) -> kit::Case {
    let text = |text: &Option<String>| text.clone();
    kit::Case {
        now: moment(case.now),
        jurisdiction: case.jurisdiction.clone(),
        claimant: kit::Party { kind: kit::PartyKind::Consumer, standing: None, grade: None },
        respondent: kit::Party { kind: kit::PartyKind::Store, standing: None, grade: None },
        matter: kit::Matter::Warranty,
        product: kit::Product {
            category: case.product.category.clone(),
            model: case.product.model.clone(),
            serial: text(&case.product.serial),
            lot: text(&case.product.lot),
            quantity: case.product.quantity,
            price: case
                .product
                .price
                .as_ref()
                .map(|price| kit::Money { minor: price.minor, currency: price.currency.clone() }),
        },
        dates: kit::Dates {
            produced: None,
            shipped: None,
            sold: case.dates.sold.map(moment),
            installed: None,
            received: None,
            reported: case.dates.reported.map(moment),
            discontinued: None,
        },
        history: kit::History {
            repairs: Vec::new(),
            days_out_of_service: 0,
            extensions: Vec::new(),
            renewed: None,
            usage: Vec::new(),
        },
        asked: match case.asked {
            Wish::Refund => kit::Wish::Refund,
            Wish::Replace => kit::Wish::Replace,
            Wish::Repair => kit::Wish::Repair,
            _ => kit::Wish::Unspecified,
        },
        agreed: None,
        cause: match case.cause {
            Cause::Quality => kit::Cause::Quality,
            Cause::Misuse => kit::Cause::Misuse,
            _ => kit::Cause::Unknown,
        },
        fault: None,
        claimed: None,
        attributes: case
            .attributes
            .iter()
            .map(|one| kit::Attribute {
                name: one.name.clone(),
                value: kit::Value::Boolean(one.value == Value::Boolean(true)),
            })
            .collect(),
        settings: Vec::new(),
    }
}

fn date(date: Date) -> kit::Date {
    kit::Date {
        year: date.year().unsigned_abs(),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    }
}

fn moment(moment: Moment) -> kit::Moment {
    kit::Moment { on: date(moment.on), at: moment.at.map(|at| at.as_second()) }
}
