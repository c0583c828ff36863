//! What inspections found against somebody, and the measures that follow (LGT-30, 31, 45; BUS-14, 17;
//! STO-38). The policy proposes; a person of the respondent with the right confirms or drops it; the subject
//! may appeal, and another person settles that.

mod command;
mod event;
mod handle;
mod refusal;
mod state;

pub use command::{Command, Name, Outcome, Proposal};
pub use event::Event;
pub use refusal::Refusal;
pub use state::{Appeal, Assessed, Decision, Findings, Record, Standing};

use super::procedure::{Explanation, Procedure};
use super::{Claim, Event as ClaimEvent, MANAGER, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::case::Side;
use crate::ids::PartyId;
use crate::time::Timestamp;

/// The role that confirms measures; a manager may do it too.
pub const PENALTIES: &str = "penalties";

impl Procedure for Findings {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Record, Name::Confirm, Name::Drop, Name::Appeal, Name::Review];

    fn name(command: &Command) -> Name {
        command.name()
    }

    fn word(name: Name) -> &'static str {
        name.word()
    }

    fn kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explain()
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        let stands = |standing: Standing| {
            let measures = claim.procedures.findings.found.iter().flat_map(|record| &record.measures);
            if measures.into_iter().any(|measure| measure.standing == standing) {
                Ok(())
            } else {
                Err(ClaimRefusal::from(Refusal::NothingToDo))
            }
        };
        match name {
            Name::Record => {
                claim.needs_side(actor, Side::Respondent, name)?;
                if claim.state.is_final() { Err(claim.not_now(name)) } else { Ok(()) }
            }
            Name::Confirm | Name::Drop | Name::Review => {
                claim.needs_side(actor, Side::Respondent, name)?;
                if !actor.holds(PENALTIES) && !actor.holds(MANAGER) {
                    return Err(ClaimRefusal::WrongRole { needs: PENALTIES.to_owned() });
                }
                stands(if name == Name::Review { Standing::Appealed } else { Standing::Proposed })
            }
            Name::Appeal => {
                claim.needs_part(actor, name)?;
                stands(Standing::Confirmed)
            }
        }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        _: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        Ok(vec![handle::handle(claim, actor, command)?.into()])
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        self.take_in(event, at);
    }
}

impl Claim {
    /// The party that a finding against the claimant's side concerns: the claimant, else whoever handles
    /// the ticket for it.
    pub fn answerable(&self) -> PartyId {
        self.claimant.party.unwrap_or(self.handler)
    }
}
