//! Claims, actors and answers to build tests from.

use sanbao_domain::actor::Actor;
use sanbao_domain::approval::{ApprovalPlan, ApprovalStep};
use sanbao_domain::case::CaseEvent;
use sanbao_domain::case::{
    Cause, Citation, Dates, Destination, History, PartyRole, Product, Remedy, Side, Wish,
};
use sanbao_domain::claim::{Claim, Claimant, Command, Facts, Judgement, PolicyRef};
use sanbao_domain::deadline::{Deadline, DeadlineState};
use sanbao_domain::failure::{FailureKind, PolicyFailure};
use sanbao_domain::ids::{ActivationId, ClaimId, DeadlineId, PartyId, PolicyId, ReceiptId};
use sanbao_domain::party::PartyKind;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Span, SpanUnit, Timestamp};
use sanbao_domain::verdict::{Charge, Offer, Ruling, Scope, Verdict};
use uuid::Uuid;

pub const DEALER: PartyId = PartyId(Uuid::from_u128(1));
pub const BRAND: PartyId = PartyId(Uuid::from_u128(2));
pub const STRANGER: PartyId = PartyId(Uuid::from_u128(3));

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

pub fn actor(party: PartyId, roles: &[&str]) -> Actor {
    Actor {
        party: Some(party),
        name: "somebody".into(),
        roles: roles.iter().map(|role| role.to_string()).collect(),
    }
}

pub fn dealer() -> Actor {
    actor(DEALER, &["*"])
}

pub fn brand() -> Actor {
    actor(BRAND, &["*"])
}

/// A dealer's claim against a brand.
pub fn claim() -> Claim {
    let facts = Facts {
        product: Product {
            category: "lamp".into(),
            model: "L-1".into(),
            serial: None,
            lot: None,
            quantity: 1,
            price: None,
        },
        dates: Dates::default(),
        history: History::default(),
        asked: Wish::Unspecified,
        cause: Cause::Quality,
        fault: None,
        claimed: None,
        attributes: serde_json::Map::new(),
    };
    let role = PartyRole { kind: PartyKind::Dealer, standing: None, grade: None };
    Claim::open(ClaimId(Uuid::from_u128(9)), DEALER, Claimant { party: Some(DEALER), role }, BRAND, facts)
}

fn by() -> PolicyRef {
    PolicyRef {
        policy: PolicyId(Uuid::from_u128(4)),
        activation: ActivationId(Uuid::from_u128(5)),
        name: "lighting".into(),
        version: "1.0.0".into(),
        digest: "00".into(),
        basis: Date::constant(2024, 1, 1),
    }
}

pub fn offer(remedy: Remedy) -> Offer {
    Offer {
        remedy,
        scope: Scope::Whole,
        charge: Charge::Free,
        discretion: None,
        freight: None,
        conditions: vec![],
        obligations: vec![],
        citations: vec![],
    }
}

pub fn verdict(ruling: Ruling, offers: Vec<Offer>) -> Judgement {
    Judgement::Verdict {
        by: by(),
        receipt: ReceiptId(Uuid::from_u128(6)),
        verdict: Verdict {
            ruling,
            cover: None,
            offers,
            missing: vec![],
            refer_to: (ruling == Ruling::Referred).then(|| "engineer".to_owned()),
            citations: vec![Citation { rule: "R-1".into(), detail: None }],
            notes: vec![],
        },
        until: None,
        stacked: None,
    }
}

pub fn failure() -> Judgement {
    Judgement::Failed {
        by: by(),
        receipt: ReceiptId(Uuid::from_u128(7)),
        failure: PolicyFailure { kind: FailureKind::Trap, detail: "unreachable".into() },
    }
}

/// A plan that asks the respondent's `roles`, in order, and sends the goods to headquarters.
pub fn plan(roles: &[&str]) -> ApprovalPlan {
    let step = |role: &&str| ApprovalStep {
        role: role.to_string(),
        by: Side::Respondent,
        within: None,
        rule: "R-2".into(),
    };
    ApprovalPlan {
        steps: roles.iter().map(step).collect(),
        goods_to: Destination::Headquarters,
        obligations: vec![],
        citations: vec![],
    }
}

pub fn deadline(id: u128, milestone: &str, met_by: CaseEvent, due_at: Timestamp) -> Deadline {
    Deadline {
        id: DeadlineId(Uuid::from_u128(id)),
        milestone: milestone.into(),
        title: Text::default(),
        started_by: CaseEvent::Agreed,
        started_at: at(0),
        span: Span::new(1, SpanUnit::Weeks),
        due_at,
        met_by,
        channels: vec![],
        pauses: vec![],
        rules: vec![],
        state: DeadlineState::Running,
    }
}

/// Gives a command and applies what follows; panics when it is refused.
pub fn run(claim: &mut Claim, actor: &Actor, command: Command) {
    let events = claim.handle(actor, command, at(10)).unwrap();
    for event in &events {
        claim.apply(event, at(10));
    }
}

/// A claim whose verdict makes these offers.
pub fn judged(offers: &[Remedy]) -> Claim {
    let mut claim = claim();
    run(
        &mut claim,
        &dealer(),
        Command::Judge(verdict(Ruling::Covered, offers.iter().copied().map(offer).collect())),
    );
    claim
}
