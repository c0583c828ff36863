//! What a ticket is about decides what may happen to it.

use crate::fixtures::*;
use sanbao_domain::case::{CaseEvent, Matter, Remedy};
use sanbao_domain::claim::{Claim, Command, CommandName, Event, Refusal};

pub fn about(matter: Matter) -> Claim {
    claim().with_matter(matter)
}

#[test]
fn only_what_is_asked_for_under_cover_is_judged() {
    for matter in
        [Matter::Enquiry, Matter::Complaint, Matter::StockRequest, Matter::Training, Matter::Installation]
    {
        let claim = about(matter);
        let judged = claim.check(&dealer(), CommandName::Judge);
        assert!(matches!(judged, Err(Refusal::WrongState { .. })), "{matter:?}");
        for other in [CommandName::Agree, CommandName::Escalate, CommandName::StartWork] {
            assert!(claim.check(&dealer(), other).is_err(), "{matter:?} {other:?}");
        }
    }
    assert!(about(Matter::Warranty).check(&dealer(), CommandName::Judge).is_ok());
    assert!(about(Matter::Warranty).check(&dealer(), CommandName::Close).is_err());
}

#[test]
fn an_enquiry_is_closed_by_whoever_handles_it() {
    let mut claim = about(Matter::Enquiry);
    assert!(claim.possible(&dealer()).contains(&CommandName::Close));
    run(&mut claim, &dealer(), Command::Close);
    assert!(claim.state.is_final());
}

#[test]
fn close_waits_for_what_the_matter_owes() {
    for matter in [Matter::Complaint, Matter::StockRequest, Matter::Training] {
        let refused = about(matter).handle(&dealer(), Command::Close, at(1));
        assert!(matches!(refused, Err(Refusal::Procedure(_))), "{matter:?}");
        assert!(!about(matter).possible(&dealer()).contains(&CommandName::Close), "{matter:?}");
    }
}

#[test]
fn opening_says_what_rules_can_react_to() {
    for (matter, more) in [
        (Matter::Warranty, None),
        (Matter::Enquiry, None),
        (Matter::Complaint, Some(CaseEvent::ComplaintReceived)),
        (Matter::StockRequest, Some(CaseEvent::StockRequested)),
    ] {
        let claim = about(matter);
        let opened = Event::Opened { facts: Box::new(claim.facts.clone()), matter };
        let steps: Vec<_> = opened.case_events().into_iter().map(|(event, _)| event).collect();
        assert_eq!(steps[..2], [CaseEvent::Reported, CaseEvent::Opened]);
        assert_eq!(steps.get(2).copied(), more);
        let mut rebuilt = fixtures_claim();
        rebuilt.apply(&opened, at(0));
        assert_eq!(rebuilt.matter, matter, "the journal alone says what it is about");
    }
}

fn fixtures_claim() -> Claim {
    crate::fixtures::claim()
}

#[test]
fn a_warranty_claim_that_is_not_done_is_not_asked_about_satisfaction() {
    use sanbao_domain::claim::survey::{self, Refusal as Why};
    let ask = || Command::from(survey::Command::Ask { channel: sanbao_domain::case::Channel::Phone });
    let mut claim = judged(&[Remedy::Refund]);
    let early = claim.handle(&dealer(), ask(), at(1));
    assert_eq!(early, Err(Why::TooEarly.into()), "STO-32");
    run(&mut claim, &dealer(), Command::Agree { choice: 0, plan: plan(&[]) });
    run(&mut claim, &brand(), Command::Complete { note: None });
    run(&mut claim, &dealer(), ask());
    assert!(claim.procedures.survey.asked.is_some());
}
