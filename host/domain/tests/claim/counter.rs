//! Goods at the counter (STO-26…29).

use crate::fixtures::*;
use sanbao_domain::case::{CaseEvent, Remedy};
use sanbao_domain::claim::counter::{Command as Step, Event as Happened, Left};
use sanbao_domain::claim::{Claim, Command, Event, Reason, Refusal, State, StateName};
use sanbao_domain::time::Date;

fn steps(claim: &Claim, command: Step) -> Result<Vec<&'static str>, &'static str> {
    match claim.handle(&brand(), command.into(), at(20)) {
        Ok(events) => Ok(events.iter().map(Event::kind).collect()),
        Err(refusal) => Err(refusal.code()),
    }
}

/// A repair under way, and the same when it is done.
pub fn in_work() -> Claim {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), Command::Agree { choice: 0, plan: plan(&[]) });
    run(&mut claim, &brand(), Command::StartWork { goods_received_at: None });
    claim
}

pub fn completed() -> Claim {
    let mut claim = in_work();
    run(&mut claim, &brand(), Command::Complete { note: None });
    claim
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn sto_26_a_delay_is_told_in_advance_and_only_puts_off() {
    let delay = |until: &str, reason: &str| Step::Delay { until: day(until), reason: reason.to_owned() };
    let mut claim = in_work();
    // It is 14 November 2023.
    assert_eq!(steps(&claim, delay("2023-11-13", "no tube")), Err("not-later"));
    assert_eq!(steps(&claim, delay("2023-11-20", " ")), Err("reason-missing"));
    assert_eq!(steps(&claim, delay("2023-11-20", "no tube")), Ok(vec!["counter/delayed"]));
    run(&mut claim, &brand(), delay("2023-11-20", "no tube").into());
    assert_eq!(claim.procedures.counter.promised(), Some(day("2023-11-20")));
    assert_eq!(steps(&claim, delay("2023-11-20", "no tube")), Err("not-later"));
    run(&mut claim, &brand(), Command::Complete { note: None });
    assert_eq!(steps(&claim, delay("2023-11-30", "no tube")), Err("wrong-state"), "what is done is not late");
    let dealers = in_work().handle(&dealer(), delay("2023-11-20", "no tube").into(), at(20));
    assert!(matches!(dealers, Err(Refusal::WrongSide { .. })), "whoever does the work says so");
}

#[test]
fn sto_27_only_finished_goods_are_ready_and_only_once() {
    assert_eq!(steps(&in_work(), Step::Ready), Err("wrong-state"));
    let mut claim = completed();
    run(&mut claim, &brand(), Step::Ready.into());
    assert_eq!(claim.procedures.counter.ready_at, Some(at(10)));
    assert_eq!(steps(&claim, Step::Ready), Err("wrong-state"));
    assert_eq!(steps(&claim, Step::Collect { by: " ".into() }), Err("nobody-named"));
    let collect = Step::Collect { by: "李华".into() };
    assert_eq!(steps(&claim, collect.clone()), Ok(vec!["counter/collected", "handed-over"]));
    run(&mut claim, &dealer(), collect.clone().into());
    assert_eq!(claim.state.name(), StateName::HandedOver);
    assert_eq!(steps(&claim, collect), Err("wrong-state"));
    let refund = {
        let mut claim = judged(&[Remedy::Refund]);
        run(&mut claim, &dealer(), Command::Agree { choice: 0, plan: plan(&[]) });
        run(&mut claim, &brand(), Command::Complete { note: None });
        claim
    };
    assert_eq!(steps(&refund, Step::Ready), Err("wrong-state"), "money is not collected at the counter");
}

#[test]
fn sto_27_goods_handed_over_otherwise_were_collected() {
    let mut claim = completed();
    run(&mut claim, &brand(), Step::Ready.into());
    run(&mut claim, &brand(), Command::HandOver { to: "李华".into() });
    assert_eq!(claim.procedures.counter.left, Some(Left::Collected { by: "李华".into(), at: at(10) }));
}

#[test]
fn sto_28_goods_are_posted_after_the_last_notice_or_on_the_customers_wish() {
    let post = |on_wish| Step::Post { carrier: "SF".into(), waybill: "SF1".into(), on_wish };
    let mut claim = completed();
    run(&mut claim, &brand(), Step::Ready.into());
    assert_eq!(steps(&claim, post(false)), Err("still-to-collect"));
    let no_number = Step::Post { carrier: "SF".into(), waybill: "".into(), on_wish: true };
    assert_eq!(steps(&claim, no_number), Err("waybill-missing"));
    assert_eq!(steps(&claim, post(true)), Ok(vec!["counter/posted", "handed-over"]));
    claim.apply(&Happened::PostDue.into(), at(15));
    assert_eq!(steps(&claim, post(false)), Ok(vec!["counter/posted", "handed-over"]));
    run(&mut claim, &brand(), post(false).into());
    assert_eq!(claim.state.name(), StateName::HandedOver);
    assert!(
        Event::from(Happened::Posted { carrier: "SF".into(), waybill: "SF1".into() }).case_events()
            == [(CaseEvent::Posted, None)]
    );
}

#[test]
fn sto_29_what_cannot_be_repaired_goes_to_a_superior() {
    let unrepairable = |reason: &str| Step::Unrepairable { reason: reason.to_owned(), plan: plan(&[]) };
    assert_eq!(steps(&completed(), unrepairable("the board is burnt")), Err("wrong-state"));
    assert_eq!(steps(&in_work(), unrepairable("")), Err("reason-missing"));
    let mut claim = in_work();
    run(&mut claim, &brand(), unrepairable("the board is burnt").into());
    let State::Escalated(escalation) = &claim.state else { panic!("{:?}", claim.state) };
    assert_eq!(escalation.because, Reason::Unrepairable { words: "the board is burnt".into() });
    assert_eq!(escalation.chain.steps.len(), 1, "somebody decides, even where the policy names nobody");
    run(&mut claim, &brand(), Command::Approve { remedy: Some(Remedy::Replace), note: None });
    assert!(claim.state.settlement().is_some_and(|settlement| settlement.remedy == Remedy::Replace));
}
