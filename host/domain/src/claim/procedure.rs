//! Procedures of the regulation that run beside the claim's own states: returns, visits, charges and so on.
//!
//! Each is a small machine of its own in its own module: commands, events and a state that only its events
//! change. The claim's machine drives them all: it asks the procedure whether a command is legal, applies
//! its events, lets it veto the claim's own commands, and wakes it when the time that it waits for has come.

use super::{
    Claim, CommandName, Refusal as ClaimRefusal, charges, complaint, contacts, counter, findings, follow_ups,
    hold, jobs, notices, recovery, returns, stock, survey, training,
};
use crate::actor::Actor;
use crate::case::{CaseEvent, Channel};
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A procedure's refusal as people are told it, and as programs tell it apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Stable word for problem documents: "consent-missing".
    pub code: &'static str,
    /// What stands in the way.
    pub kind: Obstacle,
    /// The field at fault, where there is one.
    pub field: Option<&'static str>,
    /// The rule behind it, where there is one.
    pub rule: Option<&'static str>,
    /// What is wrong.
    pub title: Text,
    /// What to do.
    pub fix: Text,
}

impl Explanation {
    /// A refusal in Chinese and English, with what to do.
    pub fn new(code: &'static str, kind: Obstacle, title: (&str, &str), fix: (&str, &str)) -> Self {
        let (title, fix) = (Text::new(title.0, title.1), Text::new(fix.0, fix.1));
        Self { code, kind, field: None, rule: None, title, fix }
    }

    /// With the field at fault.
    #[must_use]
    pub fn field(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// With the rule behind it.
    #[must_use]
    pub fn rule(self, rule: &'static str) -> Self {
        Self { rule: Some(rule), ..self }
    }
}

/// What stands in the way of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Something else must happen first, or has happened already.
    State,
    /// What was stated cannot be.
    Input,
    /// Somebody else must do it.
    Right,
    /// What was named is not there.
    Unknown,
}

/// A machine beside the claim's own. `Self` is its state, kept with the claim.
pub trait Procedure: Clone + Default + PartialEq {
    /// What somebody wants to happen.
    type Command;
    /// The name of a command.
    type Name: Copy + PartialEq + 'static;
    /// What happened.
    type Event;
    /// Why not.
    type Refusal;

    /// The commands that people give, for lists of what is possible.
    const NAMES: &'static [Self::Name];

    /// The name of a command.
    fn name(command: &Self::Command) -> Self::Name;

    /// The command as the API shows it: the end of its path, such as "returns/receive".
    fn word(name: Self::Name) -> &'static str;

    /// The event as the journal files it, such as "returns/received".
    fn kind(event: &Self::Event) -> &'static str;

    /// A refusal in words.
    fn explain(refusal: &Self::Refusal) -> Explanation;

    /// Whether `actor` may give this command now, whatever its details.
    ///
    /// # Errors
    /// Why not.
    fn check(claim: &Claim, actor: &Actor, name: Self::Name) -> Result<(), ClaimRefusal>;

    /// What follows from a command that [`check`](Self::check) let pass: events of this procedure, of the
    /// claim itself or of other procedures.
    ///
    /// # Errors
    /// Why not; nothing has happened then.
    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Self::Command,
        now: Timestamp,
    ) -> Result<Vec<super::Event>, ClaimRefusal>;

    /// Applies an event that happened at `at`.
    fn apply(&mut self, event: &Self::Event, at: Timestamp);

    /// The steps of the contract that rules can react to, each with when it happened if not now.
    fn case_events(_: &Self::Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        Vec::new()
    }

    /// How somebody was reached, where the event says; a milestone that demands a channel is met by that
    /// one alone.
    fn channel(_: &Self::Event) -> Option<Channel> {
        None
    }

    /// A reason why the claim's own command must wait for this procedure.
    fn blocks(_: &Claim, _: CommandName) -> Option<Self::Refusal> {
        None
    }

    /// What follows for this procedure from events that just happened elsewhere on the claim, which are
    /// applied already.
    fn follow(_: &Claim, _: &[super::Event], _: Timestamp) -> Vec<super::Event> {
        Vec::new()
    }

    /// When the host must look at it again, though nobody gives a command.
    fn wake_at(&self) -> Option<Timestamp> {
        None
    }

    /// What follows from the time having come.
    fn wake(_: &Claim, _: Timestamp) -> Vec<super::Event> {
        Vec::new()
    }
}

macro_rules! procedures {
    ($($(#[$doc:meta])* $module:ident $variant:ident)*) => {
        /// The states of all procedures of a claim; those that never began are left out of JSON.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Procedures {
            $($(#[$doc])* #[serde(skip_serializing_if = "is_default")] pub $module: $module::$variant,)*
        }

        /// A command to a procedure.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command {
            $($(#[$doc])* $variant($module::Command),)*
        }

        /// The name of a procedure's command.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Name {
            $($(#[$doc])* $variant($module::Name),)*
        }

        /// What happened in a procedure.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "procedure", rename_all = "kebab-case")]
        pub enum Event {
            $($(#[$doc])* $variant($module::Event),)*
        }

        /// Why a procedure refuses a command, or holds one of the claim's own back.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $variant($module::Refusal),)*
        }

        impl Command {
            /// Its name.
            pub fn name(&self) -> Name {
                match self {
                    $(Self::$variant(command) => Name::$variant(<$module::$variant as Procedure>::name(command)),)*
                }
            }
        }

        impl Name {
            /// Every name of every procedure.
            pub fn all() -> impl Iterator<Item = Name> {
                let all = std::iter::empty();
                $(let all = all.chain(<$module::$variant as Procedure>::NAMES.iter().map(|name| Name::$variant(*name)));)*
                all
            }

            /// The end of the command's path.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant(name) => <$module::$variant as Procedure>::word(name),)*
                }
            }
        }

        impl Event {
            /// The word under which the journal files it.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant(event) => <$module::$variant as Procedure>::kind(event),)*
                }
            }

            pub(super) fn case_events(&self) -> Vec<(CaseEvent, Option<Timestamp>)> {
                match self {
                    $(Self::$variant(event) => <$module::$variant as Procedure>::case_events(event),)*
                }
            }

            pub(super) fn channel(&self) -> Option<Channel> {
                match self {
                    $(Self::$variant(event) => <$module::$variant as Procedure>::channel(event),)*
                }
            }
        }

        impl Refusal {
            /// In words.
            pub fn explain(&self) -> Explanation {
                match self {
                    $(Self::$variant(refusal) => <$module::$variant as Procedure>::explain(refusal),)*
                }
            }
        }

        impl Procedures {
            pub(super) fn apply(&mut self, event: &Event, at: Timestamp) {
                match event {
                    $(Event::$variant(event) => self.$module.apply(event, at),)*
                }
            }

            /// When the host must look at the claim again, though nobody gives a command.
            pub fn wake_at(&self) -> Option<Timestamp> {
                [$(self.$module.wake_at()),*].into_iter().flatten().min()
            }
        }

        pub(super) fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
            match name {
                $(Name::$variant(name) => <$module::$variant as Procedure>::check(claim, actor, name),)*
            }
        }

        pub(super) fn handle(
            claim: &Claim,
            actor: &Actor,
            command: Command,
            now: Timestamp,
        ) -> Result<Vec<super::Event>, ClaimRefusal> {
            match command {
                $(Command::$variant(command) => <$module::$variant as Procedure>::handle(claim, actor, command, now),)*
            }
        }

        pub(super) fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
            $(if let Some(refusal) = <$module::$variant as Procedure>::blocks(claim, command) {
                return Some(Refusal::$variant(refusal));
            })*
            None
        }

        pub(super) fn follow(claim: &Claim, events: &[super::Event], now: Timestamp) -> Vec<super::Event> {
            let mut all = Vec::new();
            $(all.extend(<$module::$variant as Procedure>::follow(claim, events, now));)*
            all
        }

        pub(super) fn wake(claim: &Claim, now: Timestamp) -> Vec<super::Event> {
            let mut all = Vec::new();
            $(if claim.procedures.$module.wake_at().is_some_and(|at| at <= now) {
                all.extend(<$module::$variant as Procedure>::wake(claim, now));
            })*
            all
        }

        $(
            impl From<$module::Event> for super::Event {
                fn from(event: $module::Event) -> Self {
                    Self::Procedure(Event::$variant(event))
                }
            }

            impl From<$module::Refusal> for ClaimRefusal {
                fn from(refusal: $module::Refusal) -> Self {
                    Self::Procedure(Refusal::$variant(refusal))
                }
            }

            impl From<$module::Name> for CommandName {
                fn from(name: $module::Name) -> Self {
                    Self::Procedure(Name::$variant(name))
                }
            }

            impl From<$module::Command> for Command {
                fn from(command: $module::Command) -> Self {
                    Self::$variant(command)
                }
            }

            impl From<$module::Command> for super::Command {
                fn from(command: $module::Command) -> Self {
                    Self::Procedure(Command::$variant(command))
                }
            }
        )*
    };
}

procedures! {
    /// Goods on their way back to whoever judges them.
    returns Returns
    /// What inspections found, and the measures that follow.
    findings Findings
    /// What was advanced for the claimant, and may be recovered upstream.
    recovery Recovery
    /// Work at the customer's place.
    jobs Jobs
    /// Work that is paid for.
    charges Charges
    /// The clock stands still.
    hold Hold
    /// Goods that wait at the counter.
    counter Counter
    /// Calls and letters.
    contacts Contacts
    /// A complaint.
    complaint Complaint
    /// Goods that were out of stock.
    stock Stock
    /// Training before use.
    training Training
    /// Who is told what, and when.
    notices Notices
    /// Calls and visits after the service.
    follow_ups FollowUps
    /// What the customer says of the service.
    survey Survey
}

fn is_default<T: Default + PartialEq>(state: &T) -> bool {
    *state == T::default()
}
