//! The service report as far as a write-off rests on it.

use crate::claim::Claim;
use crate::claim::jobs::{Job, Stage};
use crate::ids::{ClaimId, JobId, TicketId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is known of the service report on the work that a part was drawn for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportProof {
    /// The ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// The job on site.
    pub job: JobId,
    /// Pieces of the part that it says were replaced or given (BUS-30).
    pub stated: u32,
    /// When the user signed it; absent while it is not signed (BUS-12).
    pub signed_at: Option<Timestamp>,
    /// The leader who approved it; absent while nobody did (BUS-35).
    pub approved_by: Option<String>,
}

impl ReportProof {
    /// The report of a job on a claim, as far as it concerns a part. Where no job is named, the one that
    /// proves most.
    pub fn find(ticket: TicketId, claim: &Claim, job: Option<JobId>, part: &str) -> Option<Self> {
        let jobs = claim.procedures.jobs.0.iter();
        jobs.filter(|known| known.stage != Stage::CalledOff && job.is_none_or(|job| known.id() == job))
            .map(|job| Self::of(ticket, claim, job, part))
            .max_by_key(|proof| {
                (proof.stated > 0, proof.approved_by.is_some(), proof.signed_at, proof.stated)
            })
    }

    fn of(ticket: TicketId, claim: &Claim, job: &Job, part: &str) -> Self {
        let report = &job.report;
        Self {
            ticket,
            claim: claim.id,
            job: job.id(),
            stated: report.parts.iter().filter(|used| used.part == part).map(|used| used.quantity).sum(),
            signed_at: report.signed.as_ref().map(|signed| signed.at),
            approved_by: report.approved.as_ref().map(|approved| approved.by.clone()),
        }
    }
}
