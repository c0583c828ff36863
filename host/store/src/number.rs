//! Ticket numbers: short, rising per party, for people.
//!
//! A counter updated by every ticket would make all of a party's transactions wait for one another,
//! so a host reserves a block at a time, the next one twice as large for a party that uses them up.
//! What is left of a block when the host stops is never used.

use crate::record::Single;
use crate::statements::statements;
use crate::value::vals;
use crate::{Scope, Store, StoreError};
use sanbao_domain::ids::PartyId;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Sizes of the first and of the largest block.
const BLOCKS: (i64, i64) = (16, 128);

statements! {
    RESERVE = "INSERT INTO ticket_number (party_id, next) VALUES ($1, 1 + $2) \
        ON CONFLICT (party_id) DO UPDATE SET next = ticket_number.next + $2 RETURNING next AS value";
}

/// The blocks of each party.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Mutex<HashMap<PartyId, Arc<Block>>>);

/// What is left, and the size of the next block. Held while that is fetched, so that callers who wait
/// for one share it.
type Block = tokio::sync::Mutex<(Range<i64>, i64)>;

impl Numbers {
    fn of(&self, party: PartyId) -> Arc<Block> {
        // No code can panic while it holds the lock.
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.entry(party).or_insert_with(|| Arc::new(Block::new((0..0, BLOCKS.0)))).clone()
    }
}

impl Store {
    /// The next ticket number of a party: at least 1, never given out twice, rising, with gaps after
    /// a restart. Costs a write once in 16 calls at first, once in 128 later.
    pub async fn ticket_number(&self, party: PartyId) -> Result<i64, StoreError> {
        let block = self.numbers.of(party);
        let mut block = block.lock().await;
        if let Some(number) = block.0.next() {
            return Ok(number);
        }
        let size = block.1;
        let reserved = self
            .write(Scope::Party(party), move |conn| {
                Box::pin(async move { conn.optional::<Single<i64>>(RESERVE, vals![party, size]).await })
            })
            .await?;
        let Some(Single(next)) = reserved else { return Err(StoreError::Refused) };
        *block = (next - size + 1..next, (size * 2).min(BLOCKS.1));
        Ok(next - size)
    }
}
