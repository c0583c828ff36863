//! Stock-takes: the book equals the stock, and a difference has a reason (BUS-44).

use super::{Account, Condition, Ledger, Movement, MovementKind, Place, Refusal, Spot};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Part number.
    pub part: String,
    /// Condition.
    pub condition: Condition,
    /// Pieces found.
    pub counted: u32,
    /// Why it is not what the book says; needed where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was counted at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StockTake {
    /// A shelf or a station's account.
    pub place: Place,
    /// Who counted.
    pub counted_by: String,
    /// Everything there is of each part on the sheet, in every condition that the book knows there.
    pub counts: Vec<Count>,
}

/// A line that is not what the book says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Part number.
    pub part: String,
    /// Condition.
    pub condition: Condition,
    /// Pieces in the book before.
    pub book: i64,
    /// Pieces found, and in the book from now on.
    pub counted: u32,
    /// Why.
    pub reason: String,
}

impl StockTake {
    /// Compares the sheet with the book.
    ///
    /// # Errors
    /// [`Refusal::NotAShelf`], [`Refusal::CountedTwice`], [`Refusal::NotCounted`],
    /// [`Refusal::DifferenceUnexplained`]; [`Refusal::CountedAsGood`] where good parts are too many and
    /// repaired or old ones of the same part too few: that is no way back into good stock (LGT-47).
    pub fn differences(&self, book: &Ledger) -> Result<Vec<Difference>, Refusal> {
        if !self.place.is_shelf() {
            return Err(Refusal::NotAShelf { place: self.place.clone() });
        }
        let mut lines = BTreeMap::new();
        for (line, count) in self.counts.iter().enumerate() {
            if count.condition == Condition::Scrapped {
                return Err(Refusal::NotUsable { condition: count.condition });
            }
            if lines.insert((count.part.as_str(), count.condition), line).is_some() {
                return Err(Refusal::CountedTwice { line });
            }
        }
        let balance =
            |part: &str, condition| book.balance(&Account::new(part, self.place.clone(), condition));
        for count in &self.counts {
            for condition in Condition::EVERY {
                let known = lines.contains_key(&(count.part.as_str(), condition));
                if !known && balance(&count.part, condition) != 0 {
                    return Err(Refusal::NotCounted { part: count.part.clone(), condition });
                }
            }
        }
        let mut differences = Vec::new();
        for (line, count) in self.counts.iter().enumerate() {
            let booked = balance(&count.part, count.condition);
            if booked == i64::from(count.counted) {
                continue;
            }
            let reason = count.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
            let Some(reason) = reason else {
                return Err(Refusal::DifferenceUnexplained { line, book: booked, counted: count.counted });
            };
            let short = |condition| {
                lines
                    .get(&(count.part.as_str(), condition))
                    .and_then(|&other| self.counts.get(other))
                    .is_some_and(|other| i64::from(other.counted) < balance(&count.part, condition))
            };
            let surplus = count.condition == Condition::Good && i64::from(count.counted) > booked;
            if surplus && (short(Condition::AfterSales) || short(Condition::Old)) {
                return Err(Refusal::CountedAsGood { line });
            }
            differences.push(Difference {
                part: count.part.clone(),
                condition: count.condition,
                book: booked,
                counted: count.counted,
                reason: reason.to_owned(),
            });
        }
        Ok(differences)
    }
}

impl Difference {
    /// What brings the book to the stock.
    ///
    /// # Errors
    /// What the table of movements forbids.
    pub fn movement(&self, place: &Place) -> Result<Movement, Refusal> {
        let shelf = Spot::new(place.clone(), self.condition);
        let outside = Spot::new(Place::Difference, self.condition);
        let by = i64::from(self.counted) - self.book;
        let quantity = u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX);
        let (from, to) = if by > 0 { (outside, shelf) } else { (shelf, outside) };
        Movement::new(MovementKind::Counted, &self.part, from, to, quantity)
    }
}
