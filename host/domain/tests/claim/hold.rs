//! The clock stands still.

use crate::fixtures::*;
use sanbao_domain::case::{CaseEvent, Remedy};
use sanbao_domain::claim::hold::Command;
use sanbao_domain::claim::{Claim, Command as ClaimCommand};
use sanbao_domain::deadline::{Deadline, DeadlineState};
use sanbao_domain::service_level::Pause;

fn begin(reason: Pause) -> ClaimCommand {
    Command::Begin { reason, note: "The part is on its way".into() }.into()
}

fn at_second(claim: &mut Claim, command: ClaimCommand, second: i64) {
    for event in claim.handle(&brand(), command, at(second)).unwrap() {
        claim.apply(&event, at(second));
    }
}

fn due(id: u128, due: i64, pauses: &[Pause]) -> Deadline {
    let deadline = deadline(id, &format!("m{id}"), CaseEvent::Completed, at(due));
    Deadline { pauses: pauses.to_vec(), ..deadline }
}

fn with(deadlines: Vec<Deadline>) -> Claim {
    let mut claim = judged(&[Remedy::Repair]);
    at_second(&mut claim, ClaimCommand::SetDeadlines(deadlines), 0);
    claim
}

fn missed(claim: &Claim, second: i64) -> Vec<String> {
    let mark = |deadline: &Deadline| {
        claim.handle(&brand(), ClaimCommand::MarkMissed(deadline.id), at(second)).unwrap()
    };
    let marked = claim.deadlines.iter().filter(|deadline| !mark(deadline).is_empty());
    marked.map(|deadline| deadline.milestone.clone()).collect()
}

#[test]
fn only_what_may_wait_for_this_reason_waits_and_falls_due_later_by_as_long() {
    use Pause::{AwaitingParts, ForceMajeure};
    let mut claim = with(vec![due(1, 50, &[AwaitingParts]), due(2, 50, &[ForceMajeure]), due(3, 50, &[])]);
    at_second(&mut claim, begin(AwaitingParts), 20);
    assert_eq!(claim.deadlines[0].state, DeadlineState::Paused { since: at(20) });
    assert_eq!(missed(&claim, 1000), ["m2", "m3"]);
    at_second(&mut claim, Command::Resume.into(), 120);
    assert_eq!(claim.deadlines[0].state, DeadlineState::Running);
    assert_eq!(claim.deadlines[0].due_at, at(150), "thirty seconds were left, and are left");
    assert_eq!(claim.deadlines[1].due_at, at(50));
    assert_eq!(missed(&claim, 149), ["m2", "m3"]);
    assert_eq!(missed(&claim, 150), ["m1", "m2", "m3"]);
    assert_eq!(claim.procedures.hold.before[0].until, Some(at(120)));
}

#[test]
fn what_had_passed_already_does_not_wait() {
    let mut claim = with(vec![due(1, 50, &[Pause::AwaitingParts])]);
    at_second(&mut claim, begin(Pause::AwaitingParts), 50);
    assert_eq!(missed(&claim, 60), ["m1"]);
}

#[test]
fn what_is_set_meanwhile_stands_still_from_its_start() {
    let mut claim = with(vec![]);
    at_second(&mut claim, begin(Pause::AwaitingClaimant), 20);
    let mut new = due(1, 50, &[Pause::AwaitingClaimant]);
    new.started_at = at(30);
    at_second(&mut claim, ClaimCommand::SetDeadlines(vec![new]), 40);
    assert!(missed(&claim, 1000).is_empty());
    at_second(&mut claim, Command::Resume.into(), 100);
    assert_eq!(claim.deadlines[0].due_at, at(120));
}

#[test]
fn what_is_fulfilled_or_ends_while_it_stands_still_is_settled() {
    let mut claim = with(vec![due(1, 50, &[Pause::AwaitingParts])]);
    at_second(&mut claim, begin(Pause::AwaitingParts), 20);
    let mut cancelled = claim.clone();
    run(&mut cancelled, &dealer(), ClaimCommand::Cancel { reason: "Enough".into() });
    assert_eq!(cancelled.deadlines[0].state, DeadlineState::Dropped);
    assert!(cancelled.procedures.hold.now.is_none());
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&[]) });
    run(&mut claim, &brand(), ClaimCommand::StartWork { goods_received_at: None });
    at_second(&mut claim, ClaimCommand::Complete { note: None }, 500);
    assert_eq!(claim.deadlines[0].state, DeadlineState::Met { at: at(500) }, "in time");
}

#[test]
fn the_respondent_and_the_handler_hold_with_a_reason_and_once() {
    let mut claim = with(vec![]);
    let silent = Command::Begin { reason: Pause::AwaitingParts, note: " ".into() };
    assert_eq!(claim.handle(&brand(), silent.into(), at(0)).unwrap_err().code(), "reason-missing");
    let stranger = actor(STRANGER, &["*"]);
    assert!(claim.handle(&stranger, begin(Pause::AwaitingParts), at(0)).is_err());
    let resume = || ClaimCommand::from(Command::Resume);
    assert_eq!(claim.handle(&dealer(), resume(), at(0)).unwrap_err().code(), "not-on-hold");
    run(&mut claim, &dealer(), begin(Pause::AwaitingParts));
    assert_eq!(claim.handle(&brand(), begin(Pause::ForceMajeure), at(0)).unwrap_err().code(), "on-hold");
    run(&mut claim, &brand(), resume());
}
