//! What a back-test finds does not depend on how its history is cut into parts, nor on their order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use sanbao_policy::back_test::{Bounded, EXAMPLES, Example, LIMIT, Merge, Money, Sample, Shift, Summary};
use uuid::Uuid;

/// One decision's share of a summary.
#[derive(Clone, Debug)]
struct One {
    number: u16,
    word: u16,
    rule: u16,
    from: i64,
    to: i64,
    minutes: i64,
}

fn one() -> impl Strategy<Value = One> {
    // More names than are told apart, and amounts whose sums need more than 64 bits.
    (any::<u16>(), 0..900u16, 0..900u16, any::<i64>(), any::<i64>(), -20_000..20_000i64)
        .prop_map(|(number, word, rule, from, to, minutes)| One { number, word, rule, from, to, minutes })
}

fn add(summary: &mut Summary, one: &One) {
    let receipt = Uuid::from_u128(one.number.into());
    let example = Example {
        draw: u64::from(one.number).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        receipt,
        changes: Vec::new(),
        newly: Vec::new(),
        no_longer: Vec::new(),
    };
    summary.read += 1;
    summary.asked += 1;
    summary.answers.changed += 1;
    summary.changes.add(&format!("word-{:03}", one.word), 1);
    summary.rules.add(&format!("R-{}", one.rule), Default::default());
    let money = Money { decisions: 1, from: one.from.into(), to: one.to.into() };
    summary.money.add("charges CNY", money);
    let shift = Shift { minutes: one.minutes.into(), unknown: 1, ..Shift::default() };
    summary.deadlines.add("reply", shift);
    summary.examples.add("all", sample(example.clone()));
    summary.examples.add(&format!("word-{:03}", one.word), sample(example));
}

fn sample(example: Example) -> Sample {
    Sample(vec![example])
}

fn of(ones: &[One]) -> Summary {
    let mut summary = Summary::default();
    ones.iter().for_each(|one| add(&mut summary, one));
    summary
}

fn merged(mut one: Summary, other: Summary) -> Summary {
    one.merge(other);
    one
}

/// A history: each receipt once.
fn history() -> impl Strategy<Value = Vec<One>> {
    proptest::collection::vec(one(), 0..1200).prop_map(|mut ones| {
        ones.sort_by_key(|one| one.number);
        ones.dedup_by_key(|one| one.number);
        ones
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_add_up_to_the_whole(ones in history(), cuts in (any::<prop::sample::Index>(), any::<prop::sample::Index>()), turned in any::<bool>()) {
        let whole = of(&ones);
        let (first, second) = (cuts.0.index(ones.len() + 1), cuts.1.index(ones.len() + 1));
        let (first, second) = (first.min(second), first.max(second));
        let [a, b, c] = [of(&ones[..first]), of(&ones[first..second]), of(&ones[second..])];
        let left = merged(merged(a.clone(), b.clone()), c.clone());
        let right = merged(a.clone(), merged(b.clone(), c.clone()));
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&right, &whole);
        let backwards = if turned { merged(merged(c, b), a) } else { merged(merged(c, a), b) };
        prop_assert_eq!(&backwards, &whole);
        // Saved half-way and read back, it goes on as if nothing had happened.
        let kept: Summary = serde_json::from_str(&serde_json::to_string(&left).unwrap()).unwrap();
        prop_assert_eq!(kept, whole);
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_lost(names in proptest::collection::vec(any::<u16>(), 0..3000)) {
        let mut counts = Bounded::<u64>::default();
        for name in &names {
            counts.add(&name.to_string(), 1);
        }
        prop_assert!(counts.named.len() <= LIMIT);
        let all: u64 = counts.named.values().sum::<u64>() + counts.others.unwrap_or_default();
        prop_assert_eq!(all, names.len() as u64);
        let mut exact: Vec<String> = names.iter().map(u16::to_string).collect();
        exact.sort();
        for (name, count) in counts.named.iter() {
            prop_assert_eq!(exact.iter().filter(|one| *one == name).count() as u64, *count);
        }
    }
}

#[test]
fn a_sample_never_grows_beyond_its_size() {
    let summary = of(&(0..500u16)
        .map(|number| One { number, word: 1, rule: 1, from: 0, to: 1, minutes: 0 })
        .collect::<Vec<_>>());
    assert_eq!(summary.examples.get("all").unwrap().0.len(), EXAMPLES);
    assert!(summary.examples.get("all").unwrap().0.is_sorted_by_key(|example| example.draw));
}
