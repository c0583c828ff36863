//! Whose turn it is: slots are handed to the parties that wait in the order of what each has used lately, not
//! in the order in which they came.
//!
//! Every party has a *virtual time*, which grows by the run time of its calls. A free slot goes to the waiting
//! party that is furthest behind. When a call begins its party is charged what its calls took lately, and when
//! it ends the difference to what it took, so that a party with long calls cannot take every slot before the
//! first of them has ended. A party that comes back begins no earlier than the call that began last: time in
//! which it asked for nothing is no credit. What it owes is limited too, so that nobody waits for ever, and
//! forgotten when nothing runs.
//!
//! Nothing here waits, looks at a clock or takes a lock.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

/// Most that a party can owe, in nanoseconds of run time.
pub const DEBT: u64 = 4_000_000_000;
/// Least that a call is charged, in nanoseconds: without it, calls that take no time would never let anybody
/// else pass.
const LEAST: u64 = 1_000;
/// What a call of a party is expected to take that nothing is known of, in nanoseconds.
const UNKNOWN: u64 = 100_000;
/// Parties that are remembered before those that wait for nothing and owe nothing are forgotten.
const REMEMBERED: usize = 10_000;

/// A fair queue of parties `K` whose waiting calls are told through `W`.
pub struct Fair<K, W> {
    slots: usize,
    free: usize,
    queue: usize,
    /// Virtual time at which the latest call began.
    clock: u64,
    /// The latest virtual time of any party.
    latest: u64,
    parties: HashMap<K, Share<W>>,
    /// Who could have a slot: by virtual time, then by who has waited longest.
    ready: BTreeSet<(u64, u64, K)>,
    tickets: u64,
    turns: u64,
    forget_at: usize,
}

struct Share<W> {
    /// Virtual time at which its next call begins.
    at: u64,
    /// What its calls took lately, in nanoseconds.
    expected: u64,
    running: usize,
    most: usize,
    waiting: VecDeque<(u64, W)>,
    listed: Option<(u64, u64)>,
}

/// A turn that was given; to be handed back with [`Fair::end`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge(u64);

/// What came of asking for a turn.
#[derive(Debug, PartialEq, Eq)]
pub enum Entered {
    /// Here it is.
    Turn(Charge),
    /// It will come through the `W`; the ticket is for [`Fair::leave`].
    Waits(u64),
    /// As many calls of the party wait as may.
    Full,
}

/// How many calls of a party run and wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Calls that run.
    pub running: usize,
    /// Calls that wait for their turn.
    pub waiting: usize,
}

impl<K: Copy + Eq + Hash + Ord, W> Fair<K, W> {
    /// So many slots; of each party at most `queue` calls wait.
    pub fn new(slots: usize, queue: usize) -> Self {
        Self {
            slots,
            free: slots,
            queue,
            clock: 0,
            latest: 0,
            parties: HashMap::new(),
            ready: BTreeSet::new(),
            tickets: 0,
            turns: 0,
            forget_at: REMEMBERED,
        }
    }

    /// Asks for a turn of a party that may have `most` at once. Where it waits, [`Fair::next`] must be asked:
    /// `most` may have grown.
    pub fn enter(&mut self, party: K, most: usize, wait: impl FnOnce() -> W) -> Entered {
        let clock = self.clock;
        let share = self.parties.entry(party).or_insert_with(|| Share {
            at: clock,
            expected: UNKNOWN,
            running: 0,
            most: 1,
            waiting: VecDeque::new(),
            listed: None,
        });
        share.most = most.max(1);
        if self.free > 0 && share.running < share.most && share.waiting.is_empty() {
            let charge = self.give(party);
            self.forget();
            return Entered::Turn(charge);
        }
        if share.waiting.len() >= self.queue {
            return Entered::Full;
        }
        self.tickets += 1;
        let ticket = self.tickets;
        share.waiting.push_back((ticket, wait()));
        self.list(party);
        Entered::Waits(ticket)
    }

    /// Gives a free slot to the waiting call whose turn it is. To be asked until it answers nothing, after
    /// every change.
    pub fn next(&mut self) -> Option<(K, W, Charge)> {
        if self.free == 0 {
            return None;
        }
        let (_, _, party) = self.ready.pop_first()?;
        let share = self.parties.get_mut(&party)?;
        share.listed = None;
        let (_, waiter) = share.waiting.pop_front()?;
        let charge = self.give(party);
        self.list(party);
        Some((party, waiter, charge))
    }

    /// Stops waiting. False when the turn was given meanwhile.
    pub fn leave(&mut self, party: K, ticket: u64) -> bool {
        let Some(share) = self.parties.get_mut(&party) else { return false };
        let Ok(place) = share.waiting.binary_search_by_key(&ticket, |(ticket, _)| *ticket) else {
            return false;
        };
        share.waiting.remove(place);
        self.unlist(party);
        self.list(party);
        true
    }

    /// Hands a turn back after so many nanoseconds.
    pub fn end(&mut self, party: K, Charge(charged): Charge, took: u64) {
        self.free += 1;
        let most_owed = self.clock.saturating_add(DEBT);
        let Some(share) = self.parties.get_mut(&party) else { return };
        share.running = share.running.saturating_sub(1);
        share.at = share.at.saturating_sub(charged).saturating_add(took.max(LEAST)).min(most_owed);
        self.latest = self.latest.max(share.at);
        share.expected = (share.expected - share.expected / 8).saturating_add(took / 8).max(LEAST);
        self.unlist(party);
        self.list(party);
        // Nothing runs and nobody waits: what was used until now is in nobody's way.
        if self.free == self.slots && self.ready.is_empty() {
            self.clock = self.clock.max(self.latest);
        }
    }

    /// Turns given since the start.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// Whether every slot is taken.
    pub fn is_full(&self) -> bool {
        self.free == 0
    }

    /// How many calls of a party run and wait.
    pub fn load(&self, party: K) -> Load {
        let load = |share: &Share<W>| Load { running: share.running, waiting: share.waiting.len() };
        self.parties.get(&party).map(load).unwrap_or_default()
    }

    fn give(&mut self, party: K) -> Charge {
        self.free -= 1;
        self.turns += 1;
        let Some(share) = self.parties.get_mut(&party) else { return Charge(0) };
        share.running += 1;
        self.clock = self.clock.max(share.at);
        share.at = self.clock.saturating_add(share.expected);
        Charge(share.expected)
    }

    fn list(&mut self, party: K) {
        let Some(share) = self.parties.get_mut(&party) else { return };
        let Some((ticket, _)) = share.waiting.front() else { return };
        if share.running < share.most && share.listed.is_none() {
            share.at = share.at.max(self.clock);
            share.listed = Some((share.at, *ticket));
            self.ready.insert((share.at, *ticket, party));
        }
    }

    fn unlist(&mut self, party: K) {
        let listed = self.parties.get_mut(&party).and_then(|share| share.listed.take());
        if let Some((at, ticket)) = listed {
            self.ready.remove(&(at, ticket, party));
        }
    }

    fn forget(&mut self) {
        if self.parties.len() > self.forget_at {
            let clock = self.clock;
            self.parties
                .retain(|_, share| share.running > 0 || !share.waiting.is_empty() || share.at > clock);
            self.forget_at = REMEMBERED.max(self.parties.len() * 2);
        }
    }
}

#[cfg(test)]
mod tests;
