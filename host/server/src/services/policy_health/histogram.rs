//! How many calls took how much, in logarithmic steps: sixteen to each doubling, so that a percentile is at
//! most about three percent off. Two distributions add up step by step, in memory or in the database.

/// Values below this have a step of their own.
const EXACT: u64 = 32;
/// Steps to each doubling.
const STEPS: u32 = 16;

/// The counts of the steps that occur, in order. At most 976 exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram(Vec<(u16, u64)>);

impl Histogram {
    /// Counts one value.
    pub fn count(&mut self, value: u64) {
        self.add(step(value), 1);
    }

    /// Adds to a step.
    pub fn add(&mut self, step: u16, amount: u64) {
        match self.0.binary_search_by_key(&step, |(known, _)| *known) {
            Ok(at) => {
                if let Some((_, count)) = self.0.get_mut(at) {
                    *count += amount;
                }
            }
            Err(at) => self.0.insert(at, (step, amount)),
        }
    }

    /// Adds another one.
    pub fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(step, amount)| self.add(*step, *amount));
    }

    /// The steps that occur, with their counts.
    pub fn steps(&self) -> &[(u16, u64)] {
        &self.0
    }

    /// The value that `percent` of all stay at or below; nothing where nothing was counted.
    pub fn percentile(&self, percent: u32) -> Option<u64> {
        let total: u128 = self.0.iter().map(|(_, count)| u128::from(*count)).sum();
        let wanted = (total * u128::from(percent)).div_ceil(100).max(1);
        let mut seen = 0;
        let found = self.0.iter().find(|(_, count)| {
            seen += u128::from(*count);
            seen >= wanted
        });
        found.map(|(step, _)| middle(*step))
    }
}

/// The step that a value falls into.
fn step(value: u64) -> u16 {
    if value < EXACT {
        return u16::try_from(value).unwrap_or_default();
    }
    let doubling = value.ilog2(); // 5 or more
    let within = (value >> (doubling - 4)) & u64::from(STEPS - 1);
    let step = u64::from(doubling - 5) * u64::from(STEPS) + EXACT + within;
    u16::try_from(step).unwrap_or(u16::MAX)
}

/// A value in the middle of a step.
fn middle(step: u16) -> u64 {
    let step = u64::from(step);
    if step < EXACT {
        return step;
    }
    let (doubling, within) = ((step - EXACT) / u64::from(STEPS) + 5, (step - EXACT) % u64::from(STEPS));
    let width = 1_u64.checked_shl(u32::try_from(doubling - 4).unwrap_or(u32::MAX)).unwrap_or(u64::MAX);
    (u64::from(STEPS) + within).saturating_mul(width).saturating_add(width / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_narrow_and_follows_the_one_before() {
        let mut last = 0;
        for value in (0..100_000_u64).chain((17..64).map(|shift| 1 << shift)).chain([u64::MAX]) {
            let at = step(value);
            assert!(at >= last, "{value}");
            assert!(at < 976, "{value}");
            last = at;
            let off = middle(at).abs_diff(value);
            assert!(off <= value / 31, "{value} is told as {}", middle(at));
        }
    }

    #[test]
    fn percentiles_are_of_what_was_counted() {
        let mut all = Histogram::default();
        assert_eq!(all.percentile(50), None);
        (0..=100).for_each(|value| all.count(value % 20));
        assert_eq!([50, 99, 100].map(|percent| all.percentile(percent)), [Some(9), Some(19), Some(19)]);
        let mut one = Histogram::default();
        one.count(7);
        assert_eq!([0, 1, 50, 100].map(|percent| one.percentile(percent)), [Some(7); 4]);
    }

    #[test]
    fn parts_merged_in_any_order_are_the_whole() {
        let values: Vec<u64> = (0..3000_u64).map(|n| n * n * 977 % 1_000_003).collect();
        let of = |values: &[u64]| {
            let mut made = Histogram::default();
            values.iter().for_each(|value| made.count(*value));
            made
        };
        let whole = of(&values);
        let (first, rest) = values.split_at(1000);
        let (second, third) = rest.split_at(77);
        for order in [[first, second, third], [third, first, second], [second, third, first]] {
            let mut merged = Histogram::default();
            order.iter().for_each(|part| merged.merge(&of(part)));
            assert_eq!(merged, whole);
        }
    }
}
