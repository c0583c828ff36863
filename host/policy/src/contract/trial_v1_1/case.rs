//! The case, with how long the claim has waited.

use super::ask::{attributes, date, moment, money, remedy, span, use_unit};
use super::wit;
use sanbao_domain::case::{self as domain, Case};
use sanbao_domain::party::PartyKind;
use sanbao_domain::time::Moment;

same_cases! {
    party_kind: PartyKind => wit::PartyKind {
        Consumer Business Store Dealer Distributor Agent ServiceStation Brand Supplier Carrier Platform
    }
    matter: domain::Matter => wit::Matter { Warranty Enquiry Complaint StockRequest Training Installation }
    wish: domain::Wish => wit::Wish { Unspecified Repair Replace Refund Credit Parts }
    cause: domain::Cause => wit::Cause {
        Unknown Quality NoFault Misuse Environment ForceMajeure Handling Incompatible Tampering CustomerDamage
        Deliberate Transit WrongDelivery Shortage Nonconforming Wear
    }
}

pub(super) fn case(case: Case) -> wit::Case {
    wit::Case {
        waiting_days: waiting_days(&case),
        now: moment(case.now),
        jurisdiction: case.jurisdiction,
        claimant: party(case.claimant),
        respondent: party(case.respondent),
        matter: matter(case.matter),
        product: product(case.product),
        dates: dates(case.dates),
        history: history(case.history),
        asked: wish(case.asked),
        agreed: case.agreed.map(remedy),
        cause: cause(case.cause),
        fault: case.fault,
        claimed: case.claimed.map(money),
        attributes: attributes(case.attributes),
        settings: attributes(case.settings),
    }
}

/// Calendar days since the report; 0 where that is not known.
fn waiting_days(case: &Case) -> u32 {
    let days = |reported: Moment| case.now.on.since(reported.on).map(|span| span.get_days()).unwrap_or(0);
    case.dates.reported.map_or(0, |reported| u32::try_from(days(reported)).unwrap_or(0))
}

fn party(party: domain::PartyRole) -> wit::Party {
    wit::Party { kind: party_kind(party.kind), standing: party.standing, grade: party.grade }
}

fn product(product: domain::Product) -> wit::Product {
    wit::Product {
        category: product.category,
        model: product.model,
        serial: product.serial,
        lot: product.lot,
        quantity: product.quantity,
        price: product.price.map(money),
    }
}

fn dates(dates: domain::Dates) -> wit::Dates {
    wit::Dates {
        produced: dates.produced.map(moment),
        shipped: dates.shipped.map(moment),
        sold: dates.sold.map(moment),
        installed: dates.installed.map(moment),
        received: dates.received.map(moment),
        reported: dates.reported.map(moment),
        discontinued: dates.discontinued.map(moment),
    }
}

fn history(history: domain::History) -> wit::History {
    wit::History {
        repairs: history
            .repairs
            .into_iter()
            .map(|repair| wit::Repair {
                fault: repair.fault,
                completed: date(repair.completed),
                days_out_of_service: repair.days_out_of_service,
            })
            .collect(),
        days_out_of_service: history.days_out_of_service,
        extensions: history.extensions.into_iter().map(span).collect(),
        renewed: history.renewed.map(date),
        usage: history
            .usage
            .into_iter()
            .map(|usage| wit::Usage { amount: usage.amount, unit: use_unit(usage.unit) })
            .collect(),
    }
}
