//! Asks the candidate what was asked before, one decision after the other, on one thread.

use super::fit::Versioned;
use super::text::{Head, is_written_as, write};
use super::warm::Warm;
use super::{Candidate, Recorded, Summary, draw};
use crate::call::call;
use crate::compare::{self, At, Came, Change, Difference};
use crate::contract::Prepared;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::question::{
    Approval, Ask, Charges, Coverage, Form, Keep, Milestones, Notices, Penalty, Replaced, RequiredStock,
    Targets, Visits,
};
use sanbao_domain::time::Moment;
use std::sync::Arc;
use thiserror::Error;

/// One in so many equal answers is confirmed on a fresh instance.
const CONFIRMED: u64 = 100;
/// How often an instance is asked for when the pool is full.
const PATIENCE: u32 = 100;

/// The candidate answered otherwise on a used instance than on a fresh one: start over with fresh ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the policy keeps state between calls")]
pub struct KeepsState;

/// One decision, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the candidate answers, as a receipt would hold it; absent where it answers no such question.
    pub output: Option<String>,
    /// How that differs; absent where it says the same.
    pub difference: Option<Difference>,
}

/// Asks on one thread. Holds at most two of the engine's instances at a time.
pub struct Tester {
    candidate: Arc<Candidate>,
    fresh_only: bool,
    warm: Option<Warm>,
    head: Head,
    buffer: Vec<u8>,
    fresh: Vec<u8>,
}

/// What came of one decision.
enum Outcome {
    LeftOut(fn(&mut Summary)),
    Asked { difference: Option<Difference>, failed: Option<&'static str> },
}

/// A question with everything that is needed to ask it.
struct Ready<Q: Ask> {
    prepared: Prepared<Q>,
    limits: Limits,
    now: Option<Moment>,
}

impl Tester {
    /// Asks with warm instances, or with `fresh_only`.
    pub fn new(candidate: Arc<Candidate>, fresh_only: bool) -> Self {
        Self {
            candidate,
            fresh_only,
            warm: None,
            head: Head::default(),
            buffer: Vec::new(),
            fresh: Vec::new(),
        }
    }

    /// Asks the same again and counts what comes of it.
    ///
    /// # Errors
    /// The candidate keeps state: what was counted so far cannot be trusted.
    pub fn test(&mut self, recorded: Recorded<'_>, summary: &mut Summary) -> Result<(), KeepsState> {
        summary.read += 1;
        if !self.candidate.draws(recorded.id) {
            summary.left_out.not_drawn += 1;
            return Ok(());
        }
        let outcome = self.any(recorded, summary)?;
        match outcome {
            Outcome::LeftOut(count) => count(summary),
            Outcome::Asked { difference, failed } => {
                summary.asked += 1;
                if let Some(kind) = failed {
                    summary.failures.add(kind, 1);
                }
                match difference {
                    Some(difference) => summary.differs(self.candidate.seed, recorded.id, &difference),
                    None => summary.answers.same += 1,
                }
            }
        }
        Ok(())
    }

    fn any(&mut self, recorded: Recorded<'_>, summary: &mut Summary) -> Result<Outcome, KeepsState> {
        match recorded.function {
            Coverage::FUNCTION => self.one::<Coverage>(recorded, summary),
            Approval::FUNCTION => self.one::<Approval>(recorded, summary),
            Milestones::FUNCTION => self.one::<Milestones>(recorded, summary),
            Targets::FUNCTION => self.one::<Targets>(recorded, summary),
            Penalty::FUNCTION => self.one::<Penalty>(recorded, summary),
            Keep::FUNCTION => self.one::<Keep>(recorded, summary),
            Replaced::FUNCTION => self.one::<Replaced>(recorded, summary),
            RequiredStock::FUNCTION => self.one::<RequiredStock>(recorded, summary),
            Charges::FUNCTION => self.one::<Charges>(recorded, summary),
            Notices::FUNCTION => self.one::<Notices>(recorded, summary),
            Visits::FUNCTION => self.one::<Visits>(recorded, summary),
            _ => Ok(Outcome::LeftOut(|summary| summary.left_out.unreadable += 1)),
        }
    }

    fn one<Q: Ask + Versioned>(
        &mut self,
        recorded: Recorded<'_>,
        summary: &mut Summary,
    ) -> Result<Outcome, KeepsState>
    where
        Q::Answer: compare::Answer,
    {
        let Self { candidate, head, warm, buffer, .. } = self;
        let Some((limits, mut question)) = head.read::<Q>(recorded.input) else {
            return Ok(Outcome::LeftOut(|summary| summary.left_out.unreadable += 1));
        };
        let wanted = match question.case() {
            Some(case) => candidate.wanted.admits(case),
            None => candidate.wanted.admits_all(),
        };
        if !wanted {
            return Ok(Outcome::LeftOut(|summary| summary.left_out.filtered += 1));
        }
        if !candidate.policy.exports(Q::INTERFACE) {
            return Ok(unanswered::<Q>(recorded.output));
        }
        if candidate.fit.fit(&mut question).is_err() {
            return Ok(Outcome::LeftOut(|summary| summary.left_out.settings_missing += 1));
        }
        let now = question.case().map(|case| case.now);
        if Q::FUNCTION == Coverage::FUNCTION
            && let Some(case) = question.case()
        {
            for fact in candidate.fit.unmet(&case.attributes) {
                summary.asks_for.add(&fact.name, 1);
            }
        }
        let ready = Ready::<Q> { prepared: candidate.policy.prepare(question), limits, now };
        let mut failed = None;
        if !self.fresh_only {
            let outcome = Warm::ask(warm, &candidate.policy, &candidate.calendar, &limits, &ready.prepared);
            failed = kind(&outcome);
            if failed.is_none()
                && !draw(!candidate.seed, recorded.id).is_multiple_of(CONFIRMED)
                && is_written_as(&outcome, recorded.output)
            {
                return Ok(Outcome::Asked { difference: None, failed });
            }
            write(buffer, &outcome);
        }
        // What differs, what failed and a share of the rest: an instance that was never used has the last word.
        let outcome = self.ask_fresh(&ready);
        let repeatable = outcome.as_ref().err().is_none_or(Failure::is_deterministic);
        write(&mut self.fresh, &outcome);
        summary.confirmed += 1;
        let warm_failed = std::mem::replace(&mut failed, kind(&outcome));
        if !self.fresh_only && repeatable && warm_failed.is_none() && self.fresh != self.buffer {
            return Err(KeepsState);
        }
        if self.fresh == recorded.output.as_bytes() {
            return Ok(Outcome::Asked { difference: None, failed });
        }
        let at = At { calendar: &self.candidate.calendar, now: ready.now };
        match compare::outputs(recorded.function, recorded.output, text(&self.fresh), at) {
            Ok(difference) => Ok(Outcome::Asked { difference, failed }),
            Err(_) => Ok(Outcome::LeftOut(|summary| summary.left_out.unreadable += 1)),
        }
    }

    fn ask_fresh<Q: Ask>(&self, ready: &Ready<Q>) -> Result<Q::Answer, Failure> {
        let Candidate { policy, calendar, .. } = self.candidate.as_ref();
        let mut tries = 0;
        loop {
            let called =
                call(policy.engine(), &ready.limits, ready.limits.deadline, Arc::clone(calendar), |store| {
                    policy.bound().ask(&ready.prepared, store)
                });
            match policy.checked::<Q>(called.outcome.flatten()) {
                // Others hold the instances that are set aside for this: they are given back soon.
                Err(Failure::Unavailable { .. }) if tries < PATIENCE => {
                    tries += 1;
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                outcome => return outcome,
            }
        }
    }

    /// Asks one recorded decision on a fresh instance, to show it. Nothing where the receipt cannot be read, or the candidate lacks a setting.
    pub fn show(candidate: &Arc<Candidate>, recorded: Recorded<'_>) -> Option<Asked> {
        let mut tester = Self::new(Arc::clone(candidate), true);
        let mut summary = Summary::default();
        match tester.any(recorded, &mut summary) {
            Ok(Outcome::Asked { difference, .. }) => {
                let output = (!tester.fresh.is_empty()).then(|| text(&tester.fresh).to_owned());
                Some(Asked { output, difference })
            }
            _ => None,
        }
    }
}

/// The candidate does not export the interface: the host's baseline would answer.
fn unanswered<Q: Ask>(output: &str) -> Outcome
where
    Q::Answer: compare::Answer,
{
    match compare::came::<Q>(output) {
        Ok(from) => {
            let difference = Difference::of(Change::Ruling { from, to: Came::Unanswered });
            Outcome::Asked { difference: Some(difference), failed: None }
        }
        Err(_) => Outcome::LeftOut(|summary| summary.left_out.unreadable += 1),
    }
}

fn kind<T>(outcome: &Result<T, Failure>) -> Option<&'static str> {
    outcome.as_ref().err().map(|failure| failure.kind().word())
}

/// JSON is UTF-8.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
