//! The queue as a model: parties with calls of known length on a clock that the test moves.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const MILLI: u64 = 1_000_000;

/// A party that keeps `backlog` calls of `cost` nanoseconds asked for.
#[derive(Clone, Copy, Debug)]
struct Busy {
    cost: u64,
    backlog: usize,
    most: usize,
}

/// Slots, what runs on them until when, and what each party has used.
struct World {
    fair: Fair<usize, ()>,
    busy: Vec<Busy>,
    running: BinaryHeap<Reverse<(u64, u64, usize, u64)>>,
    now: u64,
    used: Vec<u64>,
    served: Vec<usize>,
    order: Vec<usize>,
    number: u64,
}

impl World {
    fn new(slots: usize, busy: Vec<Busy>) -> Self {
        let parties = busy.len();
        let mut world = Self {
            fair: Fair::new(slots, 1 << 20),
            busy,
            running: BinaryHeap::new(),
            now: 0,
            used: vec![0; parties],
            served: vec![0; parties],
            order: Vec::new(),
            number: 0,
        };
        for party in 0..parties {
            for _ in 0..world.busy[party].backlog {
                world.ask(party);
            }
        }
        world
    }

    fn ask(&mut self, party: usize) {
        match self.fair.enter(party, self.busy[party].most, || ()) {
            Entered::Turn(charge) => self.begin(party, charge),
            Entered::Waits(_) => self.hand_out(),
            Entered::Full => panic!("the queue of party {party} is full"),
        }
        self.conserves_work();
    }

    fn begin(&mut self, party: usize, Charge(charged): Charge) {
        self.number += 1;
        self.order.push(party);
        self.served[party] += 1;
        self.running.push(Reverse((self.now + self.busy[party].cost, self.number, party, charged)));
    }

    fn hand_out(&mut self) {
        while let Some((party, (), charge)) = self.fair.next() {
            self.begin(party, charge);
        }
    }

    /// The call that ends first ends, and its party asks again.
    fn step(&mut self) {
        let Reverse((ends, _, party, charged)) = self.running.pop().unwrap();
        self.now = ends;
        self.used[party] += self.busy[party].cost;
        self.fair.end(party, Charge(charged), self.busy[party].cost);
        self.hand_out();
        self.conserves_work();
        self.ask(party);
    }

    /// While a slot is free, whoever waits has as many calls running as it may.
    fn conserves_work(&self) {
        if self.fair.free > 0 {
            let idle = self
                .fair
                .parties
                .values()
                .all(|share| share.waiting.is_empty() || share.running >= share.most);
            assert!(idle, "a slot is free and somebody waits for it");
        }
        let running: usize = self.fair.parties.values().map(|share| share.running).sum();
        assert_eq!(running, self.running.len());
        assert!(self.fair.parties.values().all(|share| share.running <= share.most));
    }
}

fn busy() -> impl Strategy<Value = Busy> {
    (1..50_u64, 1..40_usize).prop_map(|(millis, backlog)| Busy {
        cost: millis * MILLI,
        backlog,
        most: usize::MAX,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever always has calls waiting gets the same run time as any other, whatever its calls take.
    #[test]
    fn those_that_always_wait_share_alike(slots in 1..6_usize, parties in proptest::collection::vec(busy(), 2..6)) {
        let parties: Vec<_> =
            parties.into_iter().map(|party| Busy { backlog: party.backlog + 2 * slots, ..party }).collect();
        let dearest = parties.iter().map(|party| party.cost).max().unwrap();
        let mut world = World::new(slots, parties);
        for _ in 0..3000 {
            world.step();
        }
        let (least, most) = (*world.used.iter().min().unwrap(), *world.used.iter().max().unwrap());
        // Before anything is known of a party it may have every slot once; after that, its expected time is
        // off by what is still to be learnt.
        let bound = dearest * (2 * slots as u64 + 8);
        prop_assert!(most - least <= bound, "{:?} of {} calls", world.used, world.number);
    }

    /// Nobody is passed over for ever, whatever the others do, limits on single parties included.
    #[test]
    fn nobody_starves(
        slots in 1..5_usize,
        parties in proptest::collection::vec((busy(), 1..4_usize), 2..7),
    ) {
        let parties: Vec<_> = parties.into_iter().map(|(party, most)| Busy { most, ..party }).collect();
        let dearest = parties.iter().map(|party| party.cost).max().unwrap();
        let cheapest = parties.iter().map(|party| party.cost).min().unwrap();
        let count = parties.len();
        let mut world = World::new(slots, parties);
        for _ in 0..4000 {
            world.step();
        }
        // Between two turns of one party the others use what that party used in one turn, and their slots.
        let bound = (count + slots) * (2 + 2 * usize::try_from(dearest / cheapest).unwrap()) + 16;
        for party in 0..count {
            let turns = world.order.iter().enumerate().filter(|(_, one)| **one == party).map(|(turn, _)| turn);
            let turns: Vec<_> = turns.chain([world.order.len()]).collect();
            let longest = turns.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
            prop_assert!(longest <= bound, "party {party} of {count} waited {longest} turns");
        }
    }

    /// Whoever asks now and then for a quick call waits for at most one turn of each of the others, though
    /// they have hundreds of calls waiting.
    #[test]
    fn a_quick_call_waits_one_turn_of_each_other(slots in 1..5_usize, others in 1..6_usize, millis in 1..50_u64) {
        let flood = Busy { cost: millis * MILLI, backlog: 300, most: usize::MAX };
        let quick = Busy { cost: 10_000, backlog: 0, most: usize::MAX };
        let mut world = World::new(slots, [vec![flood; others], vec![quick]].concat());
        for _ in 0..50 {
            world.step();
        }
        for _ in 0..100 {
            let before = world.order.len();
            world.number += 1;
            match world.fair.enter(others, usize::MAX, || ()) {
                Entered::Turn(charge) => world.begin(others, charge),
                Entered::Waits(_) => {}
                Entered::Full => panic!("nobody else of this party waits"),
            }
            let mut steps = 0;
            while !world.order[before..].contains(&others) {
                let Reverse((ends, _, party, charged)) = world.running.pop().unwrap();
                world.now = ends;
                world.fair.end(party, Charge(charged), world.busy[party].cost);
                world.hand_out();
                if party != others {
                    world.ask(party);
                }
                steps += 1;
                prop_assert!(steps <= others + 1, "{steps} calls of others ended first");
            }
            let waited = world.order[before..].iter().position(|party| *party == others).unwrap();
            prop_assert!(waited <= others, "{waited} turns of others came first");
            // It ends before it asks again; the flood goes on.
            for _ in 0..3 {
                let Reverse((ends, _, party, charged)) = world.running.pop().unwrap();
                world.now = ends;
                world.fair.end(party, Charge(charged), world.busy[party].cost);
                world.hand_out();
                if party != others {
                    world.ask(party);
                }
            }
        }
    }

    /// Whatever comes and goes, every turn is handed back once, slots are never lost and never doubled.
    #[test]
    fn slots_are_neither_lost_nor_doubled(
        slots in 1..5_usize,
        moves in proptest::collection::vec((0..4_usize, 0..4_u8, 1..3_usize, 0..20_u64), 1..300),
    ) {
        let mut fair: Fair<usize, u64> = Fair::new(slots, 5);
        let mut waiting: Vec<(usize, u64)> = Vec::new();
        let mut running: Vec<(usize, Charge)> = Vec::new();
        let mut mark = 0;
        for (party, action, most, took) in moves {
            match action {
                0 | 1 => {
                    mark += 1;
                    match fair.enter(party, most, || mark) {
                        Entered::Turn(charge) => running.push((party, charge)),
                        Entered::Waits(ticket) => {
                            prop_assert!(fair.load(party).waiting <= 5);
                            waiting.push((party, ticket));
                        }
                        Entered::Full => prop_assert_eq!(fair.load(party).waiting, 5),
                    }
                }
                2 if !waiting.is_empty() => {
                    let (party, ticket) = waiting.swap_remove(party % waiting.len());
                    prop_assert!(fair.leave(party, ticket));
                    prop_assert!(!fair.leave(party, ticket));
                }
                3 if !running.is_empty() => {
                    let (party, charge) = running.swap_remove(party % running.len());
                    fair.end(party, charge, took * MILLI);
                }
                _ => {}
            }
            while let Some((party, _, charge)) = fair.next() {
                // The one of the party that has waited longest.
                let first = waiting.iter().filter(|(one, _)| *one == party).map(|(_, ticket)| *ticket).min().unwrap();
                waiting.retain(|(_, ticket)| *ticket != first);
                running.push((party, charge));
            }
            prop_assert_eq!(fair.free + running.len(), slots);
            for party in 0..4 {
                let load = fair.load(party);
                prop_assert_eq!(load.running, running.iter().filter(|(one, _)| *one == party).count());
                prop_assert_eq!(load.waiting, waiting.iter().filter(|(one, _)| *one == party).count());
            }
            if fair.free > 0 {
                prop_assert!(fair.ready.is_empty());
            }
        }
    }
}

#[test]
fn time_off_is_no_credit_and_what_is_owed_is_limited() {
    let mut fair: Fair<u8, u8> = Fair::new(2, 10);
    let Entered::Turn(_) = fair.enter(3, 9, || 3) else { panic!("a free slot") };
    let Entered::Turn(charge) = fair.enter(1, 9, || 1) else { panic!("a free slot") };
    fair.end(1, charge, 100 * DEBT);
    assert_eq!(fair.parties[&1].at, fair.clock + DEBT);
    // Another party that was never here begins at the present, not at the beginning of time.
    fair.clock = 7 * DEBT;
    let Entered::Turn(charge) = fair.enter(2, 9, || 2) else { panic!("a free slot") };
    assert!(fair.parties[&2].at >= 7 * DEBT);
    assert_eq!(fair.enter(1, 9, || 1), Entered::Waits(1));
    fair.end(2, charge, MILLI);
    assert_eq!(fair.next().map(|(party, _, _)| party), Some(1));
}

#[test]
fn parties_that_wait_for_nothing_are_forgotten() {
    let mut fair: Fair<usize, ()> = Fair::new(1, 1);
    for party in 0..3 * REMEMBERED {
        let Entered::Turn(charge) = fair.enter(party, 1, || ()) else { panic!("a free slot") };
        fair.end(party, charge, LEAST);
    }
    assert!(fair.parties.len() <= 2 * REMEMBERED, "{}", fair.parties.len());
}
