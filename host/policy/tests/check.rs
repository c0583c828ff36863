//! The check of an upload names every problem.

mod common;

use common::compiler;
use sanbao_hostile::Fixture;
use sanbao_policy::check::{CheckReport, Code, SIZE, Severity, check, wrap};
use sanbao_policy::contract::Interface;

fn report(upload: &[u8]) -> CheckReport {
    let checked = check(&compiler(), upload, &mut |_| ());
    assert_eq!(checked.policy.is_some(), checked.report.accepted());
    checked.report
}

/// Codes and places of all problems.
fn problems(upload: &[u8]) -> Vec<(Code, String)> {
    report(upload).problems.into_iter().map(|problem| (problem.code, problem.place)).collect()
}

#[test]
fn a_component_is_accepted_with_what_it_is() {
    let report = report(&Fixture::WellBehaved.component());
    assert_eq!(report.problems, []);
    assert_eq!(report.contract.as_deref(), Some("1.0.0"));
    assert_eq!(report.interfaces, [Interface::Manifest, Interface::Coverage]);
    assert_eq!(report.manifest.unwrap().name, "hostile");
}

#[test]
fn a_core_module_is_wrapped() {
    let module = Fixture::WellBehaved.module();
    let checked = check(&compiler(), &module, &mut |_| ());
    assert_eq!(checked.report.problems, []);
    assert!(checked.report.wrapped);
    assert_eq!(checked.component, wrap(&module).unwrap());
    assert_eq!(checked.component, wrap(&checked.component).unwrap(), "a component stays as it is");
}

#[test]
fn a_valid_component_that_no_wit_describes_is_refused() {
    // The first two are what a reader panics over.
    let imported = ["component", "instance"].map(|kind| {
        format!(
            r#"(type (instance (type ({kind})) (export "t" (type (eq 0))))) (import "a" (instance (type 0)))"#
        )
    });
    let exported = r#"(type (component)) (export "a" (type 0))"#;
    let again = r#"(type (instance (export "r" (type (sub resource)))))
        (import "impl:test/a" (instance (type 0))) (export "impl:test/b" (instance 0))"#;
    for parts in [&imported[0], &imported[1], exported, again] {
        let component = wat::parse_str(format!("(component {parts})")).unwrap();
        assert_eq!(problems(&component), [(Code::NoWorld, "component".into())], "{parts}");
    }
}

#[test]
fn what_is_no_policy_is_refused() {
    assert_eq!(problems(b""), [(Code::NotWasm, "upload".into())]);
    assert_eq!(problems(b"PK\x03\x04 a zip file"), [(Code::NotWasm, "upload".into())]);
    assert_eq!(problems(&wat::parse_str("(module)").unwrap())[0].0, Code::NoManifest);
    assert_eq!(problems(&wat::parse_str("(component)").unwrap())[0].0, Code::NoManifest);
    assert_eq!(problems(&vec![0; SIZE + 1]), [(Code::TooLarge, "upload".into())]);
    let mut cut = Fixture::WellBehaved.component();
    cut.truncate(cut.len() / 2);
    assert_eq!(problems(&cut)[0].0, Code::Invalid);
}

#[test]
fn nothing_outside_the_contract_is_imported() {
    let report = report(&Fixture::AsksTheTime.component());
    assert_eq!(report.problems.len(), 1, "{:#?}", report.problems);
    assert_eq!(report.problems[0].code, Code::ForeignImport);
    assert_eq!(report.problems[0].place, "import wasi:clocks/wall-clock@0.2.0");
    assert!(report.problems[0].fix.contains("WASI"));
}

#[test]
fn another_version_is_named_with_the_one_expected() {
    let report = report(&Fixture::AnotherVersion.component());
    let problem = report.problems.iter().find(|problem| problem.code == Code::OtherVersion).unwrap();
    assert_eq!(problem.place, "export sanbao:policy/coverage@0.2.0");
    assert!(problem.message.contains("0.2.0") && problem.message.contains("1.0.0"), "{problem:?}");
    assert!(problem.fix.contains("sanbao:policy/coverage@1.0.0"));
}

#[test]
fn what_was_built_before_the_freeze_is_told_to_rebuild() {
    let report = report(&Fixture::BeforeTheFreeze.component());
    assert!(!report.accepted());
    assert_eq!(report.contract.as_deref(), Some("0.1.0"));
    for interface in ["manifest", "coverage"] {
        let place = format!("export sanbao:policy/{interface}@0.1.0");
        let problem = report.problems.iter().find(|problem| problem.place == place).unwrap();
        assert_eq!(problem.code, Code::OtherVersion);
        assert_eq!(problem.message, format!("version 0.1.0 of `{interface}`; this host speaks 1.0.0"));
        assert_eq!(problem.fix, format!("rebuild it against sanbao:policy/{interface}@1.0.0"));
    }
    assert!(
        report.problems.iter().all(|problem| problem.code == Code::OtherVersion),
        "{:#?}",
        report.problems
    );
}

#[test]
fn the_manifest_is_needed() {
    assert_eq!(problems(&Fixture::WithoutManifest.component()), [(Code::NoManifest, "exports".into())]);
}

#[test]
fn altered_types_are_named_field_by_field() {
    let report = report(&Fixture::OtherTypes.component());
    let told: Vec<_> =
        report.problems.iter().map(|problem| (problem.code, problem.message.as_str())).collect();
    for message in
        ["`notes` is missing", "`remarks` is not in the contract", "`shrugged` is not in the contract"]
    {
        assert!(told.contains(&(Code::OtherType, message)), "{message}: {told:#?}");
    }
    assert_eq!(told.len(), 3, "{told:#?}");
}

#[test]
fn a_manifest_at_odds_with_itself_is_told_everything() {
    let found = problems(&Fixture::InconsistentManifest.component());
    for (code, place) in [
        (Code::BadName, "manifest.name"),
        (Code::BadVersion, "manifest.version"),
        (Code::Duplicate, "manifest.rules[1].id"),
        (Code::EmptyText, "manifest.rules[1].text.en"),
    ] {
        assert!(found.contains(&(code, place.into())), "{code:?} {place}: {found:#?}");
    }
    assert_eq!(found.len(), 4, "{found:#?}");
}

#[test]
fn a_start_function_that_never_ends_is_stopped() {
    assert_eq!(
        problems(&Fixture::StartLoop.component()),
        [(Code::DescribeFails, "manifest.describe".into())]
    );
}

#[test]
fn what_would_keep_the_compiler_busy_is_not_compiled() {
    for (fixture, what) in
        [(Fixture::NestedBlocks, "nested blocks"), (Fixture::TangledLocals, "blocks times locals")]
    {
        let report = report(&fixture.component());
        assert_eq!(report.problems[0].code, Code::TooComplex);
        assert!(report.problems[0].message.contains(what), "{:?}", report.problems);
        assert_eq!(report.compile_millis, 0);
    }
}

#[test]
fn every_refusal_says_what_to_do() {
    for fixture in Fixture::AT_UPLOAD {
        let report = report(&fixture.component());
        assert!(!report.accepted(), "{fixture:?}");
        for problem in report.problems.iter().filter(|problem| problem.severity == Severity::Error) {
            assert!(!problem.message.is_empty() && !problem.fix.is_empty(), "{problem:?}");
        }
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<CheckReport>(&json).unwrap(), report);
    }
}

/// A byte changed anywhere: a report, never a panic.
#[test]
fn damaged_components_are_reported() {
    let component = Fixture::WellBehaved.component();
    for at in (0..component.len()).step_by(5) {
        let mut damaged = component.clone();
        damaged[at] ^= 0x5a;
        let (report, _) = sanbao_policy::check::inspect(&damaged);
        assert!(report.problems.len() < 100);
    }
}
