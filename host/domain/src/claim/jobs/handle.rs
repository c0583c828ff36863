//! What follows from a step of a job.

use super::super::event::Event as ClaimEvent;
use super::super::state::{Chain, Signature};
use super::super::{Claim, Evidence, MANAGER, Refusal as ClaimRefusal};
use super::check;
use super::command::{Command, Findings, Step};
use super::event::Event;
use super::refusal::Refusal;
use super::{Arrival, Delay, Expenses, Job, Order, Outcome, PartUsed, Solved, Stage, Visit, Voucher};
use crate::actor::Actor;
use crate::approval::{ApprovalPlan, ApprovalStep};
use crate::case::Side;
use crate::ids::JobId;
use crate::money::Money;
use crate::time::Timestamp;

type Events = Vec<ClaimEvent>;

/// What follows from a command.
pub(super) fn handle(
    claim: &Claim,
    actor: &Actor,
    command: Command,
    now: Timestamp,
) -> Result<Events, ClaimRefusal> {
    let name = command.name();
    let (job, step) = match command {
        Command::Dispatch(order) => return Ok(dispatched(claim, actor, *order)?),
        Command::Step { job, step } => (job, step),
    };
    let job = claim.procedures.jobs.find(job).ok_or(Refusal::NoSuchJob)?;
    check::permits(claim, job, actor, name)?;
    Ok(step_taken(claim, job, actor, step, now)?)
}

fn dispatched(claim: &Claim, actor: &Actor, order: Order) -> Result<Events, Refusal> {
    let jobs = &claim.procedures.jobs;
    let reason = order.because.reason.as_deref().is_some_and(|words| !words.trim().is_empty());
    if !reason && order.because.contact.is_none() && order.follows.is_none() {
        return Err(Refusal::RemoteFirst);
    }
    let unresolved = |id| claim.procedures.contacts.find(id).is_some_and(|contact| contact.note.unresolved);
    if order.because.contact.is_some_and(|id| !unresolved(id)) {
        return Err(Refusal::NoUnresolvedContact);
    }
    if order.follows.is_some_and(|follows| jobs.find(Some(follows)).is_none()) {
        return Err(Refusal::FollowsNothing);
    }
    let mut names: Vec<&str> = order.people.iter().map(|person| person.name.trim()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() || names.len() < all || names.contains(&"") {
        return Err(Refusal::NobodyGoes);
    }
    match &order.leader {
        None if all > 1 => return Err(Refusal::LeaderMissing),
        Some(leader) if !names.contains(&leader.trim()) => return Err(Refusal::LeaderStaysHome),
        _ => {}
    }
    let by = actor.party.ok_or(Refusal::NotYours)?;
    // The same order again changes nothing.
    if jobs.find(Some(order.job)).is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::Dispatched { by, order: Box::new(order) }.into()])
}

fn step_taken(
    claim: &Claim,
    at_hand: &Job,
    actor: &Actor,
    step: Step,
    now: Timestamp,
) -> Result<Events, Refusal> {
    let job = at_hand.id();
    let by = || actor.name.clone();
    let event = match step {
        Step::Schedule(visit) => scheduled(job, visit)?,
        Step::Depart { at } => Event::Departed { job, at: time(at, None, now)? },
        Step::Arrive { at, delay } => {
            let at = time(at, at_hand.departed_at, now)?;
            Event::Arrived { job, arrival: Arrival { at, delay: delayed(at_hand, at, delay)? } }
        }
        Step::Record(findings) => return found(claim, job, *findings),
        Step::UseParts(parts) => Event::PartsUsed { job, parts: used(parts)? },
        Step::ReportProblem(problem) => {
            words("what", &problem.what, "BUS-31")?;
            words("proposal", &problem.proposal, "BUS-31")?;
            words("demand", &problem.demand, "BUS-31")?;
            Event::ProblemReported { job, problem }
        }
        Step::End { at, outcome, plan } => ended(claim, at_hand, at, outcome, plan, now)?,
        Step::Sign { by, comment, hash } => {
            words("by", &by, "BUS-12")?;
            let present = at_hand.report.hash(job);
            if hash.is_some_and(|shown| shown != present) {
                return Err(Refusal::ReportChanged);
            }
            Event::Signed { job, by, hash: present, comment }
        }
        Step::NoteEarlySignature => Event::SignatureAskedEarly { job, by: by() },
        Step::DeclineSignature { reason } => {
            words("reason", &reason, "BUS-12")?;
            Event::SignatureDeclined { job, by: by(), reason }
        }
        Step::ReportBack { words: result } => {
            words("words", &result, "BUS-33")?;
            Event::ReportedBack { job, by: by(), words: result }
        }
        Step::Return { at } => Event::Returned { job, at: time(at, at_hand.report.ended_at, now)? },
        Step::Approve { note } => {
            let chain = at_hand.report.approval.as_ref().ok_or(Refusal::NotEnded)?;
            let (signature, last) = signed(chain, actor, note, now);
            Event::ReportSigned { job, signature, last }
        }
        Step::ClaimExpenses { vouchers, plan } => expenses(claim, at_hand, vouchers, plan, now)?,
        Step::ApproveExpenses { note } => {
            let expenses = at_hand.expenses.as_ref().ok_or(Refusal::NothingToReview)?;
            let (signature, last) = signed(&expenses.review, actor, note, now);
            Event::ExpensesSigned { job, signature, last }
        }
        Step::RejectExpenses { reason } => {
            words("reason", &reason, "BUS-36")?;
            Event::ExpensesRejected { job, by: by(), reason }
        }
        Step::Reimburse => Event::Reimbursed { job, by: by() },
        Step::CallOff { reason } => {
            words("reason", &reason, "BUS-19")?;
            Event::CalledOff { job, by: by(), reason }
        }
    };
    Ok(vec![event.into()])
}

fn scheduled(job: JobId, visit: Visit) -> Result<Event, Refusal> {
    words("agreed_with", &visit.agreed_with, "ZZC-09")?;
    if visit.until < visit.from {
        return Err(Refusal::VisitBackwards);
    }
    Ok(Event::Scheduled { job, visit })
}

/// Late is after the time that was agreed on, and needs its reason (ZZC-11).
fn delayed(job: &Job, at: Timestamp, delay: Option<Delay>) -> Result<Option<Delay>, Refusal> {
    if job.visit.as_ref().is_none_or(|visit| at <= visit.until) {
        return Ok(None);
    }
    match delay {
        Some(delay) if !delay.reason.trim().is_empty() => Ok(Some(delay)),
        _ => Err(Refusal::DelayUnexplained),
    }
}

/// What was found goes into the report, and what the policy should know becomes known of the claim.
fn found(claim: &Claim, job: JobId, findings: Findings) -> Result<Events, Refusal> {
    let Findings { heard, seen, checked } = findings;
    let mut evidence = Evidence::default();
    let mut events: Vec<ClaimEvent> = Vec::new();
    if let Some(heard) = heard {
        words("heard.used_for", &heard.used_for, "BUS-26")?;
        words("heard.circumstances", &heard.circumstances, "BUS-26")?;
        events.push(Event::Heard { job, heard }.into());
    }
    if let Some(seen) = seen {
        evidence.usage = (!seen.usage.is_empty()).then(|| seen.usage.clone());
        evidence.attributes = seen.attributes.clone();
        events.push(Event::Seen { job, seen }.into());
    }
    if let Some(checked) = checked {
        words("checked.words", &checked.words, "BUS-28")?;
        evidence.cause = Some(checked.cause);
        evidence.fault.clone_from(&checked.fault);
        events.push(Event::Checked { job, checked }.into());
    }
    if evidence != Evidence::default() && !claim.state.is_final() {
        events.push(ClaimEvent::EvidenceAdded { evidence: Box::new(evidence) });
    }
    if events.is_empty() {
        return Err(Refusal::WordsMissing { field: "heard", rule: "BUS-26" });
    }
    Ok(events)
}

fn used(parts: Vec<PartUsed>) -> Result<Vec<PartUsed>, Refusal> {
    for part in &parts {
        words("parts.part", &part.part, "BUS-30")?;
        words("parts.name", &part.name, "BUS-30")?;
        words("parts.reason", &part.reason, "BUS-30")?;
        if part.quantity == 0 {
            return Err(Refusal::WordsMissing { field: "parts.quantity", rule: "BUS-30" });
        }
    }
    Ok(parts)
}

fn ended(
    claim: &Claim,
    job: &Job,
    at: Option<Timestamp>,
    outcome: Outcome,
    plan: ApprovalPlan,
    now: Timestamp,
) -> Result<Event, Refusal> {
    let rule = if outcome.solved == Solved::Yes { "BUS-11" } else { "ZZC-13" };
    words("words", &outcome.words, rule)?;
    let report = &job.report;
    if job.order.purpose.needs_findings() {
        let missing = [
            ("heard", "BUS-26", report.heard.is_some()),
            ("seen", "BUS-27", report.seen.is_some()),
            ("checked", "BUS-28", report.checked.is_some()),
        ];
        if let Some((field, rule, _)) = missing.into_iter().find(|(_, _, there)| !there) {
            return Err(Refusal::FindingMissing { field, rule });
        }
    }
    let at = time(at, job.arrived.as_ref().map(|arrival| arrival.at), now)?;
    Ok(Event::Ended {
        job: job.id(),
        purpose: job.order.purpose,
        at,
        outcome,
        steps: approvers(claim, job, plan),
    })
}

fn expenses(
    claim: &Claim,
    job: &Job,
    vouchers: Vec<Voucher>,
    plan: ApprovalPlan,
    now: Timestamp,
) -> Result<Event, Refusal> {
    let total = total(&vouchers)?;
    let drawn = job
        .order
        .advance
        .as_ref()
        .filter(|advance| advance.currency == total.currency)
        .map_or(0, |a| a.minor);
    let minor = total.minor.checked_sub(drawn).ok_or(Refusal::Uncountable)?;
    let balance = Money { minor, currency: total.currency.clone() };
    let review = Chain::new(approvers(claim, job, plan));
    let expenses = Expenses {
        vouchers,
        total,
        balance,
        at: now,
        review,
        approved: None,
        rejected: None,
        reimbursed: None,
    };
    Ok(Event::ExpensesClaimed { job: job.id(), expenses: Box::new(expenses) })
}

fn total(vouchers: &[Voucher]) -> Result<Money, Refusal> {
    let [first, ..] = vouchers else { return Err(Refusal::VouchersMissing) };
    let mut total = Money { minor: 0, currency: first.amount.currency.clone() };
    for voucher in vouchers {
        if voucher.amount.minor <= 0 {
            return Err(Refusal::VouchersMissing);
        }
        let sum = total.minor.checked_add(voucher.amount.minor);
        total.minor =
            sum.filter(|_| voucher.amount.currency == total.currency).ok_or(Refusal::Uncountable)?;
    }
    Ok(total)
}

/// Somebody must look at it, even where the policy names nobody: whoever is in charge where they were sent
/// out.
fn approvers(claim: &Claim, job: &Job, plan: ApprovalPlan) -> Vec<ApprovalStep> {
    if !plan.steps.is_empty() {
        return plan.steps;
    }
    let by = if job.by == claim.respondent { Side::Respondent } else { Side::Claimant };
    vec![ApprovalStep { role: MANAGER.to_owned(), by, within: None, rule: String::new() }]
}

fn signed(chain: &Chain, actor: &Actor, note: Option<String>, now: Timestamp) -> (Signature, bool) {
    let role = chain.next().map_or(MANAGER, |step| &step.role).to_owned();
    (Signature { role, by: actor.name.clone(), at: now, note }, chain.signed.len() + 1 >= chain.steps.len())
}

fn time(at: Option<Timestamp>, after: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let at = at.unwrap_or(now);
    if at > now || after.is_some_and(|after| at < after) { Err(Refusal::WrongTime) } else { Ok(at) }
}

fn words(field: &'static str, text: &str, rule: &'static str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::WordsMissing { field, rule }) } else { Ok(()) }
}

/// Nobody sets off for a claim that has ended.
pub(super) fn follow(claim: &Claim, events: &[ClaimEvent]) -> Events {
    let ended =
        events.iter().any(|event| matches!(event, ClaimEvent::Closed { .. } | ClaimEvent::Cancelled { .. }));
    let waiting = claim.procedures.jobs.0.iter().filter(|job| ended && job.stage < Stage::Arrived);
    waiting
        .map(|job| {
            let (by, reason) = ("host".to_owned(), "The claim has ended.".to_owned());
            Event::CalledOff { job: job.id(), by, reason }.into()
        })
        .collect()
}
