//! The policy's own scenarios: run as they are, what they cost, and which are not answered as their table says.

use super::CheckReport;
use super::problem::{Code, Problem};
use crate::policy::Policy;
use crate::scenario::{Budget, SECTION, ScenarioReport, Set, Stopped, find};

/// Runs what the component carries. Scenarios that cannot be read refuse the upload, as its proof would be
/// empty; failing ones are warnings, as the author may know.
pub(super) fn examine(component: &[u8], policy: &Policy, report: &mut CheckReport) {
    let place = format!("section {SECTION}");
    let set = match find(component) {
        Ok(None) => return,
        Ok(Some(content)) => Set::parse(content).map_err(|error| (error.to_string(), error.fix())),
        Err(error) => Err((error.to_string(), "keep one of them".to_owned())),
    };
    match set {
        Ok(set) => report.scenarios = Some(run(&set, policy, Budget::default(), &mut report.problems)),
        Err((message, fix)) => {
            report.problems.push(Problem::error(Code::BadScenarios, place, message, fix));
        }
    }
}

/// Runs the scenarios of a policy, and says what is wrong with them or with the policy as warnings.
pub fn run(set: &Set, policy: &Policy, budget: Budget, problems: &mut Vec<Problem>) -> ScenarioReport {
    let mut warn = |code, place: String, message: String, fix: &str| {
        problems.push(Problem::error(code, place, message, fix).warning());
    };
    for table in set.tables().iter().filter(|table| policy.manifest().rule(&table.rule).is_none()) {
        let message = format!("scenarios of {}, which the manifest does not declare", table.rule);
        warn(
            Code::UnknownRule,
            format!("scenarios.{}", table.rule),
            message,
            "declare the rule or drop its table",
        );
    }
    let report = set.run(policy, budget);
    for failed in &report.failed {
        let place = format!("scenarios.{}: {}", failed.rule, failed.name);
        warn(Code::ScenarioFails, place, failed.to_string(), "mend the rule, or what the table expects");
    }
    let rest = report.failures() - report.failed.len();
    if rest > 0 {
        let message = format!("{rest} more scenarios are not answered as their tables say");
        warn(Code::ScenarioFails, "scenarios".to_owned(), message, "mend the first ones and check again");
    }
    if let Some(stopped) = report.stopped {
        let why = match stopped {
            Stopped::Fuel => "their fuel was used up",
            Stopped::Time => "they took too long",
        };
        let message = format!("{} of {} were run, as {why}", report.run(), report.total);
        let fix = "make the policy cheaper, or keep fewer scenarios";
        warn(Code::ScenariosCut, "scenarios".to_owned(), message, fix);
    }
    report
}
