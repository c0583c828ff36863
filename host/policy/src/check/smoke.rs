//! The first calls: every function that the policy exports is asked twice about a plain case. What it answers
//! is its own business, `facts-missing` included; but a policy that traps, runs out of a limit or breaks the
//! canonical ABI over a plain case does so whatever it is asked, and is refused. An answer that the host would
//! refuse on a claim is a warning, as the plain case may be none of the policy's business.

mod plain;

use super::problem::{Code, Problem};
use crate::decision::{Decision, Terms};
use crate::failure::Failure;
use crate::policy::Policy;
use crate::question::{
    Approval, Ask, Charges, Coverage, Keep, Milestones, Notices, Penalty, Replaced, RequiredStock, Targets,
    Visits,
};
use sanbao_domain::approval::ApprovalRequest;
use sanbao_domain::case::{CaseEvent, Remedy};
use std::sync::Arc;
use std::time::Duration;

/// Beyond what fuel allows on any machine: fuel is what ends a call here, and it ends every such call the same.
const DEADLINE: Duration = Duration::from_secs(20);

pub(super) fn examine(policy: &Policy, problems: &mut Vec<Problem>) {
    let mut terms = Terms::new(Arc::clone(policy.engine().plain_calendar()));
    terms.limits.deadline = DEADLINE;
    let mut smoke = Smoke { policy, terms, problems };
    let case = || plain::case(policy.manifest());
    let settings = || plain::settings(policy.manifest());
    let event = CaseEvent::Opened;
    smoke.ask(|| Coverage { case: case() });
    smoke.ask(|| Approval { case: case(), request: ApprovalRequest::remedy(Remedy::Repair, true, false) });
    smoke.ask(|| Milestones { case: case(), event });
    smoke.ask(|| Targets { settings: settings() });
    smoke.ask(|| Penalty { case: case(), finding: plain::finding() });
    smoke.ask(|| Keep { case: case(), part: plain::part() });
    smoke.ask(|| Replaced { case: case(), part: plain::part() });
    smoke.ask(|| RequiredStock { settings: settings() });
    smoke.ask(|| Charges { case: case(), remedy: Remedy::Repair, items: plain::items() });
    smoke.ask(|| Notices { case: case(), event });
    smoke.ask(|| Visits { case: case(), event });
}

struct Smoke<'a> {
    policy: &'a Policy,
    terms: Terms,
    problems: &'a mut Vec<Problem>,
}

impl Smoke<'_> {
    fn ask<Q: Ask>(&mut self, question: impl Fn() -> Q) {
        if !self.policy.exports(Q::INTERFACE) {
            return;
        }
        let first = self.call(question());
        let second = self.call(question());
        let failed = first.outcome.as_ref().err().and_then(|failure| problem(Q::FUNCTION, failure));
        let varies = || differs(&told(&first), &told(&second)).then(|| varies(Q::FUNCTION));
        self.problems.extend(failed.or_else(varies));
    }

    fn call<Q: Ask>(&self, question: Q) -> Decision<Q::Answer> {
        let _turn = self.policy.engine().turn_to_check();
        self.policy.ask(&self.terms, question)
    }
}

/// What two calls must have in common: the answer, what it cost and what was written on the way.
type Told = (String, u64, String);

fn told<T>(decision: &Decision<T>) -> Told {
    let log = serde_json::to_string(decision.log()).unwrap_or_default();
    (decision.record.output.to_string(), decision.fuel(), log)
}

fn differs(first: &Told, second: &Told) -> bool {
    first != second
}

fn varies(function: &str) -> Problem {
    Problem::error(
        Code::SmokeVaries,
        function,
        "the same question was answered in two ways",
        "answer from the case and the settings alone: nothing may depend on what happened before",
    )
}

fn problem(function: &str, failure: &Failure) -> Option<Problem> {
    let (code, fix) = match failure {
        Failure::Trap { .. } | Failure::StackOverflow => (
            Code::SmokeFails,
            "answer every case that the contract allows: `facts-missing` or `referred` where it cannot be judged",
        ),
        Failure::OutOfFuel { .. } | Failure::Deadline { .. } => {
            (Code::SmokeFails, "do less in one call: nothing needs more than a few million instructions")
        }
        Failure::Memory { .. } | Failure::Table { .. } => {
            (Code::SmokeFails, "use less memory: a call starts anew and needs little of it")
        }
        Failure::ResultTooLarge { .. } => (Code::SmokeFails, "answer what was asked, within a megabyte"),
        Failure::Malformed { .. } => {
            (Code::SmokeFails, "let bindings made from the contract's WIT write the answer")
        }
        Failure::Unavailable { .. } => {
            (Code::HostFailed, "nothing is known to be wrong with the upload: upload it again later")
        }
        Failure::BadValue { .. }
        | Failure::TooLong { .. }
        | Failure::UnknownCitation { .. }
        | Failure::ConductCited { .. }
        | Failure::UnknownRole { .. }
        | Failure::UnknownFact { .. }
        | Failure::AbsurdSpan { .. }
        | Failure::NotAllowed { .. }
        | Failure::Duplicate { .. }
        | Failure::Lacking { .. } => {
            let fix = "answer as the contract says; on a claim, such an answer goes to a person";
            let message = format!("a plain case is answered with what the host refuses: {failure}");
            return Some(Problem::error(Code::SmokeRefused, function, message, fix).warning());
        }
    };
    Some(Problem::error(code, function, format!("a plain case fails: {failure}"), fix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_difference_is_enough() {
        let told = |answer: &str, fuel, log: &str| (answer.to_owned(), fuel, log.to_owned());
        let first = told("{}", 7, "[]");
        assert!(!differs(&first, &first.clone()));
        for second in [told("[]", 7, "[]"), told("{}", 8, "[]"), told("{}", 7, "[1]")] {
            assert!(differs(&first, &second));
        }
        assert_eq!(
            (varies("coverage.decide").code, varies("coverage.decide").place),
            (Code::SmokeVaries, "coverage.decide".to_owned())
        );
    }
}
