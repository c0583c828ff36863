//! Money and exact decimals; never floating point.

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

/// Minor units (fen, cents, paise) of an ISO 4217 currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units; negative for an amount owed the other way.
    #[serde(rename = "amount")]
    pub minor: i64,
    /// Three-letter ISO 4217 code.
    pub currency: String,
}

impl Money {
    /// Whether the currency is one of ISO 4217.
    pub fn is_valid(&self) -> bool {
        Currency::from_code(&self.currency).is_some()
    }
}

/// `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decimal {
    /// All digits, without the point.
    pub digits: i64,
    /// Digits after the point, at most 18.
    pub scale: u8,
}
