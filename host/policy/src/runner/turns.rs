//! Turns for calls that wait: the fair queue behind a lock, told through channels. Whoever stops waiting gives
//! its place back, and a turn that goes out of scope its slot.

use super::fair::{Charge, Entered, Fair, Load};
use crate::failure::Failure;
use sanbao_domain::ids::PartyId;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::timeout;

type Queue = Fair<PartyId, oneshot::Sender<Charge>>;

/// The slots of an engine, and who waits for them.
pub(super) struct Turns(Mutex<Queue>);

impl Turns {
    pub(super) fn new(slots: usize, queue: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Fair::new(slots, queue))))
    }

    /// A turn for a call of the party, which may have `most` at once.
    pub(super) async fn take(
        self: &Arc<Self>,
        party: PartyId,
        most: usize,
        patience: Duration,
    ) -> Result<Turn, Failure> {
        let mut waiting = match self.enter(party, most) {
            Ok(turn) => return Ok(turn),
            Err(Some(waiting)) => waiting,
            Err(None) => return Err(unavailable("as many calls of the party wait already as may")),
        };
        match timeout(patience, &mut waiting.told).await {
            Ok(Ok(charge)) => Ok(waiting.into_turn(charge)),
            _ => Err(unavailable("every slot was taken for too long")),
        }
    }

    /// The turn, or the place in the queue, or neither.
    fn enter(self: &Arc<Self>, party: PartyId, most: usize) -> Result<Turn, Option<Waiting>> {
        let mut told = None;
        let mut queue = self.lock();
        let entered = queue.enter(party, most, || {
            let (teller, receiver) = oneshot::channel();
            told = Some(receiver);
            teller
        });
        match (entered, told) {
            (Entered::Turn(charge), _) => Ok(Turn::new(self, party, charge)),
            (Entered::Waits(ticket), Some(told)) => {
                hand_out(&mut queue);
                Err(Some(Waiting { turns: Arc::clone(self), party, ticket, told, over: false }))
            }
            _ => Err(None),
        }
    }

    pub(super) fn turns(&self) -> u64 {
        self.lock().turns()
    }

    pub(super) fn is_full(&self) -> bool {
        self.lock().is_full()
    }

    pub(super) fn load(&self, party: PartyId) -> Load {
        self.lock().load(party)
    }

    fn end(&self, party: PartyId, charge: Charge, took: Duration) {
        let mut queue = self.lock();
        queue.end(party, charge, u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
        hand_out(&mut queue);
    }

    /// The queue is whole at every moment, so a panic elsewhere spoils nothing.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hand_out(queue: &mut Queue) {
    while let Some((party, told, charge)) = queue.next() {
        if let Err(charge) = told.send(charge) {
            queue.end(party, charge, 0);
        }
    }
}

pub(super) fn unavailable(what: &str) -> Failure {
    Failure::Unavailable { what: what.to_owned() }
}

/// A place in the queue.
struct Waiting {
    turns: Arc<Turns>,
    party: PartyId,
    ticket: u64,
    told: oneshot::Receiver<Charge>,
    over: bool,
}

impl Waiting {
    fn into_turn(mut self, charge: Charge) -> Turn {
        self.over = true;
        Turn::new(&self.turns, self.party, charge)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let mut queue = self.turns.lock();
        if !queue.leave(self.party, self.ticket) {
            // The turn came, and nobody was there to take it.
            if let Ok(charge) = self.told.try_recv() {
                queue.end(self.party, charge, 0);
            }
        }
        hand_out(&mut queue);
    }
}

/// A slot for one call; its party is charged for the time until it is dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    party: PartyId,
    charge: Charge,
    began: Instant,
}

impl Turn {
    fn new(turns: &Arc<Turns>, party: PartyId, charge: Charge) -> Self {
        Self { turns: Arc::clone(turns), party, charge, began: Instant::now() }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.end(self.party, self.charge, self.began.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SOON: Duration = Duration::from_secs(60);

    fn party(number: u128) -> PartyId {
        PartyId(Uuid::from_u128(number))
    }

    #[tokio::test]
    async fn a_dropped_call_gives_its_place_and_its_turn_back() {
        let turns = Turns::new(1, 10);
        let first = turns.take(party(1), 1, SOON).await.ok();
        // Gone before its turn came.
        let waits = turns.enter(party(2), 1).err().flatten().map(drop);
        assert!(waits.is_some() && turns.load(party(2)) == Load::default());
        // Gone after its turn came, and before it looked.
        let waiting = turns.enter(party(2), 1).err().flatten();
        drop(first);
        assert_eq!(turns.load(party(2)), Load { running: 1, waiting: 0 });
        drop(waiting);
        assert_eq!(turns.load(party(2)), Load::default());
        assert!(turns.take(party(3), 1, SOON).await.is_ok());
    }

    #[tokio::test]
    async fn patience_ends_and_queues_are_bounded() {
        let turns = Turns::new(1, 1);
        let held = turns.take(party(1), 1, SOON).await.ok();
        let waited = turns.take(party(2), 1, Duration::from_millis(1)).await.err();
        assert!(matches!(waited, Some(Failure::Unavailable { .. })));
        let place = turns.enter(party(2), 1).err().flatten();
        assert!(place.is_some());
        let refused = turns.take(party(2), 1, SOON).await.err();
        let Some(Failure::Unavailable { what }) = refused else { return assert!(held.is_none()) };
        assert!(what.contains("wait already"), "{what}");
    }
}
