//! The receiving form: how parts come into the book (BUS-45, 46).

use super::{Condition, Movement, MovementKind, Place, Refusal, Spot};
use serde::{Deserialize, Serialize};

/// Where parts come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Bought.
    Purchase,
    /// Drawn in from another department (BUS-46).
    Drawn,
    /// New material in exchange for claimed parts (BUS-46).
    Exchange,
    /// Came back repaired (LGT-46): for the after-sales pool only.
    Repaired,
}

/// One line of a receiving form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// Part number.
    pub part: String,
    /// Pieces.
    pub quantity: u32,
    /// `good`, or `after-sales` for what was repaired.
    pub condition: Condition,
}

/// A copy of a receiving form: there are two (BUS-45).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormCopy {
    /// Stays with the keeper of the store.
    Keeper,
    /// Goes to the accounts.
    Accounts,
}

impl FormCopy {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Keeper, Self::Accounts];
}

/// 备用件接收单: a receiving form, made out in duplicate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivingForm {
    /// Its number; a form is booked once.
    pub number: String,
    /// Where the parts come from.
    pub source: Source,
    /// The voucher that they are booked by; needed for what was drawn or exchanged (BUS-46).
    #[serde(default)]
    pub voucher: Option<String>,
    /// Who delivered.
    pub delivered_by: String,
    /// Who received, compared and counted.
    pub received_by: String,
    /// The shelf or station that they are put to.
    pub place: Place,
    /// What came.
    pub lines: Vec<Received>,
}

impl ReceivingForm {
    /// What is booked.
    ///
    /// # Errors
    /// [`Refusal::VoucherMissing`], [`Refusal::NotAShelf`], [`Refusal::WrongPool`], or what the table of
    /// movements forbids.
    pub fn movements(&self) -> Result<Vec<Movement>, Refusal> {
        let needs_voucher = matches!(self.source, Source::Drawn | Source::Exchange);
        if needs_voucher && self.voucher.as_deref().is_none_or(|voucher| voucher.trim().is_empty()) {
            return Err(Refusal::VoucherMissing);
        }
        if !self.place.is_shelf() {
            return Err(Refusal::NotAShelf { place: self.place.clone() });
        }
        let pool = if self.source == Source::Repaired { Condition::AfterSales } else { Condition::Good };
        let lines = self.lines.iter().enumerate().map(|(index, line)| {
            if line.condition != pool {
                return Err(Refusal::WrongPool { line: index });
            }
            let from = Spot::new(Place::Supplier, pool);
            let to = Spot::new(self.place.clone(), pool);
            Movement::new(MovementKind::Received, &line.part, from, to, line.quantity)
        });
        lines.collect()
    }
}
