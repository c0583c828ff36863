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
use std::sync::{Arc, Mutex, PoisonError};

/// How many numbers a host reserves at a time.
const BLOCK: i64 = 16;

statements! {
    RESERVE = "INSERT INTO ticket_number (party_id, next) VALUES ($1, 1 + $2) \
        ON CONFLICT (party_id) DO UPDATE SET next = ticket_number.next + $2 RETURNING next AS value";
}

/// The rest of each party's block.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Mutex<HashMap<PartyId, Arc<Block>>>);

/// Held while a new block is fetched, so that callers who wait for one share it.
type Block = tokio::sync::Mutex<Range<i64>>;

impl Numbers {
    fn of(&self, party: PartyId) -> Arc<Block> {
        // No code can panic while it holds the lock.
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.entry(party).or_insert_with(|| Arc::new(Block::new(0..0))).clone()
    }
}

impl Store {
    /// The next ticket number of a party: at least 1, never given out twice, rising, with gaps after
    /// a restart. Costs a write once in sixteen calls.
    pub async fn ticket_number(&self, party: PartyId) -> Result<i64, StoreError> {
        let block = self.numbers.of(party);
        let mut block = block.lock().await;
        if let Some(number) = block.next() {
            return Ok(number);
        }
        let reserved = self
            .write(Scope::Party(party), move |conn| {
                Box::pin(async move { conn.optional::<Single<i64>>(RESERVE, vals![party, BLOCK]).await })
            })
            .await?;
        let Some(Single(next)) = reserved else { return Err(StoreError::Refused) };
        *block = next - BLOCK + 1..next;
        Ok(next - BLOCK)
    }
}
