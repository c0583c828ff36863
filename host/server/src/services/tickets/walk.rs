//! One command on its way through the state machine: what was read, what has happened since, and what is
//! to be written. Nothing is stored before [`Walk::into_change`].

mod charges;
mod findings;
mod follow_ups;
mod learned;
mod notices;

use super::refused::refused;
use super::tape::Tape;
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::ask::{Governed, Governing};
use sanbao_domain::actor::Actor;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::{CaseEvent, Matter};
use sanbao_domain::claim::{Claim, Command, CommandName, Event};
use sanbao_domain::deadline::Deadline;
use sanbao_domain::ids::ClaimId;
use sanbao_domain::journal::Entry;
use sanbao_domain::message::Message;
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::Timestamp;
use sanbao_store::idempotency::Answer;
use sanbao_store::ticket::{Change, Saved};
use std::collections::HashMap;

/// Name under which the journal shows who sets deadlines.
const SERVICE_LEVEL: &str = "service-level";

/// A command on its way.
pub struct Walk<'a> {
    app: &'a App,
    actor: &'a Actor,
    now: Timestamp,
    ticket: Ticket,
    governed: HashMap<ClaimId, Governed>,
    entries: Vec<Entry>,
    seq: u64,
    tape: Tape,
    messages: Vec<Message>,
    /// Entries whose messages are written.
    told: usize,
}

impl<'a> Walk<'a> {
    /// Starts with a new ticket; its claims are not in the journal yet.
    pub fn new(app: &'a App, actor: &'a Actor, now: Timestamp, ticket: Ticket) -> Self {
        let tape = Tape::after(ticket.handler, ticket.id, 0, None);
        Self::at(app, actor, now, ticket, 0, tape)
    }

    /// Goes on with a ticket as it was read.
    pub fn resume(app: &'a App, actor: &'a Actor, now: Timestamp, saved: Saved) -> Self {
        let Saved { ticket, entries, receipts, receipt_head, .. } = saved;
        let tape = Tape::after(ticket.handler, ticket.id, receipts, receipt_head);
        Self::at(app, actor, now, ticket, entries, tape)
    }

    fn at(app: &'a App, actor: &'a Actor, now: Timestamp, ticket: Ticket, seq: u64, tape: Tape) -> Self {
        let governed = HashMap::new();
        let (entries, messages) = (Vec::new(), Vec::new());
        Self { app, actor, now, ticket, governed, entries, seq, tape, messages, told: 0 }
    }

    /// Says what governs a claim.
    pub fn govern(&mut self, claim: ClaimId, by: Governed) {
        self.governed.insert(claim, by);
    }

    /// What governs a claim.
    ///
    /// # Errors
    /// 404 for a claim that nobody named.
    pub fn governed(&self, claim: ClaimId) -> Result<&Governed, Problem> {
        self.governed.get(&claim).ok_or_else(Problem::not_found)
    }

    /// The time of the command.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The ticket as it stands now.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// Adds a claim to the ticket.
    pub fn add(&mut self, claim: Claim) {
        self.ticket.claims.push(claim);
    }

    /// One of its claims.
    ///
    /// # Errors
    /// 404.
    pub fn claim(&self, id: ClaimId) -> Result<&Claim, Problem> {
        self.ticket.claim(id).ok_or_else(Problem::not_found)
    }

    /// Whether the command is legal, before anybody is asked anything.
    ///
    /// # Errors
    /// The machine's refusal.
    pub fn check(&self, id: ClaimId, command: CommandName) -> Result<&Claim, Problem> {
        let claim = self.claim(id)?;
        claim.check(self.actor, command).map_err(|refusal| refused(&refusal, claim, self.actor))?;
        Ok(claim)
    }

    /// Takes down that a claim was opened, and lets the policy judge what is asked for under cover.
    pub async fn open(&mut self, id: ClaimId) -> Result<(), Problem> {
        self.opened(id).await?;
        if self.claim(id)?.matter == Matter::Warranty { self.judge(id).await } else { Ok(()) }
    }

    async fn opened(&mut self, id: ClaimId) -> Result<(), Problem> {
        let claim = self.claim(id)?;
        let opened = Event::Opened { facts: Box::new(claim.facts.clone()), matter: claim.matter };
        self.happened(id, vec![opened]).await
    }

    /// Lets the policy judge.
    pub async fn judge(&mut self, id: ClaimId) -> Result<(), Problem> {
        self.check(id, CommandName::Judge)?;
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        let governed = self.governed.get(&id).ok_or_else(Problem::not_found)?;
        let judgement = governed.favourable(self.app, claim, self.now, &mut self.tape).await?;
        self.give(id, Command::Judge(judgement)).await
    }

    /// Asks who must approve.
    pub async fn plan(&mut self, id: ClaimId, request: ApprovalRequest) -> Result<ApprovalPlan, Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        Ok(match policy(&self.governed, id) {
            Some(policy) => policy.plan(self.app, claim, request, self.now, &mut self.tape).await,
            None => ApprovalPlan::baseline(request.disputed),
        })
    }

    /// Gives a command to the machine, applies what follows and sets what is due from now on.
    ///
    /// # Errors
    /// The machine's refusal; nothing has happened then.
    pub async fn give(&mut self, id: ClaimId, command: Command) -> Result<(), Problem> {
        let claim = self.claim(id)?;
        let events = claim
            .handle(self.actor, command, self.now)
            .map_err(|refusal| refused(&refusal, claim, self.actor))?;
        self.happened(id, events).await
    }

    async fn happened(&mut self, id: ClaimId, events: Vec<Event>) -> Result<(), Problem> {
        let steps: Vec<_> = events.iter().flat_map(Event::case_events).collect();
        self.take_down(id, self.actor.clone(), events);
        for (event, at) in &steps {
            let at = at.unwrap_or(self.now);
            self.set_deadlines(id, *event, at).await?;
            self.plan_follow_ups(id, *event, at).await?;
        }
        let happened: Vec<CaseEvent> = steps.iter().map(|(event, _)| *event).collect();
        for (index, (event, at)) in steps.iter().enumerate() {
            self.begin_notices(id, *event, at.unwrap_or(self.now), &happened[index + 1..]).await?;
        }
        self.write_messages().await
    }

    /// Asks the service level what is due after an event.
    async fn set_deadlines(&mut self, id: ClaimId, event: CaseEvent, at: Timestamp) -> Result<(), Problem> {
        let claim = self.ticket.claim(id).ok_or_else(Problem::not_found)?;
        // Without a policy nothing is due, and nothing falls due on a claim at its end.
        let Some(policy) = policy(&self.governed, id).filter(|_| !claim.state.is_final()) else {
            return Ok(());
        };
        let milestones = policy.milestones(self.app, claim, event, self.now, &mut self.tape).await;
        let calendar = &policy.respondent().calendar;
        let deadlines: Vec<Deadline> = milestones
            .into_iter()
            // A due instant beyond the year 9999 is none.
            .filter_map(|milestone| {
                let due_at = calendar.due(at, milestone.due).ok()?;
                Some(Deadline::new(self.app.id(), milestone, event, at, due_at))
            })
            .collect();
        if deadlines.is_empty() {
            return Ok(());
        }
        let host = Actor::host(SERVICE_LEVEL);
        let events = claim
            .handle(&host, Command::SetDeadlines(deadlines), self.now)
            .map_err(|refusal| refused(&refusal, claim, &host))?;
        self.take_down(id, host, events);
        Ok(())
    }

    /// Applies events and writes them into the journal.
    fn take_down(&mut self, id: ClaimId, actor: Actor, events: Vec<Event>) {
        for event in events {
            if let Some(claim) = self.ticket.claim_mut(id) {
                claim.apply(&event, self.now);
            }
            self.seq += 1;
            self.entries.push(Entry { seq: self.seq, at: self.now, actor: actor.clone(), claim: id, event });
        }
    }

    /// Everything that is to be written, in one transaction.
    pub fn into_change(self, answer: Option<Answer>) -> Change {
        Change {
            ticket: self.ticket,
            entries: self.entries,
            receipts: self.tape.into_receipts(),
            messages: self.messages,
            answer,
            now: self.now,
        }
    }
}

fn policy(governed: &HashMap<ClaimId, Governed>, id: ClaimId) -> Option<&Governing> {
    governed.get(&id).and_then(|governed| governed.policy.as_ref())
}
