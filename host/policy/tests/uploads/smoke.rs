//! The first calls of an upload.

use crate::common::compiler;
use crate::examined;
use sanbao_hostile::Fixture;
use sanbao_policy::check::{CheckReport, Code, Severity, Step, check};

fn problems(report: &CheckReport) -> Vec<(Code, &str, Severity)> {
    report.problems.iter().map(|problem| (problem.code, problem.place.as_str(), problem.severity)).collect()
}

#[test]
fn what_fails_whatever_it_is_asked_is_refused() {
    for fixture in [Fixture::AlwaysTraps, Fixture::AlwaysLoops] {
        let report = examined(&compiler(), &fixture.component());
        assert_eq!(
            problems(&report),
            [(Code::SmokeFails, "coverage.decide", Severity::Error)],
            "{fixture:?}"
        );
        assert!(report.manifest.is_some(), "it is known who it is");
    }
}

/// What the host would refuse on a claim is told, but a plain case may be none of the policy's business.
#[test]
fn what_would_be_refused_on_a_claim_is_a_warning() {
    for (fixture, place) in [
        (Fixture::UnknownCitation, "coverage.decide"),
        (Fixture::AbsurdSpan, "coverage.decide"),
        (Fixture::UnknownSignature, "approval.plan-for"),
        (Fixture::BoundlessTarget, "service-level.targets"),
        (Fixture::NegativeCharge, "charges.quote-for"),
        (Fixture::NeverRepeated, "notices.sequence"),
        (Fixture::SameVisitTwice, "follow-up.visits"),
    ] {
        let report = examined(&compiler(), &fixture.component());
        let warning = (Code::SmokeRefused, place, Severity::Warning);
        assert!(problems(&report).contains(&warning), "{fixture:?}: {:#?}", report.problems);
        assert!(report.accepted());
    }
}

/// It would answer differently each time: it cannot, as every call begins anew.
#[test]
fn nothing_outlives_a_call() {
    let report = examined(&compiler(), &Fixture::DiffersEachTime.component());
    assert_eq!(report.problems, []);
}

#[test]
fn the_steps_come_in_order() {
    let mut steps = Vec::new();
    check(&compiler(), &Fixture::WellBehaved.component(), &mut |step| steps.push(step));
    assert_eq!(steps, [Step::Structure, Step::Compile, Step::Manifest, Step::Smoke, Step::Scenarios]);
}
