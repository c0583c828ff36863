//! What happened to a claim. Events are journalled and never change.

use super::{Escalation, Evidence, Facts, Judgement, RejectedBy, Settlement, Signature, procedure};
use crate::approval::ApprovalStep;
use crate::case::{CaseEvent, Channel, Matter, Remedy};
use crate::deadline::Deadline;
use crate::ids::DeadlineId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant)] // Lives from a command to the journal; boxes would be allocated for nothing.
pub enum Event {
    /// The claim was opened.
    Opened {
        /// With these facts.
        facts: Box<Facts>,
        /// What it is about.
        #[serde(default)]
        matter: Matter,
    },
    /// Facts or documents came in.
    EvidenceAdded {
        /// What came in.
        evidence: Box<Evidence>,
    },
    /// The policy was asked.
    Judged {
        /// What came of it.
        judgement: Box<Judgement>,
    },
    /// A person must settle it.
    Escalated {
        /// Why, and who.
        escalation: Box<Escalation>,
    },
    /// The claimant chose an offer.
    Agreed {
        /// Which.
        settlement: Box<Settlement>,
        /// Who must sign.
        steps: Vec<ApprovalStep>,
    },
    /// A step of the chain was signed.
    Signed {
        /// By whom, for which role.
        signature: Signature,
    },
    /// Nothing stands in the way of the remedy.
    Approved {
        /// What was approved.
        settlement: Box<Settlement>,
    },
    /// Refused.
    Rejected {
        /// By whom, and why.
        rejected: RejectedBy,
    },
    /// The goods arrived.
    GoodsReceived {
        /// When.
        at: Timestamp,
    },
    /// Work started.
    WorkStarted,
    /// Work is done.
    Completed {
        /// What was done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The goods were handed over.
    HandedOver {
        /// To whom.
        to: String,
    },
    /// At its end.
    Closed {
        /// What was done; absent after a refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remedy: Option<Remedy>,
    },
    /// Withdrawn.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Something is due from now on.
    DeadlineSet {
        /// What, and when.
        deadline: Box<Deadline>,
    },
    /// A deadline was fulfilled.
    DeadlineMet {
        /// Which.
        deadline: DeadlineId,
        /// Its milestone.
        milestone: String,
        /// After it had passed.
        late: bool,
    },
    /// A deadline passed without being fulfilled.
    DeadlineMissed {
        /// Which.
        deadline: DeadlineId,
        /// Its milestone.
        milestone: String,
        /// When it was due.
        due_at: Timestamp,
    },
    /// The clock of a deadline stands still.
    DeadlinePaused {
        /// Which.
        deadline: DeadlineId,
        /// Its milestone.
        milestone: String,
    },
    /// The clock of a deadline goes on.
    DeadlineResumed {
        /// Which.
        deadline: DeadlineId,
        /// Its milestone.
        milestone: String,
        /// When it falls due now: later by as long as its clock stood still.
        due_at: Timestamp,
    },
    /// The claim ended before a deadline fell due.
    DeadlineDropped {
        /// Which.
        deadline: DeadlineId,
        /// Its milestone.
        milestone: String,
    },
    /// A step of one of the procedures beside the claim's own states.
    Procedure(procedure::Event),
}

impl Event {
    /// The word under which the journal files it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::EvidenceAdded { .. } => "evidence-added",
            Self::Judged { .. } => "judged",
            Self::Escalated { .. } => "escalated",
            Self::Agreed { .. } => "agreed",
            Self::Signed { .. } => "signed",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::GoodsReceived { .. } => "goods-received",
            Self::WorkStarted => "work-started",
            Self::Completed { .. } => "completed",
            Self::HandedOver { .. } => "handed-over",
            Self::Closed { .. } => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::DeadlineSet { .. } => "deadline-set",
            Self::DeadlineMet { .. } => "deadline-met",
            Self::DeadlineMissed { .. } => "deadline-missed",
            Self::DeadlinePaused { .. } => "deadline-paused",
            Self::DeadlineResumed { .. } => "deadline-resumed",
            Self::DeadlineDropped { .. } => "deadline-dropped",
            Self::Procedure(event) => event.kind(),
        }
    }

    /// The steps of the contract that rules can react to, each with when it happened if not now.
    pub fn case_events(&self) -> Vec<(CaseEvent, Option<Timestamp>)> {
        let event = match self {
            // A report that is known by its day alone counts from when it is taken down.
            Self::Opened { facts, matter } => {
                let reported = facts.dates.reported.and_then(|reported| reported.at);
                let mut steps = vec![(CaseEvent::Reported, reported), (CaseEvent::Opened, None)];
                match matter {
                    Matter::Complaint => steps.push((CaseEvent::ComplaintReceived, None)),
                    Matter::StockRequest => steps.push((CaseEvent::StockRequested, None)),
                    Matter::Warranty | Matter::Enquiry | Matter::Training | Matter::Installation => {}
                }
                return steps;
            }
            Self::Judged { judgement } => match **judgement {
                Judgement::Verdict { .. } => CaseEvent::Judged,
                Judgement::Failed { .. } | Judgement::NoPolicy { .. } => return Vec::new(),
            },
            Self::Escalated { .. } => CaseEvent::Escalated,
            Self::Agreed { .. } => CaseEvent::Agreed,
            Self::Approved { .. } => CaseEvent::Approved,
            Self::Rejected { .. } => CaseEvent::Rejected,
            Self::GoodsReceived { at } => return vec![(CaseEvent::GoodsReceived, Some(*at))],
            Self::WorkStarted => CaseEvent::WorkStarted,
            Self::Completed { .. } => CaseEvent::Completed,
            Self::HandedOver { .. } => CaseEvent::HandedOver,
            Self::Closed { .. } => CaseEvent::Closed,
            Self::Cancelled { .. } => CaseEvent::Cancelled,
            Self::Procedure(event) => return event.case_events(),
            Self::EvidenceAdded { .. }
            | Self::Signed { .. }
            | Self::DeadlineSet { .. }
            | Self::DeadlineMet { .. }
            | Self::DeadlineMissed { .. }
            | Self::DeadlinePaused { .. }
            | Self::DeadlineResumed { .. }
            | Self::DeadlineDropped { .. } => return Vec::new(),
        };
        vec![(event, None)]
    }

    /// How somebody was reached, where the event says (BUS-08).
    pub fn channel(&self) -> Option<Channel> {
        match self {
            Self::Procedure(event) => event.channel(),
            _ => None,
        }
    }
}
