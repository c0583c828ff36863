//! Who may take which step of a job, and when.

use super::super::state::Chain;
use super::super::{Claim, CommandName, Refusal as ClaimRefusal};
use super::command::Name;
use super::refusal::Refusal;
use super::{Job, Solved, Stage};
use crate::actor::Actor;
use crate::case::Side;

/// Whether `actor` may take this step on some job of the claim; else why not on the latest.
pub(super) fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
    if name == Name::Dispatch {
        claim.needs_part(actor, name)?;
        return if claim.state.is_final() { Err(claim.not_now(name)) } else { Ok(()) };
    }
    let jobs = &claim.procedures.jobs.0;
    let mut latest = None;
    for job in jobs.iter().rev() {
        match permits(claim, job, actor, name) {
            Ok(()) => return Ok(()),
            Err(refusal) => latest = latest.or(Some(refusal)),
        }
    }
    claim.needs_part(actor, name)?;
    Err(latest.unwrap_or_else(|| Refusal::NoSuchJob.into()))
}

/// Whether `actor` may take this step on this job.
pub(super) fn permits(claim: &Claim, job: &Job, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
    let going = matches!(name, Name::Schedule | Name::Depart | Name::Arrive);
    if going && claim.state.is_final() {
        return Err(claim.not_now(name));
    }
    let next = match name {
        Name::Approve => job.report.approval.as_ref().and_then(Chain::next),
        Name::ApproveExpenses | Name::RejectExpenses => {
            job.expenses.as_ref().and_then(|expenses| expenses.review.next())
        }
        _ => None,
    };
    let ours = actor.party == Some(job.by);
    let decides = matches!(name, Name::Approve | Name::ApproveExpenses | Name::RejectExpenses);
    let signs = matches!(name, Name::Sign | Name::DeclineSignature | Name::NoteEarlySignature);
    if signs && !ours {
        claim.needs_side(actor, Side::Claimant, name)?;
    } else if decides {
        claim.needs_part(actor, name)?;
    } else if !ours {
        claim.needs_part(actor, name)?;
        return Err(Refusal::NotYours.into());
    }
    stands(job, name)?;
    if let Some(step) = next {
        claim.needs_side(actor, step.by, name)?;
        if !actor.holds(&step.role) {
            return Err(ClaimRefusal::WrongRole { needs: step.role.clone() });
        }
    }
    Ok(())
}

/// Whether the job stands so that this step comes next.
fn stands(job: &Job, name: Name) -> Result<(), Refusal> {
    let stage = job.stage;
    let reviewing = || job.expenses.as_ref().ok_or(Refusal::NothingToReview);
    match name {
        Name::ClaimExpenses => {
            let back = job.returned_at.is_some() || (stage == Stage::CalledOff && job.departed_at.is_some());
            return match &job.expenses {
                Some(expenses) if expenses.rejected.is_none() => Err(Refusal::Done),
                _ if back => Ok(()),
                _ => Err(Refusal::NotReturned),
            };
        }
        Name::ApproveExpenses | Name::RejectExpenses => {
            let expenses = reviewing()?;
            let waits = expenses.approved.is_none() && expenses.rejected.is_none();
            return if waits { Ok(()) } else { Err(Refusal::NothingToReview) };
        }
        Name::Reimburse => {
            let expenses = reviewing()?;
            return match (&expenses.approved, &expenses.reimbursed) {
                (None, _) => Err(Refusal::NothingToReview),
                (Some(_), Some(_)) => Err(Refusal::Done),
                (Some(_), None) => Ok(()),
            };
        }
        _ if stage == Stage::CalledOff => return Err(Refusal::CalledOff),
        _ => {}
    }
    let concluded = stage >= Stage::Concluded;
    match name {
        Name::Schedule if stage >= Stage::Departed => Err(Refusal::Done),
        Name::Depart if stage == Stage::Ordered => Err(Refusal::NotScheduled),
        Name::Depart if stage > Stage::Scheduled => Err(Refusal::Done),
        Name::Arrive if stage < Stage::Departed => Err(Refusal::NotDeparted),
        Name::Arrive if stage > Stage::Departed => Err(Refusal::Done),
        Name::Record | Name::UseParts | Name::ReportProblem | Name::End if stage < Stage::Arrived => {
            Err(Refusal::NotArrived)
        }
        Name::Record | Name::UseParts | Name::End if concluded => Err(Refusal::ReportSigned),
        Name::End if stage == Stage::Ended => Err(Refusal::Done),
        Name::ReportProblem if stage == Stage::Archived => Err(Refusal::Done),
        Name::Sign if stage < Stage::Ended => Err(Refusal::SignatureBeforeEnd),
        // Whoever did not sign at once may do so until the report is archived.
        Name::Sign if job.report.signed.is_some() || stage == Stage::Archived => Err(Refusal::ReportSigned),
        Name::NoteEarlySignature if stage >= Stage::Ended => Err(Refusal::Done),
        Name::DeclineSignature if concluded => Err(Refusal::Done),
        Name::DeclineSignature | Name::ReportBack | Name::Return | Name::Approve if stage < Stage::Ended => {
            Err(Refusal::NotEnded)
        }
        Name::ReportBack | Name::Return if job.returned_at.is_some() => Err(Refusal::Done),
        Name::Return if job.reported_back.is_none() => Err(Refusal::NotReportedBack),
        Name::Approve if stage == Stage::Archived => Err(Refusal::Done),
        Name::Approve if !job.report.is_concluded() => Err(Refusal::NotSigned),
        Name::CallOff if stage >= Stage::Arrived => Err(Refusal::UnderWay),
        _ => Ok(()),
    }
}

/// The claim's work is not complete, and the claim not closed, while people are at the customer's or must go
/// there again.
pub(super) fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
    let jobs = &claim.procedures.jobs.0;
    if !matches!(command, CommandName::Complete | CommandName::Close) {
        return None;
    }
    if let Some(open) = jobs.iter().find(|job| job.is_open()) {
        return Some(Refusal::Open { job: open.id() });
    }
    let again = |job: &Job| job.report.outcome.as_ref().is_some_and(|end| end.solved == Solved::ComeAgain);
    let followed = |job: &Job| {
        jobs.iter().any(|later| later.order.follows == Some(job.id()) && later.stage != Stage::CalledOff)
    };
    let unsolved = jobs.iter().find(|job| again(job) && !followed(job))?;
    (command == CommandName::Complete).then(|| Refusal::Unsolved { job: unsolved.id() })
}
