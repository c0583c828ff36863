//! How the contract evolves, tried out: a policy built against 1.0.0 and one built against the trial 1.1.0 run
//! in the same engine, and each answers in its own types.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::check::{CheckReport, Code, check};
use crate::compile::Compiler;
use crate::contract::{UnknownVersion, Version};
use crate::decision::{Decision, Terms};
use crate::engine::{Engine, EngineOptions};
use crate::policy::{LoadError, Policy};
use crate::question::Coverage;
use crate::receipt::Differs;
use crate::registry::Registry;
use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::{Case, Cause, Remedy};
use sanbao_domain::verdict::{Ruling, Scope, Verdict};
use std::sync::{Arc, LazyLock};
use wit_parser::{Resolve, SizeAlign, SourceMap, TypeDefKind};

const OLD: Version = Version::V1_0;
const NEW: Version = Version::TrialV1_1;

/// Days after which the new policy gives more.
const PATIENCE: u32 = 30;

fn compiler() -> Compiler {
    Compiler::in_process(engine().clone())
}

fn engine() -> &'static Arc<Engine> {
    static ENGINE: LazyLock<Arc<Engine>> =
        LazyLock::new(|| Engine::new(EngineOptions { instances: 8, ..EngineOptions::default() }).unwrap());
    &ENGINE
}

fn terms() -> Terms {
    Terms::new(Arc::new(CalendarSpec::of_zone("Asia/Shanghai").load().unwrap()))
}

/// A claim that was reported on 20 May 2024 and is judged on `now`.
fn case(now: &str, cause: Cause) -> Case {
    let case = format!(
        r#"{{
            "now": {{"on": "{now}"}},
            "jurisdiction": "CN",
            "claimant": {{"kind": "consumer"}},
            "respondent": {{"kind": "store"}},
            "product": {{"category": "television", "model": "T-55"}},
            "dates": {{"sold": "2024-05-01", "reported": "2024-05-20"}}
        }}"#
    );
    Case { cause, ..serde_json::from_str(&case).unwrap() }
}

fn parsed(text: &[&str]) -> Resolve {
    let mut sources = SourceMap::new();
    for (i, file) in text.iter().enumerate() {
        sources.push_str(&format!("{i}.wit"), *file);
    }
    let mut resolve = Resolve::default();
    resolve.push_group(sources.parse().map_err(|(_, error)| error).unwrap()).unwrap();
    resolve
}

/// Where a version's `case` has a field, in bytes from its start.
fn offset(resolve: &Resolve, field: &str) -> Option<usize> {
    let case = resolve.types.iter().find(|(_, ty)| ty.name.as_deref() == Some("case")).unwrap().1;
    let TypeDefKind::Record(record) = &case.kind else { panic!("a case is a record") };
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve);
    let offsets = sizes.field_offsets(record.fields.iter().map(|field| &field.ty));
    let place = record.fields.iter().position(|one| one.name == field)?;
    Some(offsets[place].0.size_wasm32())
}

/// Refuses what somebody tampered with, else offers a repair. Where the case says how long the claim has waited,
/// more than [`PATIENCE`] days are worth a replacement of the accessories, a scope that 1.0.0 does not have.
fn component(number: &str, text: &[&str]) -> Vec<u8> {
    let resolve = parsed(text);
    let cause = offset(&resolve, "cause").unwrap();
    let generous = offset(&resolve, "waiting-days").map_or_else(String::new, |waiting| {
        format!(
            "(if (i32.gt_u (i32.load offset={waiting} (local.get $case)) (i32.const {PATIENCE}))
               (then (i32.store8 (i32.const 1400) (i32.const 1)) (i32.store8 (i32.const 1401) (i32.const 2))))"
        )
    });
    let tampering = Cause::Tampering as u32;
    let prelude = sanbao_hostile::PRELUDE;
    let module = format!(
        r#"(module {prelude}
          (func (export "sanbao:policy/manifest@{number}#describe") (result i32) (i32.const 1024))
          (func (export "sanbao:policy/coverage@{number}#decide") (param $case i32) (result i32)
            (if (i32.eq (i32.load8_u offset={cause} (local.get $case)) (i32.const {tampering}))
              (then (return (i32.const 1200))))
            ;; Covered, with one offer, which begins with remedy and scope.
            (i32.store8 (i32.const 1200) (i32.const 0))
            (i32.store (i32.const 1240) (i32.const 1400))
            (i32.store (i32.const 1244) (i32.const 1))
            {generous}
            (i32.const 1200)))"#
    );
    let world = format!(
        "package hostile:fixtures;
         world answers {{ export sanbao:policy/manifest@{number}; export sanbao:policy/coverage@{number}; }}"
    );
    sanbao_hostile::component(&sanbao_hostile::module(&module, text, &world, "answers"))
}

fn of(version: Version) -> Vec<u8> {
    component(version.number(), version.text())
}

/// Uploads the component of a version.
fn policy(version: Version) -> Arc<Policy> {
    let checked = check(&compiler(), &of(version), &mut |_| ());
    assert_eq!(checked.report.problems, []);
    assert_eq!(checked.report.contract.as_deref(), Some(version.number()));
    checked.policy.unwrap()
}

fn ask(policy: &Policy, now: &str, cause: Cause) -> Decision<Verdict> {
    policy.ask(&terms(), Coverage { case: case(now, cause) })
}

/// The ruling and what is offered.
fn told(decision: &Decision<Verdict>) -> (Ruling, Option<(Remedy, Scope)>) {
    let verdict = decision.outcome.as_ref().unwrap();
    (verdict.ruling, verdict.offers.first().map(|offer| (offer.remedy, offer.scope)))
}

#[test]
fn two_versions_answer_side_by_side() {
    let registry = Registry::new(Arc::clone(engine()));
    let [old, new] = [OLD, NEW].map(|version| registry.insert(policy(version)));
    assert_eq!(registry.len(), 2);
    assert_eq!((old.contract(), new.contract()), (OLD, NEW));

    let repair = (Ruling::Covered, Some((Remedy::Repair, Scope::Whole)));
    // The host's domain knows no accessories: its adapter takes them for parts.
    let generous = (Ruling::Covered, Some((Remedy::Replace, Scope::Parts)));
    let refused = (Ruling::NotCovered, None);
    let table = [
        // Judged on the day, cause, the answer of the old policy, that of the new one.
        ("2024-05-20", Cause::Quality, repair, repair),
        ("2024-06-19", Cause::Quality, repair, repair),
        ("2024-06-20", Cause::Quality, repair, generous),
        ("2024-06-20", Cause::Tampering, refused, refused),
    ];
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                for (now, cause, by_old, by_new) in table {
                    assert_eq!(told(&ask(&old, now, cause)), by_old, "1.0.0 on {now}, {cause:?}");
                    assert_eq!(told(&ask(&new, now, cause)), by_new, "1.1.0 on {now}, {cause:?}");
                }
            });
        }
    });
}

/// The new field does not reach the old policy: it does the very same, however long the claim has waited.
#[test]
fn the_old_version_is_untouched_by_the_new_field() {
    let work = |version, now| {
        let decision = ask(&policy(version), now, Cause::Quality);
        (decision.record.output.clone(), decision.fuel())
    };
    assert_eq!(work(OLD, "2024-05-20"), work(OLD, "2024-08-20"));
    assert_ne!(work(NEW, "2024-05-20"), work(NEW, "2024-08-20"));
}

#[test]
fn receipts_name_the_version_and_replay() {
    let calendar = terms().calendar;
    let [old, new] = [OLD, NEW].map(policy);
    let receipt = |policy: &Policy| ask(policy, "2024-08-20", Cause::Quality).record;
    for (policy, number) in [(&old, "1.0.0"), (&new, "1.1.0")] {
        let record = receipt(policy);
        assert_eq!(record.contract, number);
        record.replay(policy, &calendar).unwrap();
    }
    // The question is recorded in the host's own words, the same in every version; the policy is named.
    assert_eq!(receipt(&old).input, receipt(&new).input);
    assert!(matches!(receipt(&old).replay(&new, &calendar), Err(Differs::Policy { .. })));
}

fn other_versions(report: &CheckReport) -> Vec<(&str, &str, &str)> {
    let problems = report.problems.iter().inspect(|problem| assert_eq!(problem.code, Code::OtherVersion));
    problems
        .map(|problem| (problem.place.as_str(), problem.message.as_str(), problem.fix.as_str()))
        .filter(|(place, ..)| place.starts_with("export"))
        .collect()
}

#[test]
fn a_version_that_the_host_does_not_know_is_refused_by_name() {
    // The runtime by itself takes a name for another of the same first number, so 1.2.0 for 1.0.0.
    for unknown in ["0.1.0", "1.2.0", "2.0.0"] {
        let text = NEW.text()[0].replace("1.1.0", unknown);
        let component = component(unknown, &[&text]);
        let report = check(&compiler(), &component, &mut |_| ()).report;
        assert_eq!(report.contract.as_deref(), Some(unknown));
        let of = |interface: &str| {
            (
                format!("export sanbao:policy/{interface}@{unknown}"),
                format!("version {unknown} of `{interface}`; this host speaks 1.0.0, 1.1.0"),
                format!("rebuild it against sanbao:policy/{interface}@1.0.0"),
            )
        };
        let mut expected = [of("manifest"), of("coverage")];
        expected.sort();
        let mut problems = other_versions(&report);
        problems.sort_unstable();
        let expected: Vec<_> =
            expected.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(problems, expected);

        // Nor does it load from where it was kept, by a host that spoke the version once.
        let error = Policy::load(engine(), &component).err().unwrap();
        let LoadError::Version(UnknownVersion { found }) = &error else { panic!("{error}") };
        assert_eq!(found, &[unknown]);
        assert!(error.to_string().contains(unknown) && error.to_string().contains("1.0.0, 1.1.0"), "{error}");
    }
}

#[test]
fn a_policy_speaks_one_version() {
    let world = "package hostile:fixtures;
        world answers { export sanbao:policy/manifest@1.0.0; export sanbao:policy/coverage@1.1.0; }
        package sanbao:policy@1.1.0 { interface coverage { decide: func(facts: string) -> string; } }";
    let prelude = sanbao_hostile::PRELUDE;
    let module = format!(
        r#"(module {prelude}
          (func (export "sanbao:policy/manifest@1.0.0#describe") (result i32) (i32.const 1024))
          (func (export "sanbao:policy/coverage@1.1.0#decide") (param i32 i32) (result i32) (i32.const 1200)))"#
    );
    let module = sanbao_hostile::module(&module, OLD.text(), world, "answers");
    let report = check(&compiler(), &sanbao_hostile::component(&module), &mut |_| ()).report;
    assert_eq!(
        other_versions(&report),
        [(
            "export sanbao:policy/coverage@1.1.0",
            "version 1.1.0 of `coverage`, but 1.0.0 of `manifest`: a policy speaks one version",
            "rebuild it against sanbao:policy/coverage@1.0.0"
        )]
    );
}

/// The trial is the published text with one field and one case more, so that what these tests show is shown of
/// the contract itself.
#[test]
fn the_trial_differs_in_two_places() {
    let lines = |text: &[&str]| -> Vec<String> {
        let lines = text.iter().flat_map(|file| file.lines()).map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect()
    };
    let trial = lines(NEW.text());
    let published = lines(OLD.text());
    let published: Vec<_> = published
        .iter()
        .filter(|line| !line.starts_with("package"))
        .flat_map(|line| match line.as_str() {
            "jurisdiction: string," => vec!["waiting-days: u32,", line],
            "enum scope { whole, parts }" => vec!["enum scope { whole, parts, accessories }"],
            line => vec![line],
        })
        .collect();
    let worlds = trial.iter().position(|line| line.starts_with("world ")).unwrap();
    assert_eq!(trial[0], "package sanbao:policy@1.1.0;");
    assert_eq!(trial[1..worlds], published);
}
