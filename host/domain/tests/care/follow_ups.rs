//! Calls and visits after the service (FUP-01…06; HAI-03; XID-01, 02).

use crate::fixtures::*;
use crate::matter::about;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{CaseEvent, Channel, Matter};
use sanbao_domain::claim::follow_ups::{Command, FollowUp, FollowUpState, Next, Outcome, Refusal};
use sanbao_domain::claim::{Claim, Command as Order};
use sanbao_domain::ids::FollowUpId;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Span, SpanUnit};
use uuid::Uuid;

pub fn id(number: u128) -> FollowUpId {
    FollowUpId(Uuid::from_u128(number))
}

pub fn visit(number: u128, name: &str, earliest: i64, latest: i64) -> FollowUp {
    FollowUp {
        id: id(number),
        visit: name.into(),
        title: Text::default(),
        started_by: CaseEvent::Installed,
        earliest: at(earliest),
        latest: at(latest),
        every: None,
        until: vec![],
        channels: vec![],
        questions: vec![Text::default()],
        rules: vec!["HAI-03".into()],
        state: FollowUpState::Planned,
    }
}

pub fn outcome(proficient: bool) -> Outcome {
    Outcome { channel: Channel::Phone, answers: vec![], satisfied: Some(true), proficient, words: None }
}

fn done(number: u128, next: Option<Next>) -> Order {
    Command::Done { follow_up: id(number), outcome: Box::new(outcome(false)), next }.into()
}

fn planned(all: Vec<FollowUp>) -> Claim {
    let mut claim = about(Matter::Installation);
    run(&mut claim, &Actor::host("follow-up"), Command::Plan(all).into());
    claim
}

fn states(claim: &Claim) -> Vec<&'static str> {
    claim.procedures.follow_ups.all.iter().map(|one| one.state.as_str()).collect()
}

#[test]
fn hai_03_two_visits_within_a_month_of_the_installation() {
    let mut claim = planned(vec![visit(1, "first", 0, 50), visit(2, "second", 40, 90)]);
    assert_eq!(claim.handle(&dealer(), done(2, None), at(10)), Err(Refusal::TooEarly.into()));
    run(&mut claim, &dealer(), done(1, None));
    assert_eq!(claim.handle(&dealer(), done(1, None), at(10)), Err(Refusal::Over.into()));
    let late = claim.handle(&dealer(), done(2, None), at(40)).unwrap();
    late.iter().for_each(|event| claim.apply(event, at(40)));
    assert_eq!(states(&claim), ["done", "done"]);
}

#[test]
fn follow_ups_outlive_the_claim_and_stop_when_it_is_withdrawn() {
    let mut claim = planned(vec![visit(1, "first", 0, 50)]);
    run(&mut claim, &dealer(), Order::Close);
    run(&mut claim, &dealer(), done(1, None));
    assert_eq!(states(&claim), ["done"]);
    let mut claim = planned(vec![visit(1, "first", 0, 50)]);
    run(&mut claim, &dealer(), Order::Cancel { reason: "moved away".into() });
    assert_eq!(states(&claim), ["stopped"]);
}

#[test]
fn time_that_passes_makes_a_follow_up_overdue_once() {
    let mut claim = planned(vec![visit(1, "first", 0, 50), visit(2, "second", 0, 90)]);
    assert_eq!(claim.procedures.wake_at(), Some(at(50)));
    let host = Actor::host("wake");
    assert_eq!(claim.handle(&host, Order::Wake, at(49)), Ok(vec![]));
    for (now, expected) in [(50, ["overdue", "planned"]), (95, ["overdue", "overdue"])] {
        let events = claim.handle(&host, Order::Wake, at(now)).unwrap();
        assert_eq!(events.len(), 1);
        events.iter().for_each(|event| claim.apply(event, at(now)));
        assert_eq!(states(&claim), expected);
    }
    assert_eq!(claim.procedures.wake_at(), None);
    run(&mut claim, &dealer(), done(1, None));
    assert_eq!(states(&claim), ["done", "overdue"], "late is better than never");
}

/// FUP-03, FUP-04, FUP-05: the contact comes again at its interval; XID-01: until the customer is proficient.
#[test]
fn xid_01_a_series_goes_on_until_the_customer_is_proficient() {
    let weekly = FollowUp {
        every: Some(Span::new(1, SpanUnit::Weeks)),
        until: vec![CaseEvent::Proficient],
        ..visit(1, "weekly", 0, 50)
    };
    let mut claim = planned(vec![weekly]);
    run(&mut claim, &dealer(), done(1, Some(Next { id: id(2), latest: at(60) })));
    assert_eq!(states(&claim), ["done", "planned"]);
    let next = &claim.procedures.follow_ups.all[1];
    assert_eq!((next.earliest, next.latest), (at(10), at(60)));
    let last = Command::Done {
        follow_up: id(2),
        outcome: Box::new(outcome(true)),
        next: Some(Next { id: id(3), latest: at(120) }),
    };
    run(&mut claim, &dealer(), last.into());
    assert_eq!(states(&claim), ["done", "done"], "nothing follows");
    // What happens elsewhere stops it too.
    let weekly = FollowUp { until: vec![CaseEvent::Closed], ..visit(1, "weekly", 0, 50) };
    let mut claim = planned(vec![weekly]);
    run(&mut claim, &dealer(), Order::Close);
    assert_eq!(states(&claim), ["stopped"]);
}

#[test]
fn fup_06_the_channel_is_one_of_those_that_the_rule_names() {
    let on_site = FollowUp { channels: vec![Channel::OnSite], ..visit(1, "first", 0, 50) };
    let claim = planned(vec![on_site]);
    assert_eq!(claim.handle(&dealer(), done(1, None), at(10)), Err(Refusal::Channel.into()));
}

#[test]
fn a_visit_that_is_still_to_come_keeps_its_first_plan() {
    let mut claim = planned(vec![visit(1, "first", 0, 50)]);
    run(&mut claim, &Actor::host("follow-up"), Command::Plan(vec![visit(2, "first", 0, 99)]).into());
    assert_eq!(states(&claim), ["planned"]);
    let by_hand = claim.handle(&dealer(), Command::Plan(vec![visit(3, "mine", 0, 9)]).into(), at(10));
    assert_eq!(by_hand, Err(Refusal::Host.into()));
    let nothing = Command::Skip { follow_up: id(1), reason: " ".into(), next: None };
    assert_eq!(claim.handle(&dealer(), nothing.into(), at(10)), Err(Refusal::ReasonMissing.into()));
}
