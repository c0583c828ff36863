//! Work that is paid for (STO-05, 10, 30, 31; LGT-50; BUS-16).
//!
//! The policy says what it costs, who must agree and when money may be taken. The customer is told before the
//! work begins; nothing is collected before everybody agrees who must, and what was collected is handed in in
//! full.

mod command;
mod event;
mod handle;
mod refusal;
mod state;

pub use command::{Command, Name};
pub use event::Event;
pub use refusal::Refusal;
pub use state::*;

use super::procedure::{Explanation, Procedure};
use super::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::case::CaseEvent;
use crate::time::Timestamp;

impl Procedure for Charges {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &Name::ALL;

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
        handle::check(claim, actor, name)
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        Ok(handle::handle(claim, actor, command, now)?)
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        self.happened(event, at);
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        event.case_events()
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        handle::blocks(claim, command)
    }
}
