//! How a server asks: never more calls than the pool holds, never one party's calls in the way of another's,
//! and never a long call on a thread that serves requests.

mod fair;
mod pace;
mod turns;

pub use fair::Load;

use crate::contract::Prepared;
use crate::decision::{Decision, Terms};
use crate::engine::Engine;
use crate::failure::Failure;
use crate::policy::{Policy, SHORT};
use crate::question::{Ask, Question};
use arc_swap::ArcSwap;
use pace::Paces;
use sanbao_domain::ids::PartyId;
use std::collections::HashMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use turns::{Turn, Turns, unavailable};

/// How long a call waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// Calls of one party that wait; one more goes to a person at once.
const QUEUE: usize = 1024;

/// Asks policies on behalf of parties.
pub struct Runner {
    turns: Arc<Turns>,
    /// Turns of the calls that are known to be long: as many as there are processors, for more at once end no
    /// sooner, but stand in the way of every quick call.
    long: Arc<Turns>,
    paces: Paces,
    patience: Duration,
    usual: Share,
    own: ArcSwap<HashMap<PartyId, Share>>,
}

/// What one party may have of the runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Calls at the same time; at least one.
    pub concurrent: usize,
    /// Calls that begin in a second; absent: any number.
    pub per_second: Option<NonZeroU32>,
}

impl Runner {
    /// Lets each party's policies run in at most a quarter of the engine's slots at once.
    pub fn new(engine: Arc<Engine>) -> Self {
        let slots = engine.slots();
        let processors = available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            turns: Turns::new(slots, QUEUE),
            long: Turns::new(processors.min(slots), QUEUE),
            paces: Paces::default(),
            patience: PATIENCE,
            usual: Share { concurrent: (slots / 4).max(1), per_second: None },
            own: ArcSwap::default(),
        }
    }

    /// With another share for every party that has none of its own.
    pub fn sharing(self, usual: Share) -> Self {
        Self { usual, ..self }
    }

    /// With calls that wait so long for their turn.
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Gives parties shares of their own, from their next calls on; all others have the usual one again.
    pub fn set_shares(&self, own: HashMap<PartyId, Share>) {
        self.own.store(Arc::new(own));
    }

    /// How many calls on behalf of a party run and wait.
    pub fn load(&self, party: PartyId) -> Load {
        let load = self.turns.load(party);
        Load { waiting: load.waiting + self.long.load(party).waiting, ..load }
    }

    /// Calls that were let begin since the start.
    pub fn turns(&self) -> u64 {
        self.turns.turns()
    }

    /// Whether calls wait for others to end: whatever can wait should.
    pub fn is_crowded(&self) -> bool {
        self.turns.is_full()
    }

    /// Asks the policy of `party`, waiting a few seconds for its turn: parties that wait are
    /// served in the order of the run time that each has used lately.
    ///
    /// A quick policy answers right here: handing it to another thread would cost more than it does (13 to
    /// 19 µs). Which policy is quick, the clock decides: a call that is not done within a few milliseconds is
    /// stopped and made again, from the start and with its whole deadline, on a thread that may block, and
    /// the policy's next calls go there at once, until it has been quick for a while. Of these run no more at
    /// once than there are processors, again in turn with the other parties'. That is sound, as a
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
        let queued = match self.pace(party).await {
            Ok(queued) => queued,
            Err(failure) => return Decision::failed::<Q>(policy, terms, input, failure),
        };
        let prepared = policy.prepare(question);
        let input = if policy.is_long() {
            input
        } else {
            let turn = match self.turns.take(party, queued.most, queued.left()).await {
                Ok(turn) => turn,
                Err(failure) => return Decision::failed::<Q>(policy, terms, input, failure),
            };
            let start = Instant::now();
            let decision = policy.answer(terms, &prepared, SHORT.min(terms.limits.deadline), input);
            policy.observe(start.elapsed());
            drop(turn);
            if !matches!(decision.outcome, Err(Failure::Deadline { .. })) {
                return decision;
            }
            decision.record.input.into_bytes()
        };
        // Whoever waits among the long calls holds no slot meanwhile.
        let turns = match self.long.take(party, queued.most, queued.left()).await {
            Ok(long) => self.turns.take(party, queued.most, queued.left()).await.map(|turn| (long, turn)),
            Err(failure) => Err(failure),
        };
        match turns {
            Ok(turns) => self.ask_elsewhere::<Q>(policy, terms, prepared, input, turns).await,
            Err(failure) => Decision::failed::<Q>(policy, terms, input, failure),
        }
    }

    async fn ask_elsewhere<Q: Ask>(
        &self,
        policy: &Arc<Policy>,
        terms: &Terms,
        prepared: Prepared<Q>,
        input: Vec<u8>,
        turns: (Turn, Turn),
    ) -> Decision<Q::Answer> {
        let call = {
            let (policy, terms, input) = (Arc::clone(policy), terms.clone(), input.clone());
            move || {
                let _turns = turns;
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

    /// Waits until the call is within the party's pace.
    async fn pace(&self, party: PartyId) -> Result<Queued, Failure> {
        let share = self.own.load().get(&party).copied().unwrap_or(self.usual);
        let queued = Queued { most: share.concurrent, until: Instant::now() + self.patience };
        if let Some(per_second) = share.per_second {
            let pace = self.paces.of(party, per_second);
            if !pace.at_once() && timeout(queued.left(), pace.wait()).await.is_err() {
                return Err(unavailable("the party makes more calls a second than it may"));
            }
        }
        Ok(queued)
    }
}

/// A call within its party's pace.
struct Queued {
    /// Calls of the party at the same time.
    most: usize,
    /// When its patience ends.
    until: Instant,
}

impl Queued {
    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}
