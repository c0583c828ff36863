//! Work at the customer's place: the steps of the regulation, and what no sequence of them can reach.

mod sequences;

use crate::fixtures::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::approval::ApprovalPlan;
use sanbao_domain::case::{CaseEvent, Cause, Channel, Remedy, Usage, UseUnit};
use sanbao_domain::claim::contacts::{self, Direction, Note, Tone};
use sanbao_domain::claim::jobs::*;
use sanbao_domain::claim::{
    Claim, Command as ClaimCommand, CommandName, Event as ClaimEvent, Refusal, State,
};
use sanbao_domain::ids::{ContactId, JobId};
use sanbao_domain::money::Money;
use sanbao_domain::time::Timestamp;
use uuid::Uuid;

fn id(n: u128) -> JobId {
    JobId(Uuid::from_u128(n))
}

fn person(name: &str) -> Person {
    Person { name: name.into(), phone: None, qualification: None }
}

fn order(n: u128) -> Order {
    Order {
        job: id(n),
        purpose: Purpose::Repair,
        task: "Air brake loses pressure".into(),
        site: Site { address: "G60, km 112".into(), ..Site::default() },
        because: Because { contact: None, reason: Some("The coach cannot move".into()) },
        people: vec![person("Li"), person("Wang")],
        leader: Some("Li".into()),
        advance: Some(yuan(500)),
        carries: vec![Carried { part: "AB-7".into(), quantity: 2 }],
        follows: None,
    }
}

fn yuan(minor: i64) -> Money {
    Money { minor, currency: "CNY".into() }
}

fn dispatch(order: Order) -> ClaimCommand {
    Command::Dispatch(Box::new(order)).into()
}

fn step(step: Step) -> ClaimCommand {
    Command::Step { job: None, step }.into()
}

fn visit() -> Step {
    Step::Schedule(Visit {
        from: at(-100),
        until: at(100),
        agreed_with: "driver".into(),
        channel: Channel::Phone,
    })
}

fn heard() -> Findings {
    let heard = Heard { used_for: "Line 3".into(), circumstances: "After rain".into(), usage: vec![] };
    Findings { heard: Some(heard), ..Findings::default() }
}

fn seen() -> Findings {
    let usage = vec![Usage { amount: 48_000, unit: UseUnit::Kilometres }];
    let seen = Seen { within_cover: true, dismantled: false, usage, attributes: Default::default() };
    Findings { seen: Some(seen), ..Findings::default() }
}

fn checked() -> Findings {
    let checked = Checked { cause: Cause::Quality, words: "Valve seat cracked".into(), fault: None };
    Findings { checked: Some(checked), ..Findings::default() }
}

fn end(solved: Solved) -> Step {
    let outcome = Outcome { solved, words: "Valve replaced".into(), agreed: None };
    Step::End { at: None, outcome, plan: plan(&["leader"]) }
}

fn sign() -> Step {
    Step::Sign { by: "Driver Zhao".into(), comment: None, hash: None }
}

fn part() -> PartUsed {
    PartUsed { part: "AB-7".into(), name: "Relay valve".into(), quantity: 1, reason: "Cracked seat".into() }
}

fn voucher(minor: i64, currency: &str) -> Voucher {
    let amount = Money { minor, currency: currency.into() };
    Voucher { kind: "toll".into(), reference: "T-1".into(), amount }
}

/// Why the brand's step is refused.
fn refused(claim: &Claim, command: ClaimCommand) -> &'static str {
    claim.handle(&brand(), command, at(10)).unwrap_err().code()
}

/// A job of the brand's people that has come so far.
fn job_at(stage: Stage) -> Claim {
    let mut claim = judged(&[Remedy::Repair]);
    let steps = [
        (Stage::Scheduled, vec![visit()]),
        (Stage::Departed, vec![Step::Depart { at: None }]),
        (Stage::Arrived, vec![Step::Arrive { at: None, delay: None }]),
        (
            Stage::Ended,
            vec![
                Step::Record(Box::new(heard())),
                Step::Record(Box::new(seen())),
                Step::Record(Box::new(checked())),
                Step::UseParts(vec![part()]),
                end(Solved::Yes),
            ],
        ),
        (Stage::Concluded, vec![sign()]),
        (Stage::Archived, vec![Step::Approve { note: None }]),
    ];
    run(&mut claim, &brand(), dispatch(order(1)));
    for (reached, taken) in steps {
        if reached > stage {
            break;
        }
        for taken in taken {
            run(&mut claim, &brand(), step(taken));
        }
    }
    assert_eq!(the_job(&claim).stage, stage);
    claim
}

fn the_job(claim: &Claim) -> &Job {
    claim.procedures.jobs.find(None).unwrap()
}

#[test]
fn bus_19_24_an_order_names_who_goes_and_who_leads() {
    let claim = claim();
    let with = |change: fn(&mut Order)| {
        let mut order = order(1);
        change(&mut order);
        claim.handle(&brand(), dispatch(order), at(10)).map_err(|refusal| refusal.code())
    };
    assert!(with(|_| ()).is_ok());
    assert_eq!(with(|order| order.leader = None).unwrap_err(), "leader-missing", "BUS-22");
    assert_eq!(with(|order| order.leader = Some("Chen".into())).unwrap_err(), "leader-not-among-people");
    assert_eq!(with(|order| order.people.clear()).unwrap_err(), "nobody-goes");
    assert_eq!(with(|order| order.people[1] = person("Li")).unwrap_err(), "nobody-goes");
    assert!(
        with(|order| {
            order.people.pop();
            order.leader = None;
        })
        .is_ok(),
        "one alone needs no leader"
    );
    assert_eq!(with(|order| order.follows = Some(id(7))).unwrap_err(), "no-such-job");
}

#[test]
fn zzc_08_17_people_go_only_where_a_call_could_not_help() {
    let mut claim = claim();
    let mut alone = order(1);
    alone.because = Because::default();
    assert_eq!(refused(&claim, dispatch(alone.clone())), "remote-first");
    alone.because.reason = Some("  ".into());
    assert_eq!(refused(&claim, dispatch(alone.clone())), "remote-first");
    let calls = [(5, false, Some("no-unresolved-contact")), (6, true, None)];
    for (n, unresolved, refusal) in calls {
        let contact = ContactId(Uuid::from_u128(n));
        alone.because = Because { contact: Some(contact), reason: None };
        assert_eq!(refused(&claim, dispatch(alone.clone())), "no-unresolved-contact", "not there yet");
        let note = Note {
            id: contact,
            direction: Direction::Incoming,
            channel: Channel::Phone,
            at: at(5),
            person: Some("Zhao".into()),
            phone: Some("13900000000".into()),
            words: "The door does not close".into(),
            tone: Tone::Neutral,
            unclear: false,
            unresolved,
            answer: None,
        };
        run(&mut claim, &dealer(), contacts::Command::Record(note).into());
        let dispatched = claim.handle(&brand(), dispatch(alone.clone()), at(10));
        assert_eq!(dispatched.err().map(|why| why.code()), refusal);
    }
}

#[test]
fn zzc_09_11_a_time_is_fixed_and_lateness_explained() {
    let mut claim = job_at(Stage::Ordered);
    assert_eq!(refused(&claim, step(Step::Depart { at: None })), "visit-not-scheduled");
    let backwards =
        Visit { from: at(5), until: at(4), agreed_with: "driver".into(), channel: Channel::Phone };
    assert_eq!(refused(&claim, step(Step::Schedule(backwards))), "visit-backwards");
    let soon = Visit { from: at(0), until: at(5), agreed_with: "driver".into(), channel: Channel::Phone };
    run(&mut claim, &brand(), step(Step::Schedule(soon)));
    assert_eq!(refused(&claim, step(Step::Depart { at: Some(at(11)) })), "wrong-time");
    run(&mut claim, &brand(), step(Step::Depart { at: Some(at(2)) }));
    assert_eq!(refused(&claim, step(Step::Arrive { at: Some(at(1)), delay: None })), "wrong-time");
    assert_eq!(refused(&claim, step(Step::Arrive { at: None, delay: None })), "delay-unexplained");
    let in_time = Step::Arrive { at: Some(at(5)), delay: None };
    assert!(claim.handle(&brand(), step(in_time), at(10)).is_ok(), "until the end of the visit");
    let delay = Some(Delay { reason: "Landslide".into(), force_majeure: true });
    run(&mut claim, &brand(), step(Step::Arrive { at: None, delay }));
    assert!(the_job(&claim).arrived.as_ref().unwrap().delay.as_ref().unwrap().force_majeure);
}

#[test]
fn bus_26_28_what_is_heard_seen_and_checked_is_recorded_and_known_of_the_claim() {
    let mut claim = job_at(Stage::Arrived);
    assert!(matches!(claim.state, State::Judged));
    for (findings, missing) in [(heard(), "heard"), (seen(), "seen"), (checked(), "checked")] {
        let refusal = claim.handle(&brand(), step(end(Solved::Yes)), at(10)).unwrap_err();
        let Refusal::Procedure(why) = refusal else { panic!("{refusal}") };
        assert_eq!(why.explain().field, Some(missing));
        run(&mut claim, &brand(), step(Step::Record(Box::new(findings))));
    }
    assert_eq!(claim.facts.cause, Cause::Quality);
    assert_eq!(claim.facts.history.usage[0].amount, 48_000);
    assert!(matches!(claim.state, State::Opened), "a new reading makes the verdict stale");
    assert!(claim.handle(&brand(), step(end(Solved::Yes)), at(10)).is_ok());
}

#[test]
fn what_was_agreed_on_stands_whatever_the_work_brings_to_light() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&[]) });
    run(&mut claim, &brand(), dispatch(order(1)));
    for taken in [visit(), Step::Depart { at: None }, Step::Arrive { at: None, delay: None }] {
        run(&mut claim, &brand(), step(taken));
    }
    let mut wear = checked();
    wear.checked.as_mut().unwrap().cause = Cause::Wear;
    run(&mut claim, &brand(), step(Step::Record(Box::new(wear))));
    assert_eq!(claim.facts.cause, Cause::Wear);
    assert!(matches!(claim.state, State::Approved { .. }));
}

#[test]
fn bus_30_parts_state_name_quantity_and_reason() {
    let claim = job_at(Stage::Arrived);
    for spoil in [
        (|part: &mut PartUsed| part.name.clear()) as fn(&mut PartUsed),
        |part| part.reason = " ".into(),
        |part| part.quantity = 0,
        |part| part.part.clear(),
    ] {
        let mut part = part();
        spoil(&mut part);
        assert_eq!(refused(&claim, step(Step::UseParts(vec![part]))), "words-missing");
    }
}

#[test]
fn bus_31_a_major_problem_goes_to_the_leader_with_proposal_and_demand() {
    let mut claim = job_at(Stage::Arrived);
    let problem = |demand: &str| MajorProblem {
        what: "Frame cracked".into(),
        proposal: "Tow it in".into(),
        demand: demand.into(),
    };
    assert_eq!(refused(&claim, step(Step::ReportProblem(problem("")))), "words-missing");
    run(&mut claim, &brand(), step(Step::ReportProblem(problem("A new coach"))));
    assert_eq!(the_job(&claim).problems[0].problem.demand, "A new coach");
}

#[test]
fn bus_12_14_the_signature_comes_after_the_end_and_seals_the_report() {
    let mut claim = job_at(Stage::Arrived);
    assert_eq!(refused(&claim, step(sign())), "signature-before-end", "BUS-13");
    run(&mut claim, &brand(), step(Step::NoteEarlySignature));
    assert_eq!(the_job(&claim).early_signatures[0].by, "somebody");
    assert!(the_job(&claim).report.signed.is_none());

    let mut claim = job_at(Stage::Ended);
    assert_eq!(refused(&claim, step(Step::NoteEarlySignature)), "already-done");
    let shown = the_job(&claim).report.hash(id(1));
    run(&mut claim, &brand(), step(Step::UseParts(vec![part(), part()])));
    let stale = Step::Sign { by: "Zhao".into(), comment: None, hash: Some(shown) };
    assert_eq!(refused(&claim, step(stale)), "report-changed", "BUS-14");
    run(&mut claim, &dealer(), step(sign()));
    let report = &the_job(&claim).report;
    assert_eq!(report.signed.as_ref().unwrap().hash, report.hash(id(1)));
    for change in [Step::UseParts(vec![]), Step::Record(Box::new(heard())), end(Solved::Yes), sign()] {
        assert_eq!(refused(&claim, step(change)), "report-signed", "BUS-14");
    }
}

#[test]
fn a_customer_who_does_not_sign_says_why_and_may_sign_later() {
    let mut claim = job_at(Stage::Ended);
    assert_eq!(refused(&claim, step(Step::Approve { note: None })), "report-not-signed", "BUS-12");
    run(&mut claim, &brand(), step(Step::DeclineSignature { reason: "In a hurry".into() }));
    assert_eq!(refused(&claim, step(Step::UseParts(vec![]))), "report-signed");
    run(&mut claim, &dealer(), step(sign()));
    assert!(the_job(&claim).report.signed.is_some());
}

#[test]
fn bus_33_36_result_report_and_expenses_go_to_the_leader() {
    let mut claim = job_at(Stage::Concluded);
    assert_eq!(refused(&claim, step(Step::Return { at: None })), "result-not-reported", "BUS-33");
    run(&mut claim, &brand(), step(Step::ReportBack { words: "Running again; no further task".into() }));
    let expenses = |vouchers| Step::ClaimExpenses { vouchers, plan: plan(&["leader"]) };
    assert_eq!(refused(&claim, step(expenses(vec![voucher(1, "CNY")]))), "not-returned");
    run(&mut claim, &brand(), step(Step::Return { at: None }));

    // BUS-35: the leader approves, which archives it.
    let clerk = actor(BRAND, &["clerk"]);
    let approve = || step(Step::Approve { note: None });
    assert_eq!(claim.handle(&clerk, approve(), at(10)).unwrap_err().code(), "wrong-role");
    run(&mut claim, &actor(BRAND, &["leader"]), approve());
    assert_eq!(the_job(&claim).stage, Stage::Archived);
    assert!(the_job(&claim).report.approved.is_some());

    // BUS-36: reviewed, then paid; the advance is set off.
    assert_eq!(refused(&claim, step(expenses(vec![]))), "vouchers-missing");
    assert_eq!(refused(&claim, step(expenses(vec![voucher(0, "CNY")]))), "vouchers-missing");
    let mixed = vec![voucher(1, "CNY"), voucher(1, "USD")];
    assert_eq!(refused(&claim, step(expenses(mixed))), "uncountable");
    run(&mut claim, &brand(), step(expenses(vec![voucher(100, "CNY"), voucher(150, "CNY")])));
    assert_eq!(the_job(&claim).expenses.as_ref().unwrap().balance, yuan(-250));
    assert_eq!(refused(&claim, step(Step::Reimburse)), "nothing-to-review");
    run(&mut claim, &brand(), step(Step::RejectExpenses { reason: "Which toll road?".into() }));
    run(&mut claim, &brand(), step(expenses(vec![voucher(700, "CNY")])));
    let by_clerk = claim.handle(&clerk, step(Step::ApproveExpenses { note: None }), at(10));
    assert_eq!(by_clerk.unwrap_err().code(), "wrong-role");
    run(&mut claim, &brand(), step(Step::ApproveExpenses { note: None }));
    run(&mut claim, &brand(), step(Step::Reimburse));
    assert_eq!(the_job(&claim).expenses.as_ref().unwrap().balance, yuan(200));
    assert_eq!(refused(&claim, step(Step::Reimburse)), "already-done");
}

#[test]
fn without_a_policy_the_manager_of_whoever_sent_them_approves() {
    for (who, party) in [(brand(), BRAND), (dealer(), DEALER)] {
        let mut claim = claim();
        let mut order = order(1);
        order.purpose = Purpose::Installation;
        run(&mut claim, &who, dispatch(order));
        let outcome = Outcome { solved: Solved::Yes, words: "Hung and adjusted".into(), agreed: None };
        let end = Step::End { at: None, outcome, plan: ApprovalPlan::baseline(false) };
        let arrived = [visit(), Step::Depart { at: None }, Step::Arrive { at: None, delay: None }];
        for taken in arrived.into_iter().chain([end, sign()]) {
            run(&mut claim, &who, step(taken));
        }
        let approve = || step(Step::Approve { note: None });
        let other = if party == BRAND { dealer() } else { brand() };
        assert!(claim.handle(&other, approve(), at(10)).is_err());
        run(&mut claim, &actor(party, &["manager"]), approve());
    }
}

#[test]
fn only_whoever_sent_them_reports_what_they_do() {
    let claim = job_at(Stage::Arrived);
    for taken in [Step::Record(Box::new(heard())), Step::UseParts(vec![]), end(Solved::Yes)] {
        let refusal = claim.handle(&dealer(), step(taken.clone()), at(10)).unwrap_err();
        assert_eq!(refusal.code(), "job-of-another");
        let stranger = claim.handle(&actor(STRANGER, &["*"]), step(taken), at(10)).unwrap_err();
        assert_eq!(stranger.code(), "wrong-side");
    }
}

#[test]
fn rules_hear_of_the_steps() {
    let heard_of = |claim: &Claim, command| {
        let events = claim.handle(&brand(), command, at(10)).unwrap();
        events.iter().flat_map(ClaimEvent::case_events).map(|(event, _)| event).collect::<Vec<_>>()
    };
    assert_eq!(heard_of(&claim(), dispatch(order(1))), [CaseEvent::Dispatched]);
    assert_eq!(heard_of(&job_at(Stage::Ordered), step(visit())), [CaseEvent::Replied], "ZZC-09");
    assert_eq!(heard_of(&job_at(Stage::Ended), step(sign())), [CaseEvent::Signed]);
    let arrive = Step::Arrive { at: None, delay: None };
    assert_eq!(heard_of(&job_at(Stage::Departed), step(arrive)), [CaseEvent::Arrived]);
    let mut claim = job_at(Stage::Arrived);
    for findings in [heard(), seen(), checked()] {
        run(&mut claim, &brand(), step(Step::Record(Box::new(findings))));
    }
    assert_eq!(heard_of(&claim, step(end(Solved::Yes))), [CaseEvent::Serviced]);
    assert_eq!(heard_of(&claim, step(end(Solved::Unrepairable))), [CaseEvent::Unrepairable]);
    assert_eq!(heard_of(&claim, step(end(Solved::ComeAgain))), []);
    let mut claim = crate::fixtures::claim();
    let mut order = order(1);
    order.purpose = Purpose::Installation;
    run(&mut claim, &brand(), dispatch(order));
    for taken in [visit(), Step::Depart { at: None }, Step::Arrive { at: None, delay: None }] {
        run(&mut claim, &brand(), step(taken));
    }
    assert_eq!(heard_of(&claim, step(end(Solved::Yes))), [CaseEvent::Installed, CaseEvent::Serviced]);
}

#[test]
fn zzc_13_the_work_is_not_complete_while_somebody_must_come_again() {
    let mut claim = judged(&[Remedy::Repair]);
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&[]) });
    run(&mut claim, &brand(), ClaimCommand::StartWork { goods_received_at: None });
    let complete = || ClaimCommand::Complete { note: None };
    for (n, solved, then) in [(1, Solved::ComeAgain, Some("job-unsolved")), (2, Solved::Yes, None)] {
        let mut order = order(n);
        order.purpose = Purpose::Training;
        order.follows = (n > 1).then(|| id(n - 1));
        run(&mut claim, &brand(), dispatch(order));
        assert_eq!(refused(&claim, complete()), "job-open");
        for taken in [visit(), Step::Depart { at: None }, Step::Arrive { at: None, delay: None }, end(solved)]
        {
            run(&mut claim, &brand(), step(taken));
        }
        assert_eq!(refused(&claim, complete()), "job-open", "BUS-12");
        run(&mut claim, &brand(), step(sign()));
        match then {
            Some(code) => assert_eq!(refused(&claim, complete()), code),
            None => run(&mut claim, &brand(), complete()),
        }
    }
}

#[test]
fn nobody_sets_off_for_a_claim_that_has_ended() {
    let mut claim = job_at(Stage::Scheduled);
    run(&mut claim, &dealer(), ClaimCommand::Cancel { reason: "Sold the coach".into() });
    assert_eq!(the_job(&claim).stage, Stage::CalledOff);
    assert_eq!(refused(&claim, step(Step::Depart { at: None })), "wrong-state");
    assert_eq!(refused(&claim, dispatch(order(2))), "wrong-state");
    // Who is there already, ends it properly.
    let mut claim = job_at(Stage::Ended);
    run(&mut claim, &dealer(), ClaimCommand::Cancel { reason: "Sold the coach".into() });
    run(&mut claim, &dealer(), step(sign()));
}
