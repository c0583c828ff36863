//! A requisition, step by step (BUS-41…43, 47).

use crate::fixtures::*;
use sanbao_domain::claim::{Chain, Signature};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::money::Money;
use sanbao_domain::parts::disposal::Due;
use sanbao_domain::parts::requisition::{
    Command, CommandName, ReportProof, State, StateName, old_part_baseline,
};
use sanbao_domain::parts::{Account, Condition, Place, Refusal, Requisition};
use sanbao_domain::retention::OldPart;
use uuid::Uuid;

fn approve() -> Command {
    Command::Approve { note: None }
}

fn used(quantity: u32) -> Command {
    Command::Use { quantity }
}

fn back(quantity: u32) -> Command {
    let on = day("2026-03-05");
    Command::OldPartBack { quantity, to: None, on, scrap_from: Some(on) }
}

fn lost(quantity: u32, reason: &str) -> Command {
    Command::OldPartLost { quantity, reason: reason.into() }
}

fn write_off(report: Option<ReportProof>) -> Command {
    Command::WriteOff { report, note: None }
}

fn issued(mut requisition: Requisition) -> Requisition {
    let signature = Signature { role: "leader".into(), by: "leader".into(), at: at(1), note: None };
    requisition.chain = Chain { signed: vec![signature], steps: requisition.chain.steps };
    requisition.state = State::Issued;
    requisition.issued_at = Some(at(2));
    requisition
}

fn account(place: Place, condition: Condition) -> Account {
    Account::new("P-1", place, condition)
}

/// BUS-41: proposed, approved by the leader where no policy names another, then drawn.
#[test]
fn bus_41_nothing_is_issued_before_the_leader_approved() {
    let mut ledger = stock(3, 0);
    let mut one = requisition(2);
    assert_eq!(one.chain.steps.len(), 1, "the leader, where nobody else is named");
    let refused = give(&mut ledger, &mut one, &leader(), Command::Issue, at(1)).unwrap_err();
    assert!(matches!(refused, Refusal::WrongState { state: StateName::Proposed, .. }));
    assert_eq!(refused.rule(), Some("BUS-41"));
    let refused = give(&mut ledger, &mut one, &staff(), approve(), at(1)).unwrap_err();
    assert_eq!(refused, Refusal::WrongRole { needs: "leader".into() });
    assert_eq!(give(&mut ledger, &mut one, &leader(), approve(), at(1)).unwrap(), []);
    assert_eq!(one.state, State::Approved);
    let moved = give(&mut ledger, &mut one, &staff(), Command::Issue, at(2)).unwrap();
    assert_eq!((moved[0].quantity, &moved[0].to.place), (2, &technician()));
    assert_eq!(ledger.balance(&account(shelf(), Condition::Good)), 1);
    let again = give(&mut ledger, &mut one, &staff(), Command::Issue, at(3)).unwrap_err();
    assert_eq!(again.code(), "wrong-state");
}

#[test]
fn bus_41_every_role_that_the_policy_names_signs_in_order() {
    let mut ledger = stock(3, 0);
    let old = old_part_baseline();
    let mut one = proposed(proposal(1, Condition::Good, technician()), &["group-head", "leader"], old);
    let head = actor("head", &["group-head"]);
    let refused = give(&mut ledger, &mut one, &leader(), approve(), at(1)).unwrap_err();
    assert_eq!(refused, Refusal::WrongRole { needs: "group-head".into() });
    give(&mut ledger, &mut one, &head, approve(), at(1)).unwrap();
    assert_eq!(one.state, State::Proposed);
    give(&mut ledger, &mut one, &leader(), approve(), at(1)).unwrap();
    assert_eq!(one.state, State::Approved);
    let reject = Command::Reject { reason: " ".into() };
    let refused = give(&mut ledger, &mut one, &leader(), reject, at(1)).unwrap_err();
    assert_eq!(refused, Refusal::ReasonMissing { command: CommandName::Reject });
}

/// BUS-42, 47: each thing that a write-off rests on, and what is said where it is missing.
#[test]
fn bus_42_a_write_off_needs_report_signature_approval_and_old_part() {
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), used(2), at(3)).unwrap();
    let refused = give(&mut ledger, &mut one, &leader(), write_off(Some(report(4))), at(9)).unwrap_err();
    assert_eq!(refused, Refusal::Unaccounted { open: 1 });
    give(&mut ledger, &mut one, &staff(), Command::ReturnUnused { quantity: 1 }, at(4)).unwrap();
    let cases: [(Option<ReportProof>, Refusal); 7] = [
        (None, Refusal::NoReport),
        (Some(ReportProof { claim: ClaimId(Uuid::from_u128(77)), ..report(4) }), Refusal::NoReport),
        (Some(ReportProof { signed_at: None, ..report(4) }), Refusal::ReportNotSigned),
        (Some(report(1)), Refusal::ReportTooEarly),
        (Some(ReportProof { approved_by: None, ..report(4) }), Refusal::ReportNotApproved),
        (Some(ReportProof { stated: 1, ..report(4) }), Refusal::NotInReport { stated: 1, used: 2 }),
        (Some(report(4)), Refusal::OldPartMissing { missing: 2 }),
    ];
    for (report, expected) in cases {
        assert_eq!(give(&mut ledger, &mut one, &leader(), write_off(report), at(9)).unwrap_err(), expected);
    }
}

fn stock_issued() -> sanbao_domain::parts::Ledger {
    let mut ledger = stock(3, 0);
    let mut one = requisition(3);
    give(&mut ledger, &mut one, &leader(), approve(), at(1)).unwrap();
    give(&mut ledger, &mut one, &staff(), Command::Issue, at(2)).unwrap();
    ledger
}

#[test]
fn bus_47_the_old_part_and_the_unused_one_close_the_account() {
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), used(2), at(3)).unwrap();
    let more = give(&mut ledger, &mut one, &staff(), used(2), at(3)).unwrap_err();
    assert_eq!(more, Refusal::TooMany { command: CommandName::Use, left: 1, asked: 2 });
    give(&mut ledger, &mut one, &staff(), Command::ReturnUnused { quantity: 1 }, at(4)).unwrap();
    give(&mut ledger, &mut one, &staff(), back(2), at(5)).unwrap();
    assert_eq!(ledger.balance(&account(technician(), Condition::Good)), 2, "until it is written off");
    let moved = give(&mut ledger, &mut one, &staff(), write_off(Some(report(4))), at(6)).unwrap();
    assert_eq!((moved.len(), moved[0].quantity), (1, 2));
    for (place, condition, quantity) in [
        (technician(), Condition::Good, 0),
        (shelf(), Condition::Good, 1),
        (shelf(), Condition::Old, 2),
        (Place::Customer, Condition::Good, 2),
        (Place::Customer, Condition::Old, -2),
    ] {
        assert_eq!(ledger.balance(&account(place.clone(), condition)), quantity, "{place} {condition:?}");
    }
    let again = give(&mut ledger, &mut one, &leader(), write_off(Some(report(4))), at(7)).unwrap_err();
    assert_eq!(again.code(), "wrong-state");
}

#[test]
fn a_requisition_that_is_returned_whole_needs_no_write_off() {
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), Command::ReturnUnused { quantity: 3 }, at(4)).unwrap();
    assert_eq!(one.state, State::Returned);
    assert_eq!(one.possible(&leader()), []);
}

/// BUS-43: postage and a lost old part of mailed ones need the handler's and the leader's signatures.
#[test]
fn bus_43_mailed_parts_end_with_two_signatures() {
    let mut ledger = stock(1, 0);
    let mut one = mailed(1);
    give(&mut ledger, &mut one, &leader(), approve(), at(1)).unwrap();
    give(&mut ledger, &mut one, &staff(), Command::Issue, at(2)).unwrap();
    give(&mut ledger, &mut one, &staff(), used(1), at(3)).unwrap();
    let amount = Money { minor: 1800, currency: "CNY".into() };
    let postage = Command::Postage { amount, voucher: "EMS-1".into() };
    give(&mut ledger, &mut one, &staff(), postage, at(4)).unwrap();
    let refused = give(&mut ledger, &mut one, &staff(), lost(1, "  "), at(4)).unwrap_err();
    assert_eq!(refused, Refusal::ReasonMissing { command: CommandName::OldPartLost });
    give(&mut ledger, &mut one, &staff(), lost(1, "The user threw it away."), at(4)).unwrap();
    let refused = give(&mut ledger, &mut one, &staff(), write_off(Some(report(4))), at(5)).unwrap_err();
    assert_eq!(refused, Refusal::WrongRole { needs: "leader".into() });
    give(&mut ledger, &mut one, &leader(), write_off(None), at(5)).unwrap();
    let State::WrittenOff { signature, .. } = &one.state else { panic!("{:?}", one.state) };
    assert_eq!((signature.role.as_str(), signature.by.as_str()), ("leader", "leader"));
    assert_eq!(one.lost[0].handler.by, "staff");
    assert_eq!(one.used_by.unwrap().by, "staff");
    assert_eq!(ledger.balance(&account(Place::Transit, Condition::Good)), 0);
}

#[test]
fn bus_43_what_was_not_mailed_does_not_end_without_its_old_part() {
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), used(3), at(3)).unwrap();
    let refused = give(&mut ledger, &mut one, &leader(), lost(1, "gone"), at(4)).unwrap_err();
    assert!(matches!(refused, Refusal::WrongState { .. }));
}

/// BUS-32: where the policy says that old parts stay with the user, none is waited for.
#[test]
fn bus_32_the_policy_may_leave_old_parts_with_the_user() {
    let stays = OldPart { must_come_back: false, ..OldPart::default() };
    let mut ledger = stock_issued();
    let mut one = issued(proposed(proposal(3, Condition::Good, technician()), &[], stays));
    give(&mut ledger, &mut one, &staff(), used(3), at(3)).unwrap();
    give(&mut ledger, &mut one, &staff(), write_off(Some(report(4))), at(5)).unwrap();
}

/// LGT-46, 47: an old part that is repaired enters the after-sales pool.
#[test]
fn lgt_46_a_repaired_old_part_enters_the_pool() {
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), used(2), at(3)).unwrap();
    give(&mut ledger, &mut one, &staff(), back(1), at(4)).unwrap();
    give(&mut ledger, &mut one, &staff(), back(1), at(4)).unwrap();
    give(&mut ledger, &mut one, &staff(), Command::Repair { quantity: 2 }, at(5)).unwrap();
    assert_eq!(ledger.balance(&account(shelf(), Condition::AfterSales)), 2);
    assert_eq!(ledger.balance(&account(shelf(), Condition::Old)), 0);
    let refused = give(&mut ledger, &mut one, &staff(), Command::Repair { quantity: 1 }, at(5)).unwrap_err();
    assert_eq!(refused.code(), "wrong-state");
}

/// BUS-48: old parts go monthly, and only those that retention lets go.
#[test]
fn bus_48_old_parts_go_when_retention_lets_them() {
    for (scrap_from, today, expected) in [
        (Some("2026-03-05"), "2026-03-04", Due::Later),
        (Some("2026-03-05"), "2026-03-05", Due::Now),
        (Some("2026-03-05"), "2026-03-31", Due::Now),
        (Some("2026-03-05"), "2026-04-01", Due::Overdue),
        (Some("2025-12-31"), "2026-01-01", Due::Overdue),
        (None, "2036-01-01", Due::Never),
    ] {
        assert_eq!(Due::of(scrap_from.map(day), day(today)), expected, "{scrap_from:?} on {today}");
    }
    let mut ledger = stock_issued();
    let mut one = issued(requisition(3));
    give(&mut ledger, &mut one, &staff(), used(3), at(3)).unwrap();
    let later = Some(day("2026-06-05"));
    for scrap_from in [Some(day("2026-03-05")), later, None] {
        let on = day("2026-03-05");
        let back = Command::OldPartBack { quantity: 1, to: None, on, scrap_from };
        give(&mut ledger, &mut one, &staff(), back, at(4)).unwrap();
    }
    let scrap = |today| Command::Scrap { today: day(today) };
    let moved = give(&mut ledger, &mut one, &staff(), scrap("2026-03-31"), at(5)).unwrap();
    assert_eq!(moved.len(), 1);
    let refused = give(&mut ledger, &mut one, &staff(), scrap("2026-03-31"), at(5)).unwrap_err();
    assert!(matches!(refused, Refusal::NotYetScrap { from, .. } if from == later));
    give(&mut ledger, &mut one, &staff(), scrap("2026-06-05"), at(6)).unwrap();
    assert_eq!(ledger.balance(&account(shelf(), Condition::Old)), 1, "kept for ever");
}
