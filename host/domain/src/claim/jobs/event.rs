//! What happened to a job.

use super::super::state::Signature;
use super::{
    Arrival, Checked, Expenses, Heard, MajorProblem, Order, Outcome, PartUsed, Purpose, Seen, Solved, Visit,
};
use crate::approval::ApprovalStep;
use crate::case::{CaseEvent, Channel};
use crate::ids::{JobId, PartyId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// People are sent out.
    Dispatched {
        /// The party whose people go.
        by: PartyId,
        /// The order.
        order: Box<Order>,
    },
    /// A time is fixed with the user.
    Scheduled {
        /// Which job.
        job: JobId,
        /// The time.
        visit: Visit,
    },
    /// People set off.
    Departed {
        /// Which job.
        job: JobId,
        /// When.
        at: Timestamp,
    },
    /// People are there.
    Arrived {
        /// Which job.
        job: JobId,
        /// When, and why late.
        arrival: Arrival,
    },
    /// What the user says.
    Heard {
        /// Which job.
        job: JobId,
        /// What.
        heard: Heard,
    },
    /// What there is to see.
    Seen {
        /// Which job.
        job: JobId,
        /// What.
        seen: Seen,
    },
    /// What the inspection found.
    Checked {
        /// Which job.
        job: JobId,
        /// What.
        checked: Checked,
    },
    /// These parts were used, all of them.
    PartsUsed {
        /// Which job.
        job: JobId,
        /// Which.
        parts: Vec<PartUsed>,
    },
    /// A major problem was reported to the leader.
    ProblemReported {
        /// Which job.
        job: JobId,
        /// Which.
        problem: MajorProblem,
    },
    /// The service ended.
    Ended {
        /// Which job.
        job: JobId,
        /// What for.
        purpose: Purpose,
        /// When.
        at: Timestamp,
        /// What was done.
        outcome: Outcome,
        /// Who approves the report.
        steps: Vec<ApprovalStep>,
    },
    /// A signature was asked for before the service had ended (BUS-13).
    SignatureAskedEarly {
        /// Which job.
        job: JobId,
        /// By whom.
        by: String,
    },
    /// The customer signed.
    Signed {
        /// Which job.
        job: JobId,
        /// Name of whoever signed.
        by: String,
        /// SHA-256 of the report, hex.
        hash: String,
        /// What the customer adds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    /// The customer did not sign.
    SignatureDeclined {
        /// Which job.
        job: JobId,
        /// By whom it was told.
        by: String,
        /// Why.
        reason: String,
    },
    /// The result was told before leaving.
    ReportedBack {
        /// Which job.
        job: JobId,
        /// By whom.
        by: String,
        /// The result.
        words: String,
    },
    /// People are back.
    Returned {
        /// Which job.
        job: JobId,
        /// When.
        at: Timestamp,
    },
    /// A step of the report's approval was signed.
    ReportSigned {
        /// Which job.
        job: JobId,
        /// The signature.
        signature: Signature,
        /// Nobody else must sign: the report is approved and archived.
        last: bool,
    },
    /// Expenses were handed in.
    ExpensesClaimed {
        /// Which job.
        job: JobId,
        /// Which.
        expenses: Box<Expenses>,
    },
    /// A step of the expenses' review was signed.
    ExpensesSigned {
        /// Which job.
        job: JobId,
        /// The signature.
        signature: Signature,
        /// Nobody else must sign.
        last: bool,
    },
    /// The expenses were not accepted.
    ExpensesRejected {
        /// Which job.
        job: JobId,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// The expenses were paid.
    Reimbursed {
        /// Which job.
        job: JobId,
        /// By whom.
        by: String,
    },
    /// Nobody goes.
    CalledOff {
        /// Which job.
        job: JobId,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
}

impl Event {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Dispatched { .. } => "jobs/dispatched",
            Self::Scheduled { .. } => "jobs/scheduled",
            Self::Departed { .. } => "jobs/departed",
            Self::Arrived { .. } => "jobs/arrived",
            Self::Heard { .. } => "jobs/heard",
            Self::Seen { .. } => "jobs/seen",
            Self::Checked { .. } => "jobs/checked",
            Self::PartsUsed { .. } => "jobs/parts-used",
            Self::ProblemReported { .. } => "jobs/problem-reported",
            Self::Ended { .. } => "jobs/ended",
            Self::SignatureAskedEarly { .. } => "jobs/signature-asked-early",
            Self::Signed { .. } => "jobs/signed",
            Self::SignatureDeclined { .. } => "jobs/signature-declined",
            Self::ReportedBack { .. } => "jobs/reported-back",
            Self::Returned { .. } => "jobs/returned",
            Self::ReportSigned { .. } => "jobs/report-signed",
            Self::ExpensesClaimed { .. } => "jobs/expenses-claimed",
            Self::ExpensesSigned { .. } => "jobs/expenses-signed",
            Self::ExpensesRejected { .. } => "jobs/expenses-rejected",
            Self::Reimbursed { .. } => "jobs/reimbursed",
            Self::CalledOff { .. } => "jobs/called-off",
        }
    }

    pub(super) fn case_events(&self) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match self {
            Self::Dispatched { .. } => vec![(CaseEvent::Dispatched, None)],
            // Whoever fixes a time has answered the user (ZZC-09).
            Self::Scheduled { .. } => vec![(CaseEvent::Replied, None)],
            Self::Arrived { arrival, .. } => vec![(CaseEvent::Arrived, Some(arrival.at))],
            Self::Checked { .. } => vec![(CaseEvent::Inspected, None)],
            Self::Ended { purpose, at, outcome, .. } => match (outcome.solved, purpose) {
                (Solved::Yes, Purpose::Installation) => {
                    vec![(CaseEvent::Installed, Some(*at)), (CaseEvent::Serviced, Some(*at))]
                }
                (Solved::Yes, _) => vec![(CaseEvent::Serviced, Some(*at))],
                (Solved::Unrepairable, _) => vec![(CaseEvent::Unrepairable, Some(*at))],
                (Solved::ComeAgain | Solved::TakenBack, _) => Vec::new(),
            },
            Self::Signed { .. } => vec![(CaseEvent::Signed, None)],
            _ => Vec::new(),
        }
    }

    pub(super) fn channel(&self) -> Option<Channel> {
        match self {
            Self::Scheduled { visit, .. } => Some(visit.channel),
            Self::Arrived { .. } | Self::Checked { .. } | Self::Ended { .. } => Some(Channel::OnSite),
            _ => None,
        }
    }

    /// The job that it happened to.
    pub fn job(&self) -> JobId {
        match self {
            Self::Dispatched { order, .. } => order.job,
            Self::Scheduled { job, .. }
            | Self::Departed { job, .. }
            | Self::Arrived { job, .. }
            | Self::Heard { job, .. }
            | Self::Seen { job, .. }
            | Self::Checked { job, .. }
            | Self::PartsUsed { job, .. }
            | Self::ProblemReported { job, .. }
            | Self::Ended { job, .. }
            | Self::SignatureAskedEarly { job, .. }
            | Self::Signed { job, .. }
            | Self::SignatureDeclined { job, .. }
            | Self::ReportedBack { job, .. }
            | Self::Returned { job, .. }
            | Self::ReportSigned { job, .. }
            | Self::ExpensesClaimed { job, .. }
            | Self::ExpensesSigned { job, .. }
            | Self::ExpensesRejected { job, .. }
            | Self::Reimbursed { job, .. }
            | Self::CalledOff { job, .. } => *job,
        }
    }
}
