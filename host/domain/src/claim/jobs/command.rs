//! What people want to happen to a job. Where no job is named, the latest is meant.

use super::{Checked, Delay, Heard, MajorProblem, Order, Outcome, PartUsed, Seen, Visit, Voucher};
use crate::approval::ApprovalPlan;
use crate::ids::JobId;
use crate::time::Timestamp;

/// What was found, as far as it is told now; what is told again replaces what was told before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What the user says.
    pub heard: Option<Heard>,
    /// What there is to see.
    pub seen: Option<Seen>,
    /// What the inspection found.
    pub checked: Option<Checked>,
}

/// A command, and the job that it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// People are sent out.
    Dispatch(Box<Order>),
    /// A step of a job.
    Step {
        /// Which job; the latest where nothing is said.
        job: Option<JobId>,
        /// Which step.
        step: Step,
    },
}

/// A step of a job. A time that is absent is the present.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A time is fixed with the user.
    Schedule(Visit),
    /// People set off.
    Depart {
        /// When.
        at: Option<Timestamp>,
    },
    /// People are there.
    Arrive {
        /// When.
        at: Option<Timestamp>,
        /// Why late.
        delay: Option<Delay>,
    },
    /// Something was found.
    Record(Box<Findings>),
    /// These parts were used, all of them.
    UseParts(Vec<PartUsed>),
    /// A major problem is reported.
    ReportProblem(MajorProblem),
    /// The service has ended.
    End {
        /// When.
        at: Option<Timestamp>,
        /// What was done.
        outcome: Outcome,
        /// Who approves the report.
        plan: ApprovalPlan,
    },
    /// The customer signs.
    Sign {
        /// Name of whoever signs.
        by: String,
        /// What the customer adds.
        comment: Option<String>,
        /// Hash of the report that was shown, where it was shown.
        hash: Option<String>,
    },
    /// A signature was asked for too early; the host takes it down.
    NoteEarlySignature,
    /// The customer does not sign.
    DeclineSignature {
        /// Why.
        reason: String,
    },
    /// The result is told before leaving.
    ReportBack {
        /// The result, and further tasks that were given.
        words: String,
    },
    /// People are back.
    Return {
        /// When.
        at: Option<Timestamp>,
    },
    /// The leader approves the report.
    Approve {
        /// Remark.
        note: Option<String>,
    },
    /// Expenses are handed in.
    ClaimExpenses {
        /// The vouchers.
        vouchers: Vec<Voucher>,
        /// Who reviews them.
        plan: ApprovalPlan,
    },
    /// The leader has reviewed the expenses.
    ApproveExpenses {
        /// Remark.
        note: Option<String>,
    },
    /// The leader does not accept the expenses.
    RejectExpenses {
        /// Why.
        reason: String,
    },
    /// The expenses are paid.
    Reimburse,
    /// Nobody goes.
    CallOff {
        /// Why.
        reason: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command` and `Step`.
pub enum Name {
    Dispatch,
    Schedule,
    Depart,
    Arrive,
    Record,
    UseParts,
    ReportProblem,
    End,
    Sign,
    NoteEarlySignature,
    DeclineSignature,
    ReportBack,
    Return,
    Approve,
    ClaimExpenses,
    ApproveExpenses,
    RejectExpenses,
    Reimburse,
    CallOff,
}

impl Name {
    /// The commands that people give.
    pub(super) const BY_PEOPLE: [Name; 18] = [
        Self::Dispatch,
        Self::Schedule,
        Self::Depart,
        Self::Arrive,
        Self::Record,
        Self::UseParts,
        Self::ReportProblem,
        Self::End,
        Self::Sign,
        Self::DeclineSignature,
        Self::ReportBack,
        Self::Return,
        Self::Approve,
        Self::ClaimExpenses,
        Self::ApproveExpenses,
        Self::RejectExpenses,
        Self::Reimburse,
        Self::CallOff,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Dispatch => "jobs/dispatch",
            Self::Schedule => "jobs/schedule",
            Self::Depart => "jobs/depart",
            Self::Arrive => "jobs/arrive",
            Self::Record => "jobs/findings",
            Self::UseParts => "jobs/parts",
            Self::ReportProblem => "jobs/problem",
            Self::End => "jobs/end",
            Self::Sign => "jobs/sign",
            Self::NoteEarlySignature => "jobs/note-early-signature",
            Self::DeclineSignature => "jobs/decline-signature",
            Self::ReportBack => "jobs/report-back",
            Self::Return => "jobs/return",
            Self::Approve => "jobs/approve",
            Self::ClaimExpenses => "jobs/expenses",
            Self::ApproveExpenses => "jobs/approve-expenses",
            Self::RejectExpenses => "jobs/reject-expenses",
            Self::Reimburse => "jobs/reimburse",
            Self::CallOff => "jobs/call-off",
        }
    }
}

impl Command {
    pub(super) fn name(&self) -> Name {
        match self {
            Self::Dispatch(_) => Name::Dispatch,
            Self::Step { step, .. } => step.name(),
        }
    }
}

impl Step {
    fn name(&self) -> Name {
        match self {
            Self::Schedule(_) => Name::Schedule,
            Self::Depart { .. } => Name::Depart,
            Self::Arrive { .. } => Name::Arrive,
            Self::Record(_) => Name::Record,
            Self::UseParts(_) => Name::UseParts,
            Self::ReportProblem(_) => Name::ReportProblem,
            Self::End { .. } => Name::End,
            Self::Sign { .. } => Name::Sign,
            Self::NoteEarlySignature => Name::NoteEarlySignature,
            Self::DeclineSignature { .. } => Name::DeclineSignature,
            Self::ReportBack { .. } => Name::ReportBack,
            Self::Return { .. } => Name::Return,
            Self::Approve { .. } => Name::Approve,
            Self::ClaimExpenses { .. } => Name::ClaimExpenses,
            Self::ApproveExpenses { .. } => Name::ApproveExpenses,
            Self::RejectExpenses { .. } => Name::RejectExpenses,
            Self::Reimburse => Name::Reimburse,
            Self::CallOff { .. } => Name::CallOff,
        }
    }
}
