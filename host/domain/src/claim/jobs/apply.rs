//! What an event changes.

use super::super::state::Chain;
use super::{Decided, Event, Expenses, Job, Jobs, Order, Report, ReportedProblem, Said, Signed, Stage};
use crate::ids::PartyId;
use crate::time::Timestamp;
impl Jobs {
    pub(super) fn happened(&mut self, event: &Event, at: Timestamp) {
        if let Event::Dispatched { by, order } = event {
            self.0.push(Job::ordered(*by, (**order).clone(), at));
        } else if let Some(job) = self.0.iter_mut().find(|job| job.id() == event.job()) {
            job.happened(event, at);
        }
    }
}

impl Job {
    fn ordered(by: PartyId, order: Order, at: Timestamp) -> Self {
        Self {
            stage: Stage::Ordered,
            by,
            ordered_at: at,
            order,
            visit: None,
            departed_at: None,
            arrived: None,
            report: Report::default(),
            early_signatures: Vec::new(),
            problems: Vec::new(),
            reported_back: None,
            returned_at: None,
            expenses: None,
            called_off: None,
        }
    }

    fn happened(&mut self, event: &Event, now: Timestamp) {
        let decided = |by: &String| Decided { by: by.clone(), at: now };
        let said = |by: &String, words: &String| Said { by: by.clone(), at: now, words: words.clone() };
        let report = &mut self.report;
        match event {
            Event::Dispatched { .. } => {}
            Event::Scheduled { visit, .. } => {
                self.visit = Some(visit.clone());
                self.stage = Stage::Scheduled;
            }
            Event::Departed { at, .. } => {
                self.departed_at = Some(*at);
                self.stage = Stage::Departed;
            }
            Event::Arrived { arrival, .. } => {
                self.arrived = Some(arrival.clone());
                self.stage = Stage::Arrived;
            }
            Event::Heard { heard, .. } => report.heard = Some(heard.clone()),
            Event::Seen { seen, .. } => report.seen = Some(seen.clone()),
            Event::Checked { checked, .. } => report.checked = Some(checked.clone()),
            Event::PartsUsed { parts, .. } => report.parts.clone_from(parts),
            Event::ProblemReported { problem, .. } => {
                self.problems.push(ReportedProblem { problem: problem.clone(), at: now });
            }
            Event::Ended { at, outcome, steps, .. } => {
                report.outcome = Some(outcome.clone());
                report.ended_at = Some(*at);
                report.approval = Some(Chain::new(steps.clone()));
                self.stage = Stage::Ended;
            }
            Event::SignatureAskedEarly { by, .. } => self.early_signatures.push(decided(by)),
            Event::Signed { by, hash, comment, .. } => {
                report.signed =
                    Some(Signed { by: by.clone(), at: now, hash: hash.clone(), comment: comment.clone() });
                self.stage = Stage::Concluded;
            }
            Event::SignatureDeclined { by, reason, .. } => {
                report.unsigned = Some(said(by, reason));
                self.stage = Stage::Concluded;
            }
            Event::ReportedBack { by, words, .. } => self.reported_back = Some(said(by, words)),
            Event::Returned { at, .. } => self.returned_at = Some(*at),
            Event::ReportSigned { signature, last, .. } => {
                if let Some(chain) = &mut report.approval {
                    chain.signed.push(signature.clone());
                }
                if *last {
                    report.approved = Some(decided(&signature.by));
                    self.stage = Stage::Archived;
                }
            }
            Event::CalledOff { by, reason, .. } => {
                self.called_off = Some(said(by, reason));
                self.stage = Stage::CalledOff;
            }
            Event::ExpensesClaimed { expenses, .. } => self.expenses = Some((**expenses).clone()),
            Event::ExpensesSigned { .. } | Event::ExpensesRejected { .. } | Event::Reimbursed { .. } => {
                if let Some(expenses) = &mut self.expenses {
                    expenses.happened(event, now);
                }
            }
        }
    }
}

impl Expenses {
    fn happened(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::ExpensesSigned { signature, last, .. } => {
                self.review.signed.push(signature.clone());
                if *last {
                    self.approved = Some(Decided { by: signature.by.clone(), at: now });
                }
            }
            Event::ExpensesRejected { by, reason, .. } => {
                self.rejected = Some(Said { by: by.clone(), at: now, words: reason.clone() });
            }
            Event::Reimbursed { by, .. } => self.reimbursed = Some(Decided { by: by.clone(), at: now }),
            _ => {}
        }
    }
}
