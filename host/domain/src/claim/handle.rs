//! What follows from a command: `(state, command, facts) → events`.

use super::{
    Chain, Claim, Command, CommandName, Escalation, Event, Judgement, MANAGER, Reason, Refusal, RejectedBy,
    Settlement, Signature, State, procedure,
};
use crate::actor::Actor;
use crate::approval::{ApprovalPlan, ApprovalStep};
use crate::case::{CaseEvent, Channel, Destination, Remedy, Side};
use crate::deadline::{Deadline, DeadlineState};
use crate::ids::DeadlineId;
use crate::time::Timestamp;
use crate::verdict::{Ruling, Verdict};

impl ApprovalPlan {
    /// What the host does where no policy says who approves: nobody, unless the sides disagree; then the
    /// respondent's manager (STO-20).
    pub fn baseline(disputed: bool) -> Self {
        let steps = if disputed { vec![manager()] } else { Vec::new() };
        Self { steps, goods_to: Destination::Stays, obligations: Vec::new(), citations: Vec::new() }
    }
}

fn manager() -> ApprovalStep {
    person(MANAGER)
}

fn person(role: &str) -> ApprovalStep {
    ApprovalStep { role: role.to_owned(), by: Side::Respondent, within: None, rule: String::new() }
}

impl Claim {
    /// The chain that waits for signatures.
    pub fn chain(&self) -> Option<&Chain> {
        match &self.state {
            State::AwaitingApproval { chain, .. } | State::Escalated(Escalation { chain, .. }) => Some(chain),
            _ => None,
        }
    }

    /// What follows from `command`. Nothing changes until the events are applied, in order.
    ///
    /// # Errors
    /// A [`Refusal`] when the command is not legal; the claim stays as it was.
    pub fn handle(&self, actor: &Actor, command: Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        self.check(actor, command.name())?;
        let mut events = self.consequences(actor, command, now)?;
        if !events.is_empty() {
            let mut next = self.clone();
            events.iter().for_each(|event| next.apply(event, now));
            events.extend(procedure::follow(&next, &events, now));
        }
        let settled = self.settled_deadlines(&events);
        events.extend(settled);
        Ok(events)
    }

    fn consequences(&self, actor: &Actor, command: Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        let name = command.name();
        Ok(match command {
            Command::AddEvidence(evidence) => vec![Event::EvidenceAdded { evidence: Box::new(evidence) }],
            Command::Judge(judgement) => judged(judgement),
            Command::Agree { choice, plan } => self.agreed(choice, plan)?,
            Command::Escalate { words, wish, plan } => {
                let words = clear(words, name)?;
                if wish == Some(Remedy::Decline) {
                    return Err(Refusal::DeclineIsReject);
                }
                vec![escalated(Reason::Disputed { words }, wish, plan)]
            }
            Command::Approve { remedy, note } => self.signed(actor, remedy, note, now)?,
            Command::Reject { reason } => {
                let reason = clear(reason, name)?;
                let role = self.chain().and_then(Chain::next).map_or(MANAGER, |step| &step.role).to_owned();
                vec![Event::Rejected { rejected: RejectedBy::Person { role, reason } }]
            }
            Command::StartWork { goods_received_at } => {
                if goods_received_at.is_some_and(|at| at > now) {
                    return Err(Refusal::InTheFuture);
                }
                // Goods that were counted on arrival have arrived already.
                let received = goods_received_at
                    .filter(|_| self.procedures.returns.received.is_none())
                    .map(|at| Event::GoodsReceived { at });
                received.into_iter().chain([Event::WorkStarted]).collect()
            }
            Command::Complete { note } => vec![Event::Completed { note }],
            Command::HandOver { to } => vec![Event::HandedOver { to }],
            Command::Close => {
                let accepted = matches!(self.state, State::Judged)
                    .then_some(Event::Rejected { rejected: RejectedBy::Policy });
                let remedy = self.state.settlement().map(|settlement| settlement.remedy);
                accepted.into_iter().chain([Event::Closed { remedy }]).collect()
            }
            Command::Cancel { reason } => vec![Event::Cancelled { reason: clear(reason, name)? }],
            // A deadline is set once, and a milestone that already runs keeps its first one.
            Command::SetDeadlines(deadlines) => deadlines
                .into_iter()
                .filter(|new| {
                    !self
                        .deadlines
                        .iter()
                        .any(|old| old.id == new.id || (old.is_pending() && old.milestone == new.milestone))
                })
                .map(|deadline| Event::DeadlineSet { deadline: Box::new(self.held(deadline)) })
                .collect(),
            Command::MarkMissed(id) => self.missed(id, now),
            Command::Wake => procedure::wake(self, now),
            Command::Procedure(command) => procedure::handle(self, actor, command, now)?,
        })
    }

    fn agreed(&self, choice: usize, plan: ApprovalPlan) -> Result<Vec<Event>, Refusal> {
        let offers = self.offers();
        let Some(offer) = offers.get(choice) else {
            return Err(Refusal::NoSuchOffer { choice, offers: offers.len() });
        };
        if offer.remedy == Remedy::Decline {
            return Ok(vec![Event::Rejected { rejected: RejectedBy::Policy }]);
        }
        let settlement = Box::new(Settlement {
            remedy: offer.remedy,
            offer: Some(offer.clone()),
            goods_to: plan.goods_to,
            obligations: plan.obligations,
        });
        // An offer at somebody's discretion needs that person's signature, whatever the chain says (LGT-09).
        let mut steps = plan.steps;
        if let Some(role) = &offer.discretion
            && !steps.iter().any(|step| &step.role == role)
        {
            steps.push(person(role));
        }
        let approved = steps.is_empty().then(|| Event::Approved { settlement: settlement.clone() });
        Ok([Event::Agreed { settlement, steps }].into_iter().chain(approved).collect())
    }

    fn signed(
        &self,
        actor: &Actor,
        remedy: Option<Remedy>,
        note: Option<String>,
        now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(chain) = self.chain() else { return Ok(Vec::new()) };
        let role = chain.next().map_or(MANAGER, |step| &step.role).to_owned();
        let last = chain.signed.len() + 1 >= chain.steps.len();
        let granted = match &self.state {
            State::AwaitingApproval { settlement, .. } => match remedy {
                Some(named) if named != settlement.remedy => {
                    return Err(Refusal::OtherRemedy { agreed: settlement.remedy, named });
                }
                _ => Some(settlement.clone()),
            },
            State::Escalated(escalation) => self.granted(escalation, remedy, last)?,
            _ => None,
        };
        let signature = Signature { role, by: actor.name.clone(), at: now, note };
        let approved =
            granted.filter(|_| last).map(|settlement| Event::Approved { settlement: Box::new(settlement) });
        Ok([Event::Signed { signature }].into_iter().chain(approved).collect())
    }

    /// What a person grants: the remedy named, or the one insisted on.
    fn granted(
        &self,
        escalation: &Escalation,
        named: Option<Remedy>,
        last: bool,
    ) -> Result<Option<Settlement>, Refusal> {
        let remedy = match named.or(escalation.wish) {
            Some(Remedy::Decline) => return Err(Refusal::DeclineIsReject),
            Some(remedy) => remedy,
            None if last => return Err(Refusal::RemedyMissing),
            None => return Ok(None),
        };
        let offer =
            self.verdict().and_then(|verdict| verdict.offers.iter().find(|offer| offer.remedy == remedy));
        Ok(Some(Settlement {
            remedy,
            offer: offer.cloned(),
            goods_to: escalation.goods_to,
            obligations: escalation.obligations.clone(),
        }))
    }

    fn missed(&self, id: DeadlineId, now: Timestamp) -> Vec<Event> {
        self.deadlines
            .iter()
            .filter(|deadline| deadline.id == id && deadline.is_running() && deadline.due_at <= now)
            .map(|deadline| Event::DeadlineMissed {
                deadline: id,
                milestone: deadline.milestone.clone(),
                due_at: deadline.due_at,
            })
            .collect()
    }

    /// Deadlines that the events fulfil, and those that fall away because the claim ends.
    fn settled_deadlines(&self, events: &[Event]) -> Vec<Event> {
        let happened: Vec<(CaseEvent, Option<Channel>)> = events
            .iter()
            .flat_map(|event| event.case_events().into_iter().map(|(step, _)| (step, event.channel())))
            .collect();
        // A reply in another way than the rule demands is none (BUS-08).
        let fulfils = |deadline: &Deadline| {
            happened.iter().any(|(step, channel)| {
                *step == deadline.met_by
                    && channel.is_none_or(|channel| {
                        deadline.channels.is_empty() || deadline.channels.contains(&channel)
                    })
            })
        };
        let ends = events.iter().any(|event| {
            matches!(event, Event::Rejected { .. } | Event::Closed { .. } | Event::Cancelled { .. })
        });
        self.deadlines
            .iter()
            .filter_map(|deadline| {
                let missed = matches!(deadline.state, DeadlineState::Missed { .. });
                if (missed || deadline.is_pending()) && fulfils(deadline) {
                    Some(Event::DeadlineMet {
                        deadline: deadline.id,
                        milestone: deadline.milestone.clone(),
                        late: missed,
                    })
                } else if deadline.is_pending() && ends {
                    Some(Event::DeadlineDropped {
                        deadline: deadline.id,
                        milestone: deadline.milestone.clone(),
                    })
                } else {
                    None
                }
            })
            .collect()
    }
}

/// What a judgement leads to: the claimant chooses, facts are asked for, or a person settles it.
fn judged(judgement: Judgement) -> Vec<Event> {
    let escalation = match &judgement {
        Judgement::Verdict { verdict: Verdict { ruling: Ruling::Referred, refer_to, .. }, .. } => {
            let step = person(refer_to.as_deref().unwrap_or(MANAGER));
            Some(by_person(Reason::Referred, step))
        }
        Judgement::Verdict { .. } => None,
        Judgement::Failed { failure, .. } => {
            Some(by_person(Reason::PolicyFailed { failure: failure.clone() }, manager()))
        }
        Judgement::NoPolicy { basis } => Some(by_person(Reason::NoPolicy { basis: *basis }, manager())),
    };
    [Event::Judged { judgement: Box::new(judgement) }].into_iter().chain(escalation).collect()
}

fn by_person(because: Reason, step: ApprovalStep) -> Event {
    escalated(because, None, ApprovalPlan { steps: vec![step], ..ApprovalPlan::baseline(false) })
}

fn escalated(because: Reason, wish: Option<Remedy>, plan: ApprovalPlan) -> Event {
    // Somebody must decide, even where the policy names nobody.
    let steps = if plan.steps.is_empty() { vec![manager()] } else { plan.steps };
    Event::Escalated {
        escalation: Box::new(Escalation {
            because,
            wish,
            goods_to: plan.goods_to,
            obligations: plan.obligations,
            chain: Chain::new(steps),
        }),
    }
}

fn clear(words: String, command: CommandName) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() { Err(Refusal::ReasonMissing { command }) } else { Ok(words.to_owned()) }
}
