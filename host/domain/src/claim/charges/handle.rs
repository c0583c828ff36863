//! Who may take which step of a quote, and what follows from it.

use super::super::event::Event as ClaimEvent;
use super::super::state::{Chain, Signature};
use super::super::{Claim, CommandName, MANAGER, Refusal as ClaimRefusal, State};
use super::command::{Command, Name};
use super::event::Event;
use super::refusal::Refusal;
use super::state::{Quoted, Stage};
use crate::actor::Actor;
use crate::approval::{ApprovalPlan, ApprovalStep};
use crate::case::Side;
use crate::charges::{Collection, Quote};
use crate::ids::QuoteId;
use crate::money::Money;
use crate::time::Timestamp;
use crate::verdict::Charge;

/// Whether `actor` may take this step now.
pub(super) fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
    let current = claim.procedures.charges.current();
    match name {
        Name::Quote => {
            claim.needs_part(actor, name)?;
            works(claim, actor, name)?;
            if claim.state.is_final() {
                return Err(claim.not_now(name));
            }
            return match current {
                Some(quoted) if quoted.in_hand() > 0 => Err(Refusal::MoneyTaken.into()),
                _ => Ok(()),
            };
        }
        Name::Disclose | Name::Collect | Name::HandIn => works(claim, actor, name)?,
        Name::Consent | Name::Refuse => claim.needs_side(actor, Side::Claimant, name)?,
        Name::Approve | Name::Reject => claim.needs_part(actor, name)?,
    }
    let quoted = current.ok_or(Refusal::NoSuchQuote)?;
    // What was earned is collected and handed in whatever became of the claim.
    if claim.state.is_final() && !matches!(name, Name::Collect | Name::HandIn) {
        return Err(claim.not_now(name));
    }
    stands(claim, quoted, name)?;
    if matches!(name, Name::Approve | Name::Reject)
        && let Some(step) = quoted.superiors.as_ref().and_then(Chain::next)
    {
        claim.needs_side(actor, step.by, name)?;
        if !actor.holds(&step.role) {
            return Err(ClaimRefusal::WrongRole { needs: step.role.clone() });
        }
    }
    Ok(())
}

/// The work is done, and the money taken, by whoever owes or by whoever handles it for a customer.
fn works(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
    let sides = claim.sides(actor);
    if sides.respondent || (sides.claimant && claim.claimant.party.is_none()) {
        Ok(())
    } else {
        claim.needs_side(actor, Side::Respondent, name)
    }
}

/// Whether the quote stands so that this step comes next.
fn stands(claim: &Claim, quoted: &Quoted, name: Name) -> Result<(), Refusal> {
    let consent = quoted.terms.consent;
    if name != Name::HandIn && quoted.total.is_none() {
        return Err(Refusal::NothingToPay);
    }
    let answers = matches!(name, Name::Consent | Name::Refuse | Name::Approve | Name::Reject);
    if answers && quoted.stage == Stage::Refused {
        return Err(Refusal::Refused);
    }
    match name {
        Name::Disclose if quoted.disclosed.is_some() => Err(Refusal::Answered),
        Name::Consent | Name::Refuse if !consent.by_claimant() => Err(Refusal::NotAsked),
        Name::Consent | Name::Refuse if quoted.disclosed.is_none() => Err(Refusal::NotDisclosed),
        Name::Consent | Name::Refuse if quoted.claimant.is_some() => Err(Refusal::Answered),
        Name::Approve | Name::Reject => match &quoted.superiors {
            None => Err(Refusal::NotAsked),
            Some(chain) if chain.next().is_none() => Err(Refusal::Answered),
            Some(_) => Ok(()),
        },
        Name::Collect => collectable(claim, quoted),
        Name::HandIn if quoted.in_hand() == 0 => Err(Refusal::NothingInHand),
        _ => Ok(()),
    }
}

fn collectable(claim: &Claim, quoted: &Quoted) -> Result<(), Refusal> {
    if quoted.terms.collect == Collection::Never {
        return Err(Refusal::NeverCollected);
    }
    if !quoted.is_agreed() {
        return Err(Refusal::NotAgreed);
    }
    if quoted.terms.collect == Collection::AfterWork && !worked(claim) {
        return Err(Refusal::WorkFirst);
    }
    if left(quoted) == 0 { Err(Refusal::WrongAmount) } else { Ok(()) }
}

/// Whether the work is done: the claim says so, or the service on site has ended.
fn worked(claim: &Claim) -> bool {
    matches!(claim.state, State::Completed { .. } | State::HandedOver { .. } | State::Closed { .. })
        || claim.procedures.jobs.0.iter().any(|job| job.report.ended_at.is_some())
}

fn left(quoted: &Quoted) -> i64 {
    quoted.total.as_ref().map_or(0, |total| total.minor.saturating_sub(quoted.taken()))
}

/// What follows from a command that `check` let pass.
pub(super) fn handle(
    claim: &Claim,
    actor: &Actor,
    command: Command,
    now: Timestamp,
) -> Result<Vec<ClaimEvent>, Refusal> {
    if let Command::Quote { quote, terms, plan } = command {
        return quoted(claim, actor, quote, terms, plan);
    }
    let current = claim.procedures.charges.current().ok_or(Refusal::NoSuchQuote)?;
    let quote = current.quote;
    if command.quote().is_some_and(|named| named != quote) {
        return Err(Refusal::NoSuchQuote);
    }
    let event = match command {
        Command::Quote { .. } => return Ok(Vec::new()),
        Command::Disclose { to, channel, .. } => Event::Disclosed { quote, to: words("to", to)?, channel },
        Command::Consent { by, .. } => {
            Event::Answered { quote, consents: true, by: words("by", by)?, reason: None }
        }
        Command::Refuse { by, reason, .. } => {
            let reason = Some(words("reason", reason)?);
            Event::Answered { quote, consents: false, by: words("by", by)?, reason }
        }
        Command::Approve { note, .. } => {
            let role = current.superiors.as_ref().and_then(Chain::next).map_or(MANAGER, |step| &step.role);
            let signature = Signature { role: role.to_owned(), by: actor.name.clone(), at: now, note };
            Event::Approved { quote, signature }
        }
        Command::Reject { reason, .. } => {
            Event::Rejected { quote, by: actor.name.clone(), reason: words("reason", reason)? }
        }
        Command::Collect { amount, receipt, .. } => {
            let left = left(current);
            if amount.minor <= 0 || amount.minor > left || !same(current, &amount) {
                return Err(Refusal::WrongAmount);
            }
            let in_full = amount.minor == left;
            let receipt = words("receipt", receipt)?;
            Event::Collected { quote, amount, receipt, by: actor.name.clone(), in_full }
        }
        Command::HandIn { amount, receipt, .. } => {
            if amount.minor != current.in_hand() || !same(current, &amount) {
                return Err(Refusal::NotInFull);
            }
            Event::HandedIn { quote, amount, receipt: words("receipt", receipt)?, by: actor.name.clone() }
        }
    };
    Ok(vec![event.into()])
}

fn quoted(
    claim: &Claim,
    actor: &Actor,
    quote: QuoteId,
    terms: Box<Quote>,
    plan: ApprovalPlan,
) -> Result<Vec<ClaimEvent>, Refusal> {
    let by = actor.party.ok_or(Refusal::NoSuchQuote)?;
    let negative = terms.lines.iter().any(|line| line.amount.minor < 0);
    if negative || (!terms.lines.is_empty() && terms.total().is_none()) {
        return Err(Refusal::Uncountable);
    }
    // The same quote again changes nothing.
    if claim.procedures.charges.0.iter().any(|known| known.quote == quote) {
        return Ok(Vec::new());
    }
    let superiors = match (terms.consent.by_superior(), plan.steps) {
        (false, _) => Vec::new(),
        // Somebody must agree, even where the policy names nobody.
        (true, steps) if steps.is_empty() => vec![ApprovalStep {
            role: MANAGER.to_owned(),
            by: Side::Respondent,
            within: None,
            rule: String::new(),
        }],
        (true, steps) => steps,
    };
    Ok(vec![Event::Quoted { quote, by, terms, superiors }.into()])
}

fn same(quoted: &Quoted, amount: &Money) -> bool {
    quoted.total.as_ref().is_some_and(|total| total.currency == amount.currency)
}

fn words(field: &'static str, text: String) -> Result<String, Refusal> {
    if text.trim().is_empty() { Err(Refusal::WordsMissing { field }) } else { Ok(text) }
}

/// Charged work does not start before it is agreed to, and no claim is closed with money in somebody's hands.
pub(super) fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
    let charges = &claim.procedures.charges;
    match command {
        CommandName::StartWork => {
            let offer = claim.state.settlement().and_then(|settlement| settlement.offer.as_ref());
            let charged = offer.is_some_and(|offer| offer.charge == Charge::Quoted);
            match charges.current() {
                None => charged,
                // Free work goes on though something beside it was refused.
                Some(quoted) if !charged && quoted.stage == Stage::Refused => false,
                Some(quoted) => !quoted.is_agreed(),
            }
            .then_some(Refusal::ConsentFirst)
        }
        CommandName::Close => {
            charges.0.iter().any(|quoted| quoted.in_hand() > 0).then_some(Refusal::MoneyInHand)
        }
        _ => None,
    }
}
