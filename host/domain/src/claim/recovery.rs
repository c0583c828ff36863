//! What was advanced for the claimant on the way: the customer's problem is solved first (LGT-17, ENT-06),
//! and whoever paid may recover it from whoever supplied the goods (LGT-03, BUS-50). Freight that the sender
//! paid is kept here with its receipt too (LGT-35).

use super::procedure::{Explanation, Obstacle, Procedure};
use super::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal, State};
use crate::actor::Actor;
use crate::ids::PartyId;
use crate::money::Money;
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Carrying the goods.
    Freight,
    /// Compensation in advance (ENT-06).
    Compensation,
    /// A part.
    Part,
    /// Work.
    Labour,
}

/// Something that was paid before it is settled who bears it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// For what.
    pub what: What,
    /// How much.
    pub amount: Money,
    /// Number of the receipt (LGT-35).
    pub reference: String,
    /// Who paid.
    pub by: PartyId,
    /// When it was recorded.
    pub at: Timestamp,
}

/// What was advanced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recovery {
    /// In the order in which it was recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub advances: Vec<Advance>,
}

/// What somebody wants to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Something was paid for the claimant.
    Advance {
        /// For what.
        what: What,
        /// How much.
        amount: Money,
        /// Number of the receipt.
        reference: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Advance,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// Something was paid for the claimant.
    Advanced {
        /// For what.
        what: What,
        /// How much.
        amount: Money,
        /// Number of the receipt.
        reference: String,
        /// Who paid.
        by: PartyId,
    },
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An amount of nothing.
    NoAmount,
    /// The same receipt of the same party is there already.
    ReceiptTwice {
        /// Its number.
        reference: String,
    },
}

impl Procedure for Recovery {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[Name::Advance];

    fn name(command: &Command) -> Name {
        match command {
            Command::Advance { .. } => Name::Advance,
        }
    }

    fn word(name: Name) -> &'static str {
        match name {
            Name::Advance => "recovery/advance",
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Advanced { .. } => "recovery/advanced",
        }
    }

    fn explain(refusal: &Refusal) -> Explanation {
        let (code, field, title, fix) = match refusal {
            Refusal::NoAmount => (
                "no-amount",
                "amount",
                Text::new("没有金额", "There is no amount"),
                Text::new("填写大于零的金额。", "State what was paid, more than nothing."),
            ),
            Refusal::ReceiptTwice { reference } => (
                "receipt-twice",
                "reference",
                Text::new(
                    format!("凭证 {reference} 已登记"),
                    format!("The receipt {reference} is recorded already"),
                ),
                Text::new("每张凭证只登记一次。", "Record each receipt once."),
            ),
        };
        let rule = Some("LGT-35");
        Explanation { code, kind: Obstacle::Input, field: Some(field), rule, title, fix }
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        claim.needs_part(actor, name)?;
        // A receipt may come after everything is done, but not after the claim has come to nothing.
        if claim.state.is_final() { Err(claim.not_now(name)) } else { Ok(()) }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        _: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        let Command::Advance { what, amount, reference } = command;
        let by = actor.party.unwrap_or(claim.handler);
        if amount.minor <= 0 {
            return Err(Refusal::NoAmount.into());
        }
        let known = &claim.procedures.recovery.advances;
        if known.iter().any(|one| one.by == by && one.reference == reference) {
            return Err(Refusal::ReceiptTwice { reference }.into());
        }
        Ok(vec![Event::Advanced { what, amount, reference, by }.into()])
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        let Event::Advanced { what, amount, reference, by } = event.clone();
        self.advances.push(Advance { what, amount, reference, by, at });
    }
}

/// Advances in several currencies have no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the advances are in several currencies and have no sum")]
pub struct SeveralCurrencies;

impl Recovery {
    /// All that `party` advanced; none when it advanced nothing.
    ///
    /// # Errors
    /// [`SeveralCurrencies`].
    pub fn advanced_by(&self, party: PartyId) -> Result<Option<Money>, SeveralCurrencies> {
        let mut sum: Option<Money> = None;
        for Advance { amount, .. } in self.advances.iter().filter(|advance| advance.by == party) {
            sum = Some(match sum {
                None => amount.clone(),
                Some(sum) if sum.currency == amount.currency => {
                    Money { minor: sum.minor.saturating_add(amount.minor), currency: sum.currency }
                }
                Some(_) => return Err(SeveralCurrencies),
            });
        }
        Ok(sum)
    }
}

impl Claim {
    /// Whether a remedy was granted, so that whoever grants it may recover it upstream (BUS-50).
    pub fn is_decided(&self) -> bool {
        matches!(
            self.state,
            State::Approved { .. }
                | State::InWork { .. }
                | State::Completed { .. }
                | State::HandedOver { .. }
                | State::Closed { remedy: Some(_) }
        )
    }
}
