//! Work at the customer's place, from the dispatch order to the archived report (BUS-11…15, 19…36;
//! ZZC-07…17; AUT-01).
//!
//! People go where a call could not help (ZZC-17), at a time fixed with the user (ZZC-09). They listen, look
//! and check (BUS-26…28), and what they find becomes known of the claim. The customer signs when the service
//! has ended and not before (BUS-12, 13); what was signed stays as it is (BUS-14). The result is told before
//! they leave (BUS-33), the leader approves the report, which archives it (BUS-35), and expenses are reviewed
//! before they are paid (BUS-36).

mod apply;
mod check;
mod command;
mod event;
mod handle;
mod order;
mod refusal;
mod report;
mod state;
mod visit;

pub use command::{Command, Findings, Name, Step};
pub use event::Event;
pub use order::*;
pub use refusal::Refusal;
pub use report::*;
pub use state::*;
pub use visit::*;

use super::procedure::{Explanation, Procedure};
use super::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::case::{CaseEvent, Channel};
use crate::time::Timestamp;

impl Procedure for Jobs {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &Name::BY_PEOPLE;

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
        check::check(claim, actor, name)
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        handle::handle(claim, actor, command, now)
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        self.happened(event, at);
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        event.case_events()
    }

    fn channel(event: &Event) -> Option<Channel> {
        event.channel()
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        check::blocks(claim, command)
    }

    fn follow(claim: &Claim, events: &[ClaimEvent], _: Timestamp) -> Vec<ClaimEvent> {
        handle::follow(claim, events)
    }
}
