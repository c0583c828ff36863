//! Ticket numbers: short, rising per party, for people.
//!
//! A counter updated by every ticket would make all of a party's transactions wait for one another,
//! so a host reserves a block at a time. What is left of a block when the host stops is never used.

use crate::record::Single;
use crate::statements::statements;
use crate::value::vals;
use crate::{Scope, Store, StoreError};
use sanbao_domain::ids::PartyId;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;

const BLOCK: i64 = 16;

statements! {
    RESERVE = "INSERT INTO ticket_number (party_id, next) VALUES ($1, 1 + $2) \
        ON CONFLICT (party_id) DO UPDATE SET next = ticket_number.next + $2 RETURNING next AS value";
}

/// The rest of each party's block.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Mutex<HashMap<PartyId, Range<i64>>>);

impl Numbers {
    fn take(&self, party: PartyId) -> Option<i64> {
        self.locked().get_mut(&party).and_then(Iterator::next)
    }

    fn refill(&self, party: PartyId, block: Range<i64>) {
        // Two requests may have fetched a block at the same time: the smaller numbers go first.
        let mut numbers = self.locked();
        let rest = numbers.entry(party).or_insert(0..0);
        if rest.is_empty() || block.start < rest.start {
            *rest = block;
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<PartyId, Range<i64>>> {
        // No code can panic while it holds the lock.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Store {
    /// The next ticket number of a party: at least 1, never given out twice, rising, with gaps after
    /// a restart. Costs a write once in sixteen calls.
    pub async fn ticket_number(&self, party: PartyId) -> Result<i64, StoreError> {
        if let Some(number) = self.numbers.take(party) {
            return Ok(number);
        }
        let reserved = self
            .write(Scope::Party(party), move |conn| {
                Box::pin(async move { conn.optional::<Single<i64>>(RESERVE, vals![party, BLOCK]).await })
            })
            .await?;
        let Some(Single(next)) = reserved else { return Err(StoreError::Refused) };
        let first = next - BLOCK;
        self.numbers.refill(party, first + 1..next);
        Ok(first)
    }
}
