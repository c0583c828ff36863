//! Calls and visits after the service (FUP-01…06; HAI-03; XID-01; STO-32).

use super::procedure::{Explanation, Procedure};
use super::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::actor::Actor;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Calls and visits after the service (FUP-01…06; HAI-03; XID-01; STO-32).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUps {}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {}

impl Procedure for FollowUps {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[];

    fn name(command: &Command) -> Name {
        match *command {}
    }

    fn word(name: Name) -> &'static str {
        match name {}
    }

    fn kind(event: &Event) -> &'static str {
        match *event {}
    }

    fn explain(refusal: &Refusal) -> Explanation {
        match *refusal {}
    }

    fn check(_: &Claim, _: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        match name {}
    }

    fn handle(_: &Claim, _: &Actor, command: Command, _: Timestamp) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        match command {}
    }

    fn apply(&mut self, event: &Event, _: Timestamp) {
        match *event {}
    }
}
