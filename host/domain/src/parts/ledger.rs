//! The ledger: balances that only movements change, on two sides at once.

use super::{Condition, Movement, Place, Refusal, Spot};
use crate::ids::{PartDocumentId, PartyId, PostingId, RequisitionId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a balance is kept of: one part at one spot.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// Part number.
    pub part: String,
    /// Where and in what condition.
    pub spot: Spot,
}

impl Account {
    /// The account of a part at a spot.
    pub fn new(part: impl Into<String>, place: Place, condition: Condition) -> Self {
        Self { part: part.into(), spot: Spot::new(place, condition) }
    }
}

/// A movement that was booked; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Its id.
    pub id: PostingId,
    /// Whose ledger.
    pub owner: PartyId,
    /// What moved.
    pub movement: Movement,
    /// The requisition behind it.
    pub requisition: Option<RequisitionId>,
    /// The receiving form, stock-take or disposal behind it.
    pub document: Option<PartDocumentId>,
    /// Why, in words.
    pub reason: Option<String>,
    /// Who booked it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// There is less than is to be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} holds {have} of {}, not {need}", account.spot.place, account.part)]
pub struct Short {
    /// Of what.
    pub account: Account,
    /// How much there is.
    pub have: i64,
    /// How much was to be taken.
    pub need: u32,
}

/// Balances of any number of parts; nothing where nothing was booked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<Account, i64>);

impl Ledger {
    /// A ledger with these balances.
    pub fn with(balances: impl IntoIterator<Item = (Account, i64)>) -> Self {
        Self(balances.into_iter().collect())
    }

    /// Pieces at a spot; below nothing only outside, where they come from.
    pub fn balance(&self, account: &Account) -> i64 {
        self.0.get(account).copied().unwrap_or_default()
    }

    /// Every balance.
    pub fn balances(&self) -> impl Iterator<Item = (&Account, i64)> {
        self.0.iter().map(|(account, quantity)| (account, *quantity))
    }

    /// Books a movement on both sides.
    ///
    /// # Errors
    /// What the table forbids, or [`Refusal::Short`]; then nothing is booked.
    pub fn post(&mut self, movement: &Movement) -> Result<(), Refusal> {
        movement.check()?;
        let quantity = i64::from(movement.quantity);
        let from = Account { part: movement.part.clone(), spot: movement.from.clone() };
        let to = Account { part: movement.part.clone(), spot: movement.to.clone() };
        let have = self.balance(&from);
        if from.spot.place.is_real() && have < quantity {
            return Err(Refusal::Short(Short { account: from, have, need: movement.quantity }));
        }
        *self.0.entry(from).or_default() -= quantity;
        *self.0.entry(to).or_default() += quantity;
        Ok(())
    }
}
