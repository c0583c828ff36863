//! One bad answer of every interface is refused with what is wrong and where, is recorded, and replays.
#![allow(clippy::unwrap_used)] // Test code, helpers included.

mod common;

use common::{case, policy, terms};
use sanbao_domain::approval::ApprovalRequest;
use sanbao_domain::case::{CaseEvent, Remedy};
use sanbao_domain::penalty::{Finding, FindingKind};
use sanbao_domain::retention::Part;
use sanbao_domain::time::{Span, SpanUnit};
use sanbao_hostile::Fixture;
use sanbao_policy::contract::Interface;
use sanbao_policy::failure::Failure;
use sanbao_policy::question::{
    Approval, Charges, Keep, Notices, Penalty, Question, Replaced, RequiredStock, Targets, Visits,
};

/// The answer to `question`; whatever it is, its receipt replays to the same bytes.
fn ask<Q: Question>(fixture: Fixture, interface: Interface, question: Q) -> Result<Q::Answer, Failure> {
    let policy = policy(&fixture.component());
    let others = Interface::ALL.into_iter().filter(|other| ![Interface::Manifest, interface].contains(other));
    assert!(policy.exports(interface) && !others.into_iter().any(|other| policy.exports(other)));
    let terms = terms();
    let decision = policy.ask(&terms, question);
    decision.record.replay(&policy, &terms.calendar).unwrap();
    decision.outcome
}

fn not_allowed(place: &str, given: &str, allowed: &'static str) -> Failure {
    Failure::NotAllowed { place: place.into(), given: given.into(), allowed }
}

#[test]
fn signatures_are_of_declared_roles() {
    let question = Approval { case: case(), request: ApprovalRequest::remedy(Remedy::Repair, true, false) };
    assert_eq!(
        ask(Fixture::UnknownSignature, Interface::Approval, question).unwrap_err(),
        Failure::UnknownRole { role: "rule".into(), place: "steps[0].role".into() }
    );
}

#[test]
fn targets_are_percentages() {
    assert_eq!(
        ask(Fixture::BoundlessTarget, Interface::ServiceLevel, Targets { settings: vec![] }).unwrap_err(),
        not_allowed("targets[0].percent", "101e-0", "from 0 to 100")
    );
}

#[test]
fn a_fine_has_its_bounds_the_right_way_round() {
    let finding = Finding {
        kind: FindingKind::DeliberateDamage,
        found: case().now,
        batch_value: case().product.price,
        serious: true,
        earlier: 2,
    };
    assert_eq!(
        ask(Fixture::UpsideDownFine, Interface::Penalty, Penalty { case: case(), finding }).unwrap_err(),
        not_allowed("measures[0].at-most", "100", "at-least or more")
    );
}

#[test]
fn parts_are_not_kept_for_ever() {
    let part = Part { number: "P-1".into(), kind: "electronic".into(), repaired: false };
    let ever = Span::new(u32::MAX, SpanUnit::Years);
    let keep = Keep { case: case(), part: part.clone() };
    assert_eq!(
        ask(Fixture::EternalKeeping, Interface::Retention, keep).unwrap_err(),
        Failure::AbsurdSpan { span: ever, place: "keeping.term".into() }
    );
    let replaced = Replaced { case: case(), part };
    assert!(!ask(Fixture::EternalKeeping, Interface::Retention, replaced).unwrap().must_come_back);
    let stock = RequiredStock { settings: vec![] };
    assert_eq!(ask(Fixture::EternalKeeping, Interface::Retention, stock).unwrap(), []);
}

#[test]
fn nobody_is_charged_less_than_nothing() {
    let question = Charges { case: case(), remedy: Remedy::Repair, items: vec![] };
    assert_eq!(
        ask(Fixture::NegativeCharge, Interface::Charges, question).unwrap_err(),
        not_allowed("lines[0].amount", "-1", "zero or more")
    );
}

#[test]
fn a_notice_that_is_repeated_is_repeated() {
    let question = Notices { case: case(), event: CaseEvent::ReadyToCollect };
    assert_eq!(
        ask(Fixture::NeverRepeated, Interface::Notices, question).unwrap_err(),
        not_allowed("notices[0].repeat.times", "0", "from 1 to 100")
    );
}

#[test]
fn visits_can_be_told_apart() {
    let question = Visits { case: case(), event: CaseEvent::HandedOver };
    assert_eq!(
        ask(Fixture::SameVisitTwice, Interface::FollowUp, question).unwrap_err(),
        Failure::Duplicate { id: "H-1".into(), place: "visits[1]".into() }
    );
}
