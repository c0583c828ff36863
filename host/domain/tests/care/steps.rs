//! Complaints, stock requests, training and surveys, step by step.

use crate::fixtures::*;
use crate::matter::about;
use sanbao_domain::case::{CaseEvent, Channel, Matter};
use sanbao_domain::claim::complaint::{self, Amends, Command as Complaint, Facts, Settlement, Source};
use sanbao_domain::claim::stock::{self, Command as Stock, Ended, Transfer};
use sanbao_domain::claim::survey::{self, Answer, Experience, FilledInBy};
use sanbao_domain::claim::training::{self, Command as Training, Session};
use sanbao_domain::claim::{Claim, Command, CommandName, Event};
use sanbao_domain::money::Money;
use sanbao_domain::time::{Date, Moment};

fn refused(claim: &Claim, command: impl Into<Command>, why: impl Into<sanbao_domain::claim::Refusal>) {
    assert_eq!(claim.handle(&dealer(), command.into(), at(10)), Err(why.into()));
}

fn words() -> String {
    "in clear words".to_owned()
}

fn facts() -> Complaint {
    Complaint::FindFacts(Facts { words: words(), cause: Source::CompanyError, department: "Delivery".into() })
}

fn settle(amends: Amends, amount: Option<i64>) -> Complaint {
    let amount = amount.map(|minor| Money { minor, currency: "CNY".into() });
    Complaint::Settle(Settlement { amends, words: words(), amount })
}

/// FUP-07, FUP-08, FUP-09, FUP-10, FUP-11: the five steps come one after the other.
#[test]
fn fup_07_to_11_the_five_steps_of_a_complaint_have_their_order() {
    use complaint::{Name, Refusal};
    let steps = [
        (Name::Thank, Complaint::Thank { words: words() }),
        (Name::Listen, Complaint::Listen { words: words() }),
        (Name::FindFacts, facts()),
        (Name::AskWish, Complaint::AskWish { words: words() }),
        (Name::Settle, settle(Amends::Token, None)),
        (Name::Resolve, Complaint::Resolve { justified: true, reason: words() }),
    ];
    let mut claim = about(Matter::Complaint);
    for (index, (name, command)) in steps.iter().enumerate() {
        for (_, later) in &steps[index + 1..] {
            refused(&claim, later.clone(), Refusal::First(*name));
        }
        refused(&claim, Command::Close, Refusal::Unresolved);
        run(&mut claim, &dealer(), command.clone().into());
    }
    refused(&claim, Complaint::Thank { words: words() }, Refusal::Resolved);
    let complaint = &claim.procedures.complaint;
    assert_eq!(complaint.found.as_ref().unwrap().facts.department, "Delivery", "CTL-06");
    assert!(complaint.resolved.as_ref().unwrap().justified, "BUS-05");
    run(&mut claim, &dealer(), Command::Close);
}

#[test]
fn ctl_06_facts_name_the_responsible_department_and_may_be_corrected() {
    use complaint::Refusal;
    let mut claim = about(Matter::Complaint);
    run(&mut claim, &dealer(), Complaint::Thank { words: words() }.into());
    run(&mut claim, &dealer(), Complaint::Listen { words: words() }.into());
    let nobody = Facts { words: words(), cause: Source::Misuse, department: " ".into() };
    refused(&claim, Complaint::FindFacts(nobody), Refusal::DepartmentMissing);
    run(&mut claim, &dealer(), facts().into());
    // HAI-08: misuse, unstable voltage and company error are told apart.
    let voltage = Facts { words: words(), cause: Source::Environment, department: "Power".into() };
    run(&mut claim, &dealer(), Complaint::FindFacts(voltage).into());
    assert_eq!(claim.procedures.complaint.found.as_ref().unwrap().facts.cause, Source::Environment);
}

#[test]
fn fup_11_money_has_an_amount_and_an_explanation_has_none() {
    use complaint::Refusal;
    let mut claim = about(Matter::Complaint);
    for command in [
        Complaint::Thank { words: words() },
        Complaint::Listen { words: words() },
        facts(),
        Complaint::AskWish { words: words() },
    ] {
        run(&mut claim, &dealer(), command.into());
    }
    for (amends, amount) in [
        (Amends::Compensation, None),
        (Amends::Compensation, Some(0)),
        (Amends::Compensation, Some(-5)),
        (Amends::Explanation, Some(5)),
    ] {
        refused(&claim, settle(amends, amount), Refusal::Amount);
    }
    let events = claim.handle(&dealer(), settle(Amends::Compensation, Some(5000)).into(), at(10)).unwrap();
    let steps: Vec<_> = events.iter().flat_map(Event::case_events).collect();
    assert_eq!(steps, [(CaseEvent::Replied, None)]);
}

#[test]
fn a_complaint_about_the_service_of_another_claim_holds_its_end_back() {
    use complaint::Refusal;
    let mut claim = about(Matter::Enquiry);
    refused(&claim, Complaint::Thank { words: words() }, Refusal::NoComplaint);
    run(&mut claim, &dealer(), Complaint::Receive { words: words() }.into());
    refused(&claim, Complaint::Receive { words: words() }, Refusal::Received);
    refused(&claim, Command::Close, Refusal::Unresolved);
}

fn transfer() -> Stock {
    Stock::Arrange(Transfer { from: "the other store".into(), expected_on: Date::constant(2024, 1, 9) })
}

fn ask(still_wanted: bool) -> Stock {
    Stock::AskAgain { channel: Channel::Phone, words: words(), still_wanted }
}

#[test]
fn sto_34_no_transfer_before_the_customer_was_asked_again() {
    use stock::Refusal;
    let mut claim = about(Matter::StockRequest);
    refused(&claim, Stock::Confirm, Refusal::NotArranged);
    run(&mut claim, &dealer(), transfer().into());
    refused(&claim, Stock::StartTransfer, Refusal::NotConfirmed);
    run(&mut claim, &dealer(), Stock::Confirm.into());
    refused(&claim, Stock::StartTransfer, Refusal::NotAskedAgain);
    refused(&claim, Stock::Arrive, Refusal::NotStarted);
    run(&mut claim, &dealer(), ask(true).into());
    run(&mut claim, &dealer(), Stock::StartTransfer.into());
    refused(&claim, Stock::Collect { by: words() }, Refusal::NotArrived);
    run(&mut claim, &dealer(), Stock::Arrive.into());
    run(&mut claim, &dealer(), Stock::Notify { channel: Channel::Message, words: words() }.into());
    refused(&claim, Command::Close, Refusal::Open);
    run(&mut claim, &dealer(), Stock::Collect { by: "Mrs Li".into() }.into());
    refused(&claim, Stock::Collect { by: words() }, Refusal::Ended);
    run(&mut claim, &dealer(), Command::Close);
}

#[test]
fn sto_34_a_change_of_mind_ends_the_registration_before_anything_is_sent() {
    let mut claim = about(Matter::StockRequest);
    run(&mut claim, &dealer(), transfer().into());
    run(&mut claim, &dealer(), Stock::Confirm.into());
    run(&mut claim, &dealer(), ask(false).into());
    let stock = &claim.procedures.stock;
    assert!(matches!(stock.ended, Some(Ended::Declined { .. })));
    assert!(stock.transfer_started_at.is_none());
}

#[test]
fn sto_35_a_reply_is_one_whether_or_not_the_goods_arrive() {
    for unavailable in [false, true] {
        let mut claim = about(Matter::StockRequest);
        let due = deadline(1, "stock-reply", CaseEvent::Replied, at(100));
        run(&mut claim, &dealer(), Command::SetDeadlines(vec![due]));
        let reply = Stock::Reply { channel: Channel::Phone, words: words(), unavailable };
        run(&mut claim, &dealer(), reply.into());
        assert!(!claim.deadlines[0].is_running());
        assert_eq!(claim.procedures.stock.ended.is_some(), unavailable);
    }
}

fn session(on: Date) -> Session {
    Session {
        on,
        trainer: "Wang".into(),
        topics: vec!["timer".into()],
        participants: vec!["Mrs Li".into()],
        practised: true,
        manual_handed_over: true,
    }
}

#[test]
fn zzc_03_training_comes_before_use_with_practice_and_the_manual() {
    use training::Refusal;
    let today = Date::constant(2024, 1, 9);
    let mut claim = about(Matter::Training);
    refused(&claim, Command::Close, Refusal::NotHeld);
    refused(&claim, Training::Proficient { words: words() }, Refusal::NotTrained);
    let hold = |session: Session| Training::Hold { session, today };
    refused(&claim, hold(session(Date::constant(2024, 1, 10))), Refusal::InTheFuture);
    refused(&claim, hold(Session { manual_handed_over: false, ..session(today) }), Refusal::NoManual);
    refused(&claim, hold(Session { participants: vec![], ..session(today) }), Refusal::Empty);
    run(&mut claim, &dealer(), hold(Session { practised: false, ..session(today) }).into());
    refused(&claim, Training::Proficient { words: words() }, Refusal::NotTrained);
    run(&mut claim, &dealer(), hold(session(today)).into());
    assert!(claim.procedures.training.held.iter().all(|held| !held.after_first_use));
    let events = claim.handle(&dealer(), Training::Proficient { words: words() }.into(), at(10)).unwrap();
    assert_eq!(events[0].case_events(), [(CaseEvent::Proficient, None)], "XID-01");

    let mut late = about(Matter::Training);
    late.facts.dates.installed = Some(Moment::day(Date::constant(2024, 1, 8)));
    run(&mut late, &dealer(), hold(session(today)).into());
    assert!(late.procedures.training.held[0].after_first_use, "the rule is shown, and the training counts");
}

#[test]
fn bus_21_a_survey_is_answered_once_with_a_score_of_one_to_five() {
    use survey::Refusal;
    let answer = |score| {
        survey::Command::Answer(Answer {
            score,
            satisfied: score > 2,
            experience: Some(Experience::Better),
            words: None,
            usage: Some("every evening".into()),
            by: FilledInBy::Customer,
        })
    };
    let mut claim = about(Matter::Enquiry);
    for score in [0, 6, 255] {
        refused(&claim, answer(score), Refusal::Score);
    }
    run(&mut claim, &dealer(), answer(5).into());
    refused(&claim, answer(4), Refusal::AnsweredAlready);
    let ask: CommandName = survey::Name::Ask.into();
    assert!(!claim.possible(&dealer()).contains(&ask));
}
