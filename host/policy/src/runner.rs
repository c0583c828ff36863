//! How a server asks: never more calls than the pool holds, never one party's calls in the way of another's,
//! and never a long call on a thread that serves requests.

use crate::contract::Prepared;
use crate::decision::{Decision, Terms};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::policy::{Policy, SHORT};
use crate::question::{Ask, Question};
use sanbao_domain::ids::PartyId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a call waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks policies on behalf of parties.
pub struct Runner {
    engine: Arc<Engine>,
    shares: Mutex<HashMap<PartyId, Arc<Semaphore>>>,
    share: usize,
}

impl Runner {
    /// Lets each party's policies run in at most a quarter of the engine's slots at once.
    pub fn new(engine: Arc<Engine>) -> Self {
        let share = (engine.slots().available_permits() / 4).max(1);
        Self { engine, shares: Mutex::default(), share }
    }

    /// Asks the policy of `party`, waiting for a free slot for a few seconds.
    ///
    /// A quick policy answers right here: handing it to another thread would cost more than it does (13 to
    /// 19 µs). Which policy is quick, the clock decides: a call that is not done within a few milliseconds is
    /// stopped and made again, from the start and with its whole deadline, on a thread that may block, and
    /// the policy's next calls go there at once, until it has been quick for a while. That is sound, as a
    /// call leaves nothing behind and a repeated one answers the same. Yielding on the executor instead would
    /// need a second stack for each call, dear for the quick ones, while the long ones do not notice a change
    /// of thread.
    pub async fn ask<Q: Question>(
        &self,
        party: PartyId,
        policy: &Arc<Policy>,
        terms: &Terms,
        question: Q,
    ) -> Decision<Q::Answer> {
        let input = terms.input(&question);
        let turn = match self.turn(party).await {
            Ok(turn) => turn,
            Err(failure) => return Decision::failed::<Q>(policy, terms, input, failure),
        };
        let prepared = policy.prepare(question);
        let input = if policy.is_long() {
            input
        } else {
            let start = Instant::now();
            let decision = policy.answer(terms, &prepared, SHORT.min(terms.limits.deadline), input);
            policy.observe(start.elapsed());
            if !matches!(decision.outcome, Err(Failure::Deadline { .. })) {
                return decision;
            }
            decision.record.input.into_bytes()
        };
        self.ask_elsewhere::<Q>(policy, terms, prepared, input, turn).await
    }

    /// Whether calls wait for others to end: whatever can wait should.
    pub fn is_crowded(&self) -> bool {
        self.engine.slots().available_permits() == 0
    }

    async fn ask_elsewhere<Q: Ask>(
        &self,
        policy: &Arc<Policy>,
        terms: &Terms,
        prepared: Prepared<Q>,
        input: Vec<u8>,
        turn: Turn,
    ) -> Decision<Q::Answer> {
        let call = {
            let (policy, terms, input) = (Arc::clone(policy), terms.clone(), input.clone());
            move || {
                let _turn = turn;
                let start = Instant::now();
                let decision = policy.answer(&terms, &prepared, terms.limits.deadline, input);
                policy.observe(start.elapsed());
                decision
            }
        };
        match tokio::task::spawn_blocking(call).await {
            Ok(decision) => decision,
            Err(error) => {
                let failure = Failure::Unavailable { what: error.to_string() };
                Decision::failed::<Q>(policy, terms, input, failure)
            }
        }
    }

    /// The party's own turn first, so that whoever has many calls waiting holds no slot meanwhile.
    async fn turn(&self, party: PartyId) -> Result<Turn, Failure> {
        let share = self.share_of(party);
        let wait = async {
            let share = share.acquire_owned().await.ok()?;
            let slot = Arc::clone(self.engine.slots()).acquire_owned().await.ok()?;
            Some(Turn { _share: share, _slot: slot })
        };
        match timeout(PATIENCE, wait).await {
            Ok(Some(turn)) => Ok(turn),
            _ => Err(Failure::Unavailable { what: "every slot was taken for too long".into() }),
        }
    }

    fn share_of(&self, party: PartyId) -> Arc<Semaphore> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if shares.len() > 10_000 {
            shares.retain(|_, share| Arc::strong_count(share) > 1);
        }
        Arc::clone(shares.entry(party).or_insert_with(|| Arc::new(Semaphore::new(self.share))))
    }
}

struct Turn {
    _share: OwnedSemaphorePermit,
    _slot: OwnedSemaphorePermit,
}
