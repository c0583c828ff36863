//! `(state, command) → events`.

use super::{Command, CommandName, Event, Postage, Proposal, ReportProof, Requisition, State};
use crate::actor::Actor;
use crate::approval::ApprovalStep;
use crate::case::Side;
use crate::claim::{Chain, Signature};
use crate::ids::{PartyId, RequisitionId};
use crate::parts::{LEADER, Refusal};
use crate::retention::OldPart;
use crate::time::{Date, Span, SpanUnit, Timestamp};

/// The role that whoever handles mailed parts signs for (BUS-43).
const HANDLER: &str = "handler";
/// The role in whose name parts are written off where nobody else must sign.
const KEEPER: &str = "keeper";

/// What becomes of old parts where no policy says: they come back (BUS-42) and go with the next monthly
/// disposal (BUS-48).
pub fn old_part_baseline() -> OldPart {
    OldPart { must_come_back: true, scrap_after: Some(Span::new(0, SpanUnit::Days)), ..OldPart::default() }
}

impl Requisition {
    /// A new requisition. Somebody must approve it: where `steps` name nobody, the leader does (BUS-41).
    ///
    /// # Errors
    /// [`Refusal::NoQuantity`], [`Refusal::NotUsable`], [`Refusal::NotAShelf`], [`Refusal::NotCustody`].
    pub fn propose(
        id: RequisitionId,
        owner: PartyId,
        proposal: Proposal,
        steps: Vec<ApprovalStep>,
        old_part: OldPart,
        by: &Actor,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let Proposal { ticket, claim, job, part, condition, quantity, from, to, reason } = proposal;
        if quantity == 0 {
            return Err(Refusal::NoQuantity);
        }
        if !condition.is_usable() {
            return Err(Refusal::NotUsable { condition });
        }
        if !from.is_shelf() {
            return Err(Refusal::NotAShelf { place: from });
        }
        if !to.is_custody() {
            return Err(Refusal::NotCustody { place: to });
        }
        let steps = if steps.is_empty() { vec![leader()] } else { steps };
        Ok(Self {
            id,
            owner,
            ticket,
            claim,
            job,
            part,
            condition,
            quantity,
            from,
            to,
            reason,
            proposed_by: by.name.clone(),
            proposed_at: now,
            chain: Chain::new(steps),
            old_part,
            state: State::Proposed,
            issued_at: None,
            used: 0,
            used_by: None,
            returned: 0,
            old: Vec::new(),
            lost: Vec::new(),
            postage: None,
        })
    }

    /// Whether the state allows this command, and `actor` holds the role that it needs.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] or [`Refusal::WrongRole`].
    pub fn check(&self, actor: &Actor, command: CommandName) -> Result<(), Refusal> {
        if !self.allows(command) {
            let possible = self.possible(actor);
            return Err(Refusal::WrongState { command, state: self.state.name(), possible });
        }
        let needs = match command {
            CommandName::Approve => self.chain.next().map(|step| step.role.as_str()),
            CommandName::Reject => Some(self.chain.next().map_or(LEADER, |step| step.role.as_str())),
            CommandName::WriteOff if self.is_mailed() => Some(LEADER),
            _ => None,
        };
        match needs {
            Some(role) if !actor.holds(role) => Err(Refusal::WrongRole { needs: role.to_owned() }),
            _ => Ok(()),
        }
    }

    /// The commands that `actor` may give now.
    pub fn possible(&self, actor: &Actor) -> Vec<CommandName> {
        let allowed = CommandName::EVERY.into_iter().filter(|&command| self.allows(command));
        allowed.filter(|&command| self.check(actor, command).is_ok()).collect()
    }

    fn allows(&self, command: CommandName) -> bool {
        let left = self.old.iter().any(|lot| lot.left() > 0);
        match (&self.state, command) {
            (_, CommandName::Repair | CommandName::Scrap) => left,
            (State::Proposed, CommandName::Approve | CommandName::Reject)
            | (State::Approved, CommandName::Reject | CommandName::Issue) => true,
            (State::Issued, CommandName::Use | CommandName::ReturnUnused) => self.open() > 0,
            (State::Issued, CommandName::Postage) => self.is_mailed(),
            (State::Issued, CommandName::OldPart) => self.used > 0,
            (State::Issued, CommandName::OldPartLost) => self.is_mailed() && self.used > 0,
            (State::Issued, CommandName::WriteOff) => self.used > 0,
            _ => false,
        }
    }

    /// Decides a command.
    ///
    /// # Errors
    /// A refusal; the requisition stays as it was.
    pub fn handle(&self, actor: &Actor, command: Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        let name = command.name();
        let signed = |role: &str, note: Option<String>| Signature {
            role: role.to_owned(),
            by: actor.name.clone(),
            at: now,
            note,
        };
        // The state comes first, then what the command says is wrong with itself.
        self.check(actor, name)?;
        Ok(match command {
            Command::Approve { note } => {
                let role = self.chain.next().map_or(LEADER, |step| step.role.as_str());
                let last = self.chain.signed.len() + 1 >= self.chain.steps.len();
                let mut events = vec![Event::Signed { signature: signed(role, note) }];
                if last {
                    events.push(Event::Approved);
                }
                events
            }
            Command::Reject { reason } => {
                vec![Event::Rejected { by: actor.name.clone(), reason: clear(reason, name)? }]
            }
            Command::Issue => vec![Event::Issued],
            Command::Use { quantity } => {
                at_most(name, quantity, self.open())?;
                vec![Event::Used { quantity, handler: signed(HANDLER, None) }]
            }
            Command::Postage { amount, voucher } => {
                let postage =
                    Postage { amount, voucher: clear(voucher, name)?, handler: signed(HANDLER, None) };
                vec![Event::PostageSigned { postage }]
            }
            Command::ReturnUnused { quantity } => {
                at_most(name, quantity, self.open())?;
                vec![Event::ReturnedUnused { quantity }]
            }
            Command::OldPartBack { quantity, to, on, scrap_from } => {
                let back: u32 = self.old.iter().map(|lot| lot.quantity).sum();
                let lost: u32 = self.lost.iter().map(|lost| lost.quantity).sum();
                at_most(name, quantity, self.used.saturating_sub(back + lost))?;
                let place = to.unwrap_or_else(|| self.from.clone());
                if !place.is_shelf() {
                    return Err(Refusal::NotAShelf { place });
                }
                vec![Event::OldPartBack { quantity, place, on, scrap_from }]
            }
            Command::OldPartLost { quantity, reason } => {
                at_most(name, quantity, self.old_due())?;
                let handler = signed(HANDLER, None);
                vec![Event::OldPartLost { quantity, reason: clear(reason, name)?, handler }]
            }
            Command::WriteOff { report, note } => {
                let report = self.basis(report, now)?;
                let role = if self.is_mailed() { LEADER } else { KEEPER };
                vec![Event::WrittenOff { report, signature: signed(role, note) }]
            }
            Command::Repair { quantity } => self.repair(name, quantity)?,
            Command::Scrap { today } => self.scrap(today)?,
        })
    }

    /// What a write-off rests on (BUS-42, 47): everything that was drawn is accounted for, the report names
    /// the part, the user signed it after the parts were issued, the leader approved it, and the old parts
    /// are there. Nobody of ours was with the user of mailed parts: the handler's and the leader's
    /// signatures stand in for the report (BUS-43).
    fn basis(&self, report: Option<ReportProof>, now: Timestamp) -> Result<Option<ReportProof>, Refusal> {
        if self.open() > 0 {
            return Err(Refusal::Unaccounted { open: self.open() });
        }
        let same = |report: &ReportProof| {
            (report.ticket, report.claim) == (self.ticket, self.claim)
                && self.job.is_none_or(|job| report.job == job)
        };
        let report = report.filter(same);
        if !self.is_mailed() {
            self.proves(report.as_ref().ok_or(Refusal::NoReport)?, now)?;
        }
        match self.old_due() {
            0 => Ok(report),
            missing => Err(Refusal::OldPartMissing { missing }),
        }
    }

    fn proves(&self, report: &ReportProof, now: Timestamp) -> Result<(), Refusal> {
        let signed_at = report.signed_at.filter(|at| *at <= now).ok_or(Refusal::ReportNotSigned)?;
        if self.issued_at.is_none_or(|issued| signed_at < issued) {
            return Err(Refusal::ReportTooEarly);
        }
        if report.approved_by.is_none() {
            return Err(Refusal::ReportNotApproved);
        }
        if report.stated < self.used {
            return Err(Refusal::NotInReport { stated: report.stated, used: self.used });
        }
        Ok(())
    }

    /// Takes repaired pieces from the lots, oldest first.
    fn repair(&self, name: CommandName, quantity: u32) -> Result<Vec<Event>, Refusal> {
        at_most(name, quantity, self.old.iter().map(|lot| lot.left()).sum())?;
        let mut open = quantity;
        let mut events = Vec::new();
        for (lot, old) in self.old.iter().enumerate() {
            let quantity = open.min(old.left());
            if quantity > 0 {
                events.push(Event::Repaired { lot, quantity });
                open -= quantity;
            }
        }
        Ok(events)
    }

    /// Everything that may go by `today`.
    fn scrap(&self, today: Date) -> Result<Vec<Event>, Refusal> {
        let due = |(lot, old): (usize, &super::OldLot)| {
            let due = old.due(today).is_some_and(|due| due.is_due());
            due.then(|| Event::Scrapped { lot, quantity: old.left() })
        };
        let events: Vec<Event> = self.old.iter().enumerate().filter_map(due).collect();
        if events.is_empty() {
            let from = self.old.iter().filter(|lot| lot.left() > 0).filter_map(|lot| lot.scrap_from).min();
            let rules = self.old_part.citations.iter().map(|citation| citation.rule.clone()).collect();
            return Err(Refusal::NotYetScrap { from, rules });
        }
        Ok(events)
    }
}

fn leader() -> ApprovalStep {
    ApprovalStep { role: LEADER.to_owned(), by: Side::Respondent, within: None, rule: "BUS-41".to_owned() }
}

fn at_most(command: CommandName, asked: u32, left: u32) -> Result<(), Refusal> {
    match asked {
        0 => Err(Refusal::NoQuantity),
        _ if asked > left => Err(Refusal::TooMany { command, left, asked }),
        _ => Ok(()),
    }
}

fn clear(words: String, command: CommandName) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() { Err(Refusal::ReasonMissing { command }) } else { Ok(words.to_owned()) }
}
