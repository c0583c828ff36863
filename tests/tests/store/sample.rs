//! Small valid things to store.

use jiff::Timestamp;
use sanbao_domain::actor::Actor;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::{CaseEvent, Cause, Dates, History, PartyRole, Product, Wish};
use sanbao_domain::claim::{Claim, Claimant, Event, Facts};
use sanbao_domain::deadline::Deadline;
use sanbao_domain::ids::{ClaimId, DeadlineId, PartyId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::journal::Entry;
use sanbao_domain::party::{Dealership, Party, PartyKind};
use sanbao_domain::service_level::Milestone;
use sanbao_domain::text::Text;
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::{Span, SpanUnit};
use sanbao_store::idempotency::Answer;
use sanbao_store::policy::{Policy, PolicyStatus};
use sanbao_store::receipt::Receipt;
use sanbao_store::ticket::Change;
use sanbao_store::{Conn, Scope, Store, StoreError, dealership, party};
use serde_json::json;
use uuid::Uuid;

/// A fixed instant plus seconds, so that what is read back can be compared.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

pub(crate) fn id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}

pub(crate) fn party_of(kind: PartyKind, name: &str) -> Party {
    let calendar: CalendarSpec = serde_json::from_value(json!({ "time_zone": "Asia/Shanghai" })).unwrap();
    Party {
        id: id(),
        kind,
        name: name.to_owned(),
        jurisdiction: "CN".to_owned(),
        calendar,
        created_at: at(0),
    }
}

/// Runs one function of the store in a write of its own.
macro_rules! commit {
    ($store:expr, $scope:expr, |$conn:ident| $body:expr) => {
        $store.write::<_, sanbao_store::StoreError, _>($scope, move |$conn| {
            Box::pin(async move { $body.await })
        })
    };
}
pub(crate) use commit;

pub(crate) async fn add_party(store: &Store, kind: PartyKind, name: &str) -> Party {
    let party = party_of(kind, name);
    let copy = party.clone();
    commit!(store, Scope::Platform, |conn| party::insert(conn, &copy)).await.unwrap();
    party
}

/// A brand and its dealer.
pub(crate) async fn brand_and_dealer(store: &Store) -> (PartyId, PartyId) {
    let brand = add_party(store, PartyKind::Brand, "Brand").await.id;
    let dealer = add_party(store, PartyKind::Dealer, "Dealer").await.id;
    let bond = Dealership {
        brand,
        dealer,
        kind: PartyKind::Dealer,
        standing: Some("special-dealer".to_owned()),
        grade: None,
        created_at: at(0),
        ended_at: None,
        ended_rule: None,
    };
    commit!(store, brand, |conn| dealership::insert(conn, &bond)).await.unwrap();
    (brand, dealer)
}

pub(crate) fn claim(handler: PartyId, respondent: PartyId, deadlines: usize) -> Claim {
    let role = PartyRole { kind: PartyKind::Dealer, standing: None, grade: None };
    let facts = Facts {
        product: Product {
            category: "light-bar".to_owned(),
            model: "LB-1".to_owned(),
            serial: Some("S1".to_owned()),
            lot: None,
            quantity: 1,
            price: None,
        },
        dates: Dates::default(),
        history: History::default(),
        asked: Wish::Repair,
        cause: Cause::Quality,
        fault: Some("不亮 \"quoted\" $1 \u{1f4a1}".to_owned()),
        claimed: None,
        attributes: serde_json::Map::new(),
    };
    let mut claim =
        Claim::open(id::<ClaimId>(), handler, Claimant { party: Some(handler), role }, respondent, facts);
    for n in 0..deadlines {
        let milestone = Milestone {
            id: format!("m{n}"),
            title: Text::new("回复", "answer"),
            due: Span::new(1, SpanUnit::Days),
            met_by: CaseEvent::Closed,
            channels: vec![],
            pauses: vec![],
            citations: vec![],
        };
        let due = at(100 + n as i64);
        claim.deadlines.push(Deadline::new(id::<DeadlineId>(), milestone, CaseEvent::Opened, at(0), due));
    }
    claim
}

/// A ticket with one claim, an entry, a receipt and some deadlines.
pub(crate) fn opening(handler: PartyId, respondent: PartyId, number: i64, deadlines: usize) -> Change {
    let claim = claim(handler, respondent, deadlines);
    let ticket = Ticket {
        id: id::<TicketId>(),
        number: number as u64,
        reference: None,
        handler,
        unit: None,
        customer: None,
        opened_at: at(0),
        claims: vec![claim],
    };
    let entries = vec![entry(&ticket, 1)];
    let receipts = vec![receipt(&ticket, 1)];
    Change { ticket, entries, receipts, messages: vec![], answer: None, now: at(0) }
}

pub(crate) fn entry(ticket: &Ticket, seq: u64) -> Entry {
    let actor =
        Actor { party: Some(ticket.handler), name: "counter".to_owned(), roles: vec!["*".to_owned()] };
    let claim = &ticket.claims[0];
    let event = Event::Opened { facts: Box::new(claim.facts.clone()), matter: claim.matter };
    Entry { seq, at: at(0), actor, claim: claim.id, event }
}

pub(crate) fn receipt(ticket: &Ticket, seq: u64) -> Receipt {
    Receipt {
        id: id::<ReceiptId>(),
        party: ticket.handler,
        ticket: ticket.id,
        claim: ticket.claims[0].id,
        seq,
        respondent: ticket.claims[0].respondent,
        interface: "coverage".to_owned(),
        outcome: "covered".to_owned(),
        policy: None,
        activation: None,
        digest: Some([7; 32]),
        contract: "1.0.0".to_owned(),
        engine: "test".to_owned(),
        calendar: "0123".to_owned(),
        fuel: 1234,
        // Not the shortest form: what is read back must be these bytes.
        input: "{ \"b\" : 1.0,\n\"a\":\"\\u4e09\" }".to_owned(),
        output: "{}".to_owned(),
        log: String::new(),
        prev_hash: (seq > 1).then_some([seq as u8 - 1; 32]),
        hash: [seq as u8; 32],
        key: Some("0123456789abcdef".to_owned()),
        signature: Some(vec![9; 64]),
        decided_at: at(0),
        took_ns: 5_000,
    }
}

pub(crate) fn answer(party: PartyId, key: &str) -> Answer {
    Answer {
        party,
        key: key.to_owned(),
        operation: "POST /v1/tickets".to_owned(),
        request_hash: [1; 32],
        status: 201,
        headers: "{}".to_owned(),
        body: vec![0, 255, b'{'],
        created_at: at(0),
    }
}

pub(crate) fn policy_of(party: PartyId, version: &str) -> Policy {
    Policy {
        id: id::<PolicyId>(),
        party,
        name: "lighting".to_owned(),
        version: version.to_owned(),
        digest: [9; 32],
        contract: "1.0.0".to_owned(),
        status: PolicyStatus::Checked,
        manifest: "{}".to_owned(),
        report: "{}".to_owned(),
        created_at: at(0),
        retired_at: None,
        signed_by: None,
    }
}

pub(crate) async fn open_ticket(store: &Store, change: &Change) -> Result<i64, StoreError> {
    let change = change.clone();
    commit!(store, change.ticket.handler, |conn| sanbao_store::ticket::open(conn, change)).await
}

pub(crate) async fn reader(store: &Store, scope: impl Into<Scope>) -> Conn {
    store.read(scope).await.unwrap()
}
