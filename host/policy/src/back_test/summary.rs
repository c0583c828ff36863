//! What a back-test finds, in bounded memory: parts of a history can be counted apart and added up.

use super::bounded::{Bounded, Merge};
use super::sample::{Example, Sample};
use crate::compare::{Change, Difference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The upper ends of the steps in which shifts are counted, in minutes: a week earlier or more, a day to a week
/// earlier, less than a day earlier, less than a day later, a day to a week later, a week later or more.
pub const SHIFTS: [i64; 5] = [-10_080, -1_440, 0, 1_440, 10_080];

macro_rules! merge {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl Merge for $type {
            fn merge(&mut self, other: Self) {
                $(self.$field.merge(other.$field);)*
            }
        }
    };
}

impl Merge for i128 {
    fn merge(&mut self, other: Self) {
        *self += other;
    }
}

impl Merge for [u64; 6] {
    fn merge(&mut self, other: Self) {
        self.iter_mut().zip(other).for_each(|(sum, part)| *sum += part);
    }
}

/// Recorded decisions that were not asked again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Not wanted: another category, model or basis date.
    pub filtered: u64,
    /// Not drawn.
    pub not_drawn: u64,
    /// A receipt of an older form that cannot be read.
    pub unreadable: u64,
    /// The candidate declares a setting without a default, which neither the receipt nor the request has.
    pub settings_missing: u64,
}
merge!(LeftOut { filtered, not_drawn, unreadable, settings_missing });

/// How the answers compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The same.
    pub same: u64,
    /// Other words for people, the same in substance.
    pub reworded: u64,
    /// Different.
    pub changed: u64,
}
merge!(Answers { same, reworded, changed });

/// How often a rule came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Decisions that cite it newly.
    pub newly: u64,
    /// Decisions that cite it no longer.
    pub no_longer: u64,
}
merge!(Rule { newly, no_longer });

/// Amounts that differ, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Decisions.
    pub decisions: u64,
    /// Sum before, of these decisions.
    pub from: i128,
    /// Sum after, of these decisions.
    pub to: i128,
}
merge!(Money { decisions, from, to });

/// How far a time moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Decisions in which it is set newly.
    pub added: u64,
    /// Decisions in which it is set no longer.
    pub dropped: u64,
    /// Decisions in which it moved, but by how much the calendar cannot tell.
    pub unknown: u64,
    /// Decisions by how far it moved; see [`SHIFTS`].
    pub moved: [u64; 6],
    /// Minutes in all; negative: earlier.
    pub minutes: i128,
}
merge!(Shift { added, dropped, unknown, moved, minutes });

impl Shift {
    fn by(minutes: i64) -> Self {
        // Later by nothing does not occur; earlier by less than a day ends below zero.
        let at = match minutes {
            i64::MIN..=-10_080 => 0,
            -10_079..=-1_440 => 1,
            -1_439..=0 => 2,
            1..1_440 => 3,
            1_440..10_080 => 4,
            10_080.. => 5,
        };
        let mut shift = Self { minutes: minutes.into(), ..Self::default() };
        shift.moved[at] = 1;
        shift
    }

    fn of<T>(from: Option<T>, to: Option<T>, minutes: Option<i64>) -> Self {
        match (from, to, minutes) {
            (None, Some(_), _) => Self { added: 1, ..Self::default() },
            (Some(_), None, _) => Self { dropped: 1, ..Self::default() },
            (_, _, Some(minutes)) => Self::by(minutes),
            _ => Self { unknown: 1, ..Self::default() },
        }
    }
}

/// What a back-test found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Recorded decisions that were read.
    pub read: u64,
    /// Of these, asked again.
    pub asked: u64,
    /// Of these, not asked again.
    pub left_out: LeftOut,
    /// How the answers compare.
    pub answers: Answers,
    /// Answers that were confirmed on a fresh instance.
    pub confirmed: u64,
    /// Changed or reworded decisions by the word of the change; one may count under several.
    pub changes: Bounded<u64>,
    /// By rule.
    pub rules: Bounded<Rule>,
    /// By kind of amount and currency: `charges CNY`.
    pub money: Bounded<Money>,
    /// By milestone.
    pub deadlines: Bounded<Shift>,
    /// The end of cover.
    pub cover: Shift,
    /// Failures of the candidate by kind.
    pub failures: Bounded<u64>,
    /// Facts that the candidate's manifest requires and that were not known: each would first be asked for.
    pub asks_for: Bounded<u64>,
    /// By the word of a change, and by `rule:` and a rule.
    pub examples: Bounded<Sample>,
}
merge!(Summary {
    read,
    asked,
    left_out,
    answers,
    confirmed,
    changes,
    rules,
    money,
    deadlines,
    cover,
    failures,
    asks_for,
    examples,
});

impl Summary {
    /// Changed decisions of a million asked, rounded up: a single one is never shown as none.
    pub fn changed_ppm(&self) -> u64 {
        let ppm = (u128::from(self.answers.changed) * 1_000_000).div_ceil(u128::from(self.asked.max(1)));
        u64::try_from(ppm).unwrap_or(u64::MAX)
    }

    /// The same in percent, to four decimals.
    pub fn changed_percent(&self) -> f64 {
        self.changed_ppm() as f64 / 10_000.0
    }

    /// Counts one decision that was answered otherwise.
    pub(super) fn differs(&mut self, seed: u64, receipt: Uuid, difference: &Difference) {
        if difference.is_wording() {
            self.answers.reworded += 1;
        } else {
            self.answers.changed += 1;
        }
        let example = Example::new(seed, receipt, difference);
        let words: BTreeSet<&str> = example.changes.iter().map(String::as_str).collect();
        for word in words {
            self.changes.add(word, 1);
            self.examples.add(word, Sample::of(example.clone()));
        }
        for rule in &difference.newly {
            self.rule(rule, Rule { newly: 1, no_longer: 0 }, &example);
        }
        for rule in &difference.no_longer {
            self.rule(rule, Rule { newly: 0, no_longer: 1 }, &example);
        }
        for change in &difference.changes {
            self.change(change);
        }
    }

    fn rule(&mut self, rule: &str, count: Rule, example: &Example) {
        self.rules.add(rule, count);
        self.examples.add(&format!("rule:{rule}"), Sample::of(example.clone()));
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Money { of, currency, from, to } => {
                let money = Money { decisions: 1, from: (*from).into(), to: (*to).into() };
                self.money.add(&format!("{} {currency}", of.word()), money);
            }
            Change::Deadline { milestone, from, to, minutes } => {
                self.deadlines.add(milestone, Shift::of(*from, *to, *minutes));
            }
            Change::Cover { from, to, days } => {
                let minutes = days.map(|days| i64::from(days) * 1_440);
                self.cover.merge(Shift::of(*from, *to, minutes));
            }
            Change::Ruling { .. }
            | Change::Offers { .. }
            | Change::Missing { .. }
            | Change::Approval { .. }
            | Change::Other
            | Change::Wording => {}
        }
    }
}
