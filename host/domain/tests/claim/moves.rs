//! Single moves and short stories, with the reason of each refusal.

use crate::fixtures::*;
use sanbao_domain::case::{CaseEvent, Cause, Remedy, Side};
use sanbao_domain::claim::{
    Command, CommandName, Event, Evidence, Reason, Refusal, RejectedBy, State, StateName,
};
use sanbao_domain::deadline::DeadlineState;
use sanbao_domain::ids::DeadlineId;
use sanbao_domain::verdict::Ruling;
use uuid::Uuid;

fn agree(roles: &[&str]) -> Command {
    Command::Agree { choice: 0, plan: plan(roles) }
}

fn approve() -> Command {
    Command::Approve { remedy: None, note: None }
}

#[test]
fn a_repair_runs_from_the_verdict_to_the_end() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), agree(&["regional-manager", "order-department"]));
    run(&mut claim, &actor(BRAND, &["regional-manager"]), approve());
    assert_eq!(claim.state.name(), StateName::AwaitingApproval);
    run(&mut claim, &actor(BRAND, &["order-department"]), approve());
    run(&mut claim, &brand(), Command::StartWork { goods_received_at: Some(at(5)) });
    run(&mut claim, &brand(), Command::Complete { note: None });
    run(&mut claim, &brand(), Command::HandOver { to: "the dealer".into() });
    run(&mut claim, &dealer(), Command::Close);
    assert_eq!(claim.state, State::Closed { remedy: Some(Remedy::Repair) });
}

#[test]
fn a_credit_needs_neither_work_nor_hand_over() {
    let mut claim = judged(&[Remedy::Credit]);
    run(&mut claim, &dealer(), agree(&[]));
    assert_eq!(claim.state.name(), StateName::Approved);
    assert!(matches!(
        claim.check(&brand(), CommandName::StartWork),
        Err(Refusal::WrongState { state: StateName::Approved, .. })
    ));
    run(&mut claim, &brand(), Command::Complete { note: None });
    run(&mut claim, &brand(), Command::Close);
    assert_eq!(claim.state, State::Closed { remedy: Some(Remedy::Credit) });
}

#[test]
fn accepting_a_refusal_leads_to_a_rejected_claim_that_can_be_closed() {
    let mut claim = judged(&[Remedy::Decline]);
    run(&mut claim, &dealer(), agree(&["regional-manager"]));
    assert_eq!(claim.state, State::Rejected(RejectedBy::Policy));
    run(&mut claim, &dealer(), Command::Close);
    assert_eq!(claim.state, State::Closed { remedy: None });
}

#[test]
fn closing_a_refusal_accepts_it_where_the_policy_offers_nothing() {
    let mut refused = claim();
    run(&mut refused, &dealer(), Command::Judge(verdict(Ruling::NotCovered, vec![])));
    let events = refused.handle(&dealer(), Command::Close, at(0)).unwrap();
    let kinds: Vec<_> = events.iter().map(Event::kind).collect();
    assert_eq!(kinds, ["rejected", "closed"]);
    run(&mut refused, &dealer(), Command::Close);
    assert_eq!(refused.state, State::Closed { remedy: None });
    assert!(judged(&[Remedy::Repair]).check(&dealer(), CommandName::Close).is_err(), "something is owed");
}

#[test]
fn signatures_come_in_order_from_those_who_hold_the_role() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), agree(&["regional-manager", "order-department"]));
    let too_early = claim.handle(&actor(BRAND, &["order-department"]), approve(), at(0));
    assert_eq!(too_early, Err(Refusal::WrongRole { needs: "regional-manager".into() }));
    let other_side = claim.handle(&dealer(), approve(), at(0));
    assert_eq!(
        other_side,
        Err(Refusal::WrongSide { command: CommandName::Approve, needs: Side::Respondent })
    );
}

#[test]
fn a_refusal_by_a_person_needs_a_reason_in_clear_words() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), agree(&["regional-manager"]));
    let vague = claim.handle(&brand(), Command::Reject { reason: "  ".into() }, at(0));
    assert_eq!(vague, Err(Refusal::ReasonMissing { command: CommandName::Reject }));
    run(&mut claim, &brand(), Command::Reject { reason: "The label was torn off.".into() });
    let State::Rejected(RejectedBy::Person { role, .. }) = &claim.state else { panic!("{:?}", claim.state) };
    assert_eq!(role, "regional-manager");
}

#[test]
fn a_dispute_goes_to_a_superior_who_may_grant_what_was_insisted_on() {
    let mut claim = judged(&[Remedy::Repair]);
    let words = "It broke twice.".to_owned();
    let wish = Some(Remedy::Refund);
    run(&mut claim, &dealer(), Command::Escalate { words, wish, plan: plan(&["store-manager"]) });
    run(&mut claim, &brand(), approve());
    let settlement = claim.state.settlement().unwrap();
    assert_eq!((settlement.remedy, &settlement.offer), (Remedy::Refund, &None));
}

#[test]
fn what_a_person_grants_must_be_named_where_nothing_was_agreed_on() {
    let mut claim = claim();
    run(&mut claim, &dealer(), Command::Judge(failure()));
    assert_eq!(claim.handle(&brand(), approve(), at(0)), Err(Refusal::RemedyMissing));
    let decline = Command::Approve { remedy: Some(Remedy::Decline), note: None };
    assert_eq!(claim.handle(&brand(), decline, at(0)), Err(Refusal::DeclineIsReject));
    run(&mut claim, &brand(), Command::Approve { remedy: Some(Remedy::Repair), note: None });
    assert_eq!(claim.state.name(), StateName::Approved);
}

#[test]
fn a_failed_policy_puts_the_claim_in_a_persons_hands_and_may_be_asked_again() {
    let mut claim = claim();
    run(&mut claim, &dealer(), Command::Judge(failure()));
    let State::Escalated(escalation) = &claim.state else { panic!("{:?}", claim.state) };
    assert!(matches!(escalation.because, Reason::PolicyFailed { .. }));
    run(&mut claim, &dealer(), Command::Judge(verdict(Ruling::Covered, vec![offer(Remedy::Repair)])));
    assert_eq!(claim.state.name(), StateName::Judged);
}

#[test]
fn a_referred_claim_waits_for_the_role_that_the_policy_names() {
    let mut claim = claim();
    run(&mut claim, &dealer(), Command::Judge(verdict(Ruling::Referred, vec![])));
    assert_eq!(claim.chain().unwrap().next().unwrap().role, "engineer");
    assert!(claim.check(&dealer(), CommandName::Judge).is_err(), "a person has it now");
}

#[test]
fn discretion_adds_the_signature_of_the_role_that_has_it() {
    let mut claim = claim();
    let mut replace = offer(Remedy::Replace);
    replace.discretion = Some("technical-department".into());
    run(&mut claim, &dealer(), Command::Judge(verdict(Ruling::Covered, vec![replace])));
    run(&mut claim, &dealer(), agree(&["regional-manager"]));
    let roles: Vec<_> = claim.chain().unwrap().steps.iter().map(|step| step.role.as_str()).collect();
    assert_eq!(roles, ["regional-manager", "technical-department"]);
}

#[test]
fn new_evidence_makes_a_verdict_stale() {
    let mut claim = judged(&[Remedy::Repair]);
    let evidence = Evidence { cause: Some(Cause::Misuse), ..Evidence::default() };
    run(&mut claim, &dealer(), Command::AddEvidence(evidence));
    assert_eq!((claim.state.name(), claim.facts.cause), (StateName::Opened, Cause::Misuse));
    assert!(claim.check(&dealer(), CommandName::Agree).is_err());
}

#[test]
fn strangers_can_do_nothing() {
    let claim = judged(&[Remedy::Repair]);
    assert!(claim.possible(&actor(STRANGER, &["*"])).is_empty());
}

#[test]
fn a_refused_command_says_what_is_possible_instead() {
    let claim = judged(&[Remedy::Repair]);
    let Err(Refusal::WrongState { possible, .. }) = claim.check(&dealer(), CommandName::Close) else {
        panic!("close must be refused")
    };
    let own: Vec<_> = possible.iter().filter(|name| CommandName::OWN.contains(name)).copied().collect();
    assert_eq!(
        own,
        [
            CommandName::AddEvidence,
            CommandName::Judge,
            CommandName::Agree,
            CommandName::Escalate,
            CommandName::Cancel
        ]
    );
}

#[test]
fn goods_cannot_arrive_in_the_future() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), agree(&[]));
    let early = Command::StartWork { goods_received_at: Some(at(11)) };
    assert_eq!(claim.handle(&brand(), early, at(10)), Err(Refusal::InTheFuture));
}

#[test]
fn deadlines_are_met_missed_met_late_or_dropped() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), agree(&[]));
    let set = vec![
        deadline(1, "repair", CaseEvent::Completed, at(5)),
        deadline(2, "start", CaseEvent::WorkStarted, at(99)),
        deadline(3, "visit", CaseEvent::Arrived, at(99)),
    ];
    run(&mut claim, &brand(), Command::SetDeadlines(set.clone()));
    run(&mut claim, &brand(), Command::SetDeadlines(set));
    assert_eq!(claim.deadlines.len(), 3, "a running milestone keeps its first deadline");
    run(&mut claim, &brand(), Command::MarkMissed(DeadlineId(Uuid::from_u128(1))));
    run(&mut claim, &brand(), Command::MarkMissed(DeadlineId(Uuid::from_u128(2))));
    run(&mut claim, &brand(), Command::StartWork { goods_received_at: None });
    run(&mut claim, &brand(), Command::Complete { note: None });
    run(&mut claim, &brand(), Command::HandOver { to: "the dealer".into() });
    run(&mut claim, &brand(), Command::Close);
    let states: Vec<_> = claim.deadlines.iter().map(|deadline| deadline.state).collect();
    assert_eq!(
        states,
        [DeadlineState::MetLate { at: at(10) }, DeadlineState::Met { at: at(10) }, DeadlineState::Dropped]
    );
}
