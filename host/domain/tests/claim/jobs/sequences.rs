//! Random sequences of steps: no signature before the end of the service, nothing changed after it (BUS-12…14).

use super::*;
use proptest::prelude::*;

fn steps() -> impl Strategy<Value = ClaimCommand> {
    let time = || prop::option::of((0i64..60).prop_map(at));
    let words = || prop::sample::select(vec!["", "It was so."]).prop_map(str::to_owned);
    let solved =
        prop::sample::select(vec![Solved::Yes, Solved::ComeAgain, Solved::TakenBack, Solved::Unrepairable]);
    let plans = prop::sample::select(vec![plan(&[]), plan(&["leader"]), plan(&["leader", "manager"])]);
    let findings = prop::sample::select(vec![heard(), seen(), checked()]);
    let one = prop_oneof![
        2 => Just(visit()),
        2 => time().prop_map(|at| Step::Depart { at }),
        2 => time().prop_map(|at| Step::Arrive { at, delay: None }),
        4 => findings.prop_map(|findings| Step::Record(Box::new(findings))),
        2 => (0usize..3).prop_map(|n| Step::UseParts(vec![part(); n])),
        3 => (time(), solved, words(), plans.clone()).prop_map(|(at, solved, words, plan)| Step::End {
            at,
            outcome: Outcome { solved, words, agreed: None },
            plan
        }),
        4 => prop::option::of(Just("00".to_owned())).prop_map(|hash| Step::Sign { by: "Zhao".into(), comment: None, hash }),
        1 => Just(Step::NoteEarlySignature),
        1 => words().prop_map(|reason| Step::DeclineSignature { reason }),
        2 => words().prop_map(|words| Step::ReportBack { words }),
        2 => time().prop_map(|at| Step::Return { at }),
        2 => Just(Step::Approve { note: None }),
        2 => (1i64..9, plans).prop_map(|(minor, plan)| Step::ClaimExpenses { vouchers: vec![voucher(minor, "CNY")], plan }),
        2 => Just(Step::ApproveExpenses { note: None }),
        1 => words().prop_map(|reason| Step::RejectExpenses { reason }),
        2 => Just(Step::Reimburse),
        1 => words().prop_map(|reason| Step::CallOff { reason }),
    ];
    prop_oneof![
        1 => (1u128..4, any::<bool>()).prop_map(|(n, inspect)| {
            let mut order = order(n);
            order.purpose = if inspect { Purpose::Inspection } else { Purpose::Training };
            dispatch(order)
        }),
        20 => (prop::option::of((1u128..4).prop_map(id)), one)
            .prop_map(|(job, step)| Command::Step { job, step }.into()),
        1 => Just(ClaimCommand::Cancel { reason: "Enough".into() }),
    ]
}

fn actors() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        brand(),
        brand(),
        dealer(),
        actor(BRAND, &["leader"]),
        actor(BRAND, &[]),
        actor(STRANGER, &["*"]),
        Actor::host("wake"),
    ])
}

/// What the customer vouches for.
fn content(report: &Report) -> Report {
    Report { signed: None, unsigned: None, approval: None, approved: None, ..report.clone() }
}

fn holds(before: &Claim, after: &Claim, now: Timestamp) -> Result<(), TestCaseError> {
    for job in &after.procedures.jobs.0 {
        let report = &job.report;
        if let Some(signed) = &report.signed {
            prop_assert!(report.ended_at.is_some_and(|ended| ended <= signed.at), "BUS-13");
            prop_assert_eq!(&signed.hash, &report.hash(job.id()), "BUS-14");
        }
        if report.approved.is_some() {
            prop_assert!(report.is_concluded(), "BUS-35");
            let chain = report.approval.as_ref().unwrap();
            prop_assert_eq!(chain.signed.len(), chain.steps.len());
        }
        if let Some(expenses) = &job.expenses {
            prop_assert!(expenses.reimbursed.is_none() || expenses.approved.is_some(), "BUS-36");
            prop_assert!(expenses.approved.is_none() || expenses.rejected.is_none());
        }
        if job.returned_at.is_some() {
            prop_assert!(job.reported_back.is_some(), "BUS-33");
        }
        if job.order.purpose.needs_findings() && report.ended_at.is_some() {
            prop_assert!(report.heard.is_some() && report.seen.is_some() && report.checked.is_some());
        }
        let times = [job.departed_at, job.arrived.as_ref().map(|arrival| arrival.at), report.ended_at];
        prop_assert!(times.iter().flatten().is_sorted() && times.iter().flatten().all(|time| *time <= now));
        let earlier = before.procedures.jobs.find(Some(job.id()));
        if let Some(earlier) = earlier.filter(|earlier| earlier.report.signed.is_some()) {
            prop_assert_eq!(content(report), content(&earlier.report), "BUS-14: signed, so unalterable");
            prop_assert_eq!(&report.signed, &earlier.report.signed);
        }
        prop_assert!(
            earlier.is_none_or(|earlier| earlier.early_signatures.len() <= job.early_signatures.len())
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_sequence_signs_before_the_end_or_changes_what_is_signed(
        taken in prop::collection::vec((actors(), steps()), 1..60)
    ) {
        let mut current = job_at(Stage::Arrived);
        let mut journal = Vec::new();
        for (second, (who, command)) in taken.into_iter().enumerate() {
            let now = at(10 + second as i64);
            let name = command.name();
            let before = current.clone();
            match current.handle(&who, command, now) {
                Ok(events) => {
                    prop_assert!(before.check(&who, name).is_ok());
                    for event in events {
                        current.apply(&event, now);
                        journal.push((serde_json::to_string(&event).unwrap(), now));
                    }
                }
                Err(_) => prop_assert_eq!(&current, &before),
            }
            let listed = before.possible(&who);
            for command in CommandName::by_people() {
                prop_assert_eq!(listed.contains(&command), before.check(&who, command).is_ok());
            }
            holds(&before, &current, now)?;
        }
        let mut rebuilt = job_at(Stage::Arrived);
        for (line, when) in &journal {
            rebuilt.apply(&serde_json::from_str(line).unwrap(), *when);
        }
        prop_assert_eq!(&rebuilt, &current, "the journal rebuilds the claim");
        let stored = serde_json::to_string(&current).unwrap();
        prop_assert_eq!(serde_json::from_str::<Claim>(&stored).unwrap(), current);
    }
}
