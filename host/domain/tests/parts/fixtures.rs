//! People, places and a requisition.

use sanbao_domain::actor::Actor;
use sanbao_domain::approval::ApprovalStep;
use sanbao_domain::case::Side;
use sanbao_domain::ids::{ClaimId, JobId, PartyId, TicketId};
use sanbao_domain::parts::requisition::{Command, Proposal, ReportProof, old_part_baseline};
use sanbao_domain::parts::{Account, Condition, LEADER, Ledger, Movement, Place, Refusal, Requisition};
use sanbao_domain::retention::OldPart;
use sanbao_domain::time::{Date, Timestamp};
use uuid::Uuid;

pub const OWNER: PartyId = PartyId(Uuid::from_u128(1));
pub const STATION: PartyId = PartyId(Uuid::from_u128(2));
pub const TICKET: TicketId = TicketId(Uuid::from_u128(3));
pub const JOB: JobId = JobId(Uuid::from_u128(5));
pub const CLAIM: ClaimId = ClaimId(Uuid::from_u128(4));

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn actor(name: &str, roles: &[&str]) -> Actor {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Actor { party: Some(OWNER), name: name.to_owned(), roles }
}

pub fn staff() -> Actor {
    actor("staff", &[])
}

pub fn leader() -> Actor {
    actor("leader", &[LEADER])
}

pub fn shelf() -> Place {
    Place::Store("main".into())
}

pub fn technician() -> Place {
    Place::Technician("Wang".into())
}

pub fn step(role: &str) -> ApprovalStep {
    ApprovalStep { role: role.to_owned(), by: Side::Respondent, within: None, rule: "BUS-41".to_owned() }
}

pub fn proposal(quantity: u32, condition: Condition, to: Place) -> Proposal {
    Proposal {
        ticket: TICKET,
        claim: CLAIM,
        job: None,
        part: "P-1".into(),
        condition,
        quantity,
        from: shelf(),
        to,
        reason: "The compressor leaks.".into(),
    }
}

pub fn proposed(proposal: Proposal, steps: &[&str], old_part: OldPart) -> Requisition {
    let steps = steps.iter().map(|role| step(role)).collect();
    Requisition::propose(Uuid::from_u128(9).into(), OWNER, proposal, steps, old_part, &staff(), at(0))
        .unwrap()
}

pub fn requisition(quantity: u32) -> Requisition {
    proposed(proposal(quantity, Condition::Good, technician()), &[], old_part_baseline())
}

pub fn mailed(quantity: u32) -> Requisition {
    proposed(proposal(quantity, Condition::Good, Place::Transit), &[], old_part_baseline())
}

pub fn report(signed: i64) -> ReportProof {
    ReportProof {
        ticket: TICKET,
        claim: CLAIM,
        job: JOB,
        stated: 3,
        signed_at: Some(at(signed)),
        approved_by: Some("leader".into()),
    }
}

pub fn stock(good: i64, after_sales: i64) -> Ledger {
    let account = |place, condition| Account::new("P-1", place, condition);
    Ledger::with([
        (account(shelf(), Condition::Good), good),
        (account(Place::Supplier, Condition::Good), -good),
        (account(shelf(), Condition::AfterSales), after_sales),
        (account(Place::Supplier, Condition::AfterSales), -after_sales),
    ])
}

/// Gives a command and books what it moves, all or nothing, as a host does.
pub fn give(
    ledger: &mut Ledger,
    requisition: &mut Requisition,
    who: &Actor,
    command: Command,
    now: Timestamp,
) -> Result<Vec<Movement>, Refusal> {
    let mut next = requisition.clone();
    let mut book = ledger.clone();
    let mut moved = Vec::new();
    for event in next.handle(who, command, now)? {
        if let Some(movement) = event.movement(&next)? {
            book.post(&movement)?;
            moved.push(movement);
        }
        next.apply(&event, now);
    }
    (*ledger, *requisition) = (book, next);
    Ok(moved)
}
