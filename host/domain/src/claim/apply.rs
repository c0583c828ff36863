//! `(claim, event) → claim`. Total: every event applies to every claim, so a journal can always be read.

use super::{Chain, Claim, Event, Evidence, Facts, Judgement, State};
use crate::deadline::DeadlineState;
use crate::ids::DeadlineId;
use crate::time::Timestamp;
use crate::verdict::Ruling;

impl Claim {
    /// Applies an event that happened at `at`.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Opened { facts, matter } => {
                self.facts = (**facts).clone();
                self.matter = *matter;
                self.state = State::Opened;
            }
            Event::EvidenceAdded { evidence } => {
                self.facts.add(evidence);
                // New facts make the verdict stale. A person's case stays in the person's hands, and what was
                // agreed on stands, whatever the work brings to light.
                if matches!(self.state, State::FactsMissing | State::Judged | State::Rejected(_)) {
                    self.state = State::Opened;
                }
            }
            Event::Judged { judgement } => {
                if let Judgement::Verdict { verdict, .. } = &**judgement {
                    self.state = match verdict.ruling {
                        Ruling::FactsMissing => State::FactsMissing,
                        Ruling::Covered | Ruling::NotCovered | Ruling::Referred => State::Judged,
                    };
                }
                self.judgement = Some((**judgement).clone());
            }
            Event::Escalated { escalation } => self.state = State::Escalated((**escalation).clone()),
            Event::Agreed { settlement, steps } => {
                self.state = State::AwaitingApproval {
                    settlement: (**settlement).clone(),
                    chain: Chain::new(steps.clone()),
                };
            }
            Event::Signed { signature } => {
                if let State::AwaitingApproval { chain, .. } = &mut self.state {
                    chain.signed.push(signature.clone());
                } else if let State::Escalated(escalation) = &mut self.state {
                    escalation.chain.signed.push(signature.clone());
                }
            }
            Event::Approved { settlement } => {
                self.state = State::Approved { settlement: (**settlement).clone() }
            }
            Event::Rejected { rejected } => self.state = State::Rejected(rejected.clone()),
            Event::GoodsReceived { .. } => {}
            Event::WorkStarted => {
                if let Some(settlement) = self.state.settlement().cloned() {
                    self.state = State::InWork { settlement };
                }
            }
            Event::Completed { .. } => {
                if let Some(settlement) = self.state.settlement().cloned() {
                    self.state = State::Completed { settlement };
                }
            }
            Event::HandedOver { .. } => {
                if let Some(settlement) = self.state.settlement().cloned() {
                    self.state = State::HandedOver { settlement };
                }
            }
            Event::Closed { remedy } => self.state = State::Closed { remedy: *remedy },
            Event::Cancelled { reason } => self.state = State::Cancelled { reason: reason.clone() },
            Event::DeadlineSet { deadline } => self.deadlines.push((**deadline).clone()),
            Event::DeadlineMet { deadline, late, .. } => self.settle(
                *deadline,
                if *late { DeadlineState::MetLate { at } } else { DeadlineState::Met { at } },
            ),
            Event::DeadlineMissed { deadline, .. } => {
                self.settle(*deadline, DeadlineState::Missed { noticed_at: at });
            }
            Event::DeadlinePaused { deadline, .. } => {
                self.settle(*deadline, DeadlineState::Paused { since: at });
            }
            Event::DeadlineResumed { deadline, due_at, .. } => {
                self.settle(*deadline, DeadlineState::Running);
                if let Some(moved) = self.deadlines.iter_mut().find(|moved| moved.id == *deadline) {
                    moved.due_at = *due_at;
                }
            }
            Event::DeadlineDropped { deadline, .. } => self.settle(*deadline, DeadlineState::Dropped),
            Event::Procedure(event) => self.procedures.apply(event, at),
        }
    }

    fn settle(&mut self, id: DeadlineId, state: DeadlineState) {
        if let Some(deadline) = self.deadlines.iter_mut().find(|deadline| deadline.id == id) {
            deadline.state = state;
        }
    }
}

impl Facts {
    /// Takes in what evidence says; what it does not mention stays.
    pub fn add(&mut self, evidence: &Evidence) {
        self.dates = self.dates.overlaid(evidence.dates);
        self.asked = evidence.asked.unwrap_or(self.asked);
        self.cause = evidence.cause.unwrap_or(self.cause);
        if evidence.fault.is_some() {
            self.fault.clone_from(&evidence.fault);
        }
        if evidence.claimed.is_some() {
            self.claimed.clone_from(&evidence.claimed);
        }
        if let Some(usage) = &evidence.usage {
            self.history.usage.clone_from(usage);
        }
        for (name, value) in &evidence.attributes {
            if value.is_null() {
                self.attributes.remove(name);
            } else {
                self.attributes.insert(name.clone(), value.clone());
            }
        }
    }
}
