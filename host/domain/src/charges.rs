//! What work outside cover costs. Mirrors `charges` of the contract.

use crate::case::{Citation, Obligation};
use crate::money::{Decimal, Money};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// What is charged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ItemKind {
    Labour,
    Part,
    Travel,
    Freight,
    Inspection,
}

/// Work that is planned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Part number or code of the work.
    pub code: String,
    /// How much of it.
    pub quantity: Decimal,
    /// List price of one, where the host knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it is.
    pub kind: ItemKind,
    /// Part number or code of the work.
    pub code: String,
    /// As the claimant reads it.
    pub title: Text,
    /// How much of it.
    pub quantity: Decimal,
    /// What it costs in all, zero or more.
    pub amount: Money,
}

/// When the money may be collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Collection {
    /// Not at all (BUS-16).
    Never,
    /// When the work is done (STO-31).
    AfterWork,
    /// Before it begins.
    BeforeWork,
}

/// Who must agree before work begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Nobody.
    None,
    /// The claimant (STO-30).
    Claimant,
    /// The respondent's superior (BUS-16).
    Superior,
    /// Claimant and superior.
    Both,
}

impl Consent {
    /// Whether the claimant must agree.
    pub fn by_claimant(self) -> bool {
        matches!(self, Self::Claimant | Self::Both)
    }

    /// Whether the respondent's superior must agree.
    pub fn by_superior(self) -> bool {
        matches!(self, Self::Superior | Self::Both)
    }
}

/// What the work costs, and on which terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Amounts of one currency.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// When it is collected.
    pub collect: Collection,
    /// Who agrees first.
    pub consent: Consent,
    /// What comes with the money: that it is handed in in full (BUS-16).
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// Rules behind it.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

impl Quote {
    /// The sum of the lines; `None` for a quote without lines, of several currencies or beyond what can be
    /// counted, which the host's check of an answer excludes but for the first.
    pub fn total(&self) -> Option<Money> {
        let (first, rest) = self.lines.split_first()?;
        rest.iter().try_fold(first.amount.clone(), |sum, line| {
            let minor = sum.minor.checked_add(line.amount.minor)?;
            (sum.currency == line.amount.currency).then_some(Money { minor, currency: sum.currency })
        })
    }
}
