//! Money and exact decimals; never floating point.

use iso_currency::Currency;
use serde::{Deserialize, Serialize};
use std::fmt;

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

/// As people write it: `1299.00 CNY`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = Currency::from_code(&self.currency).and_then(Currency::exponent).unwrap_or(0);
        let scale = u8::try_from(digits).unwrap_or(0);
        write!(f, "{} {}", Decimal { digits: self.minor, scale }, self.currency)
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

/// The text is no decimal: digits, perhaps with a point and a sign, at most 18 in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a decimal is written as digits with at most one point, such as 12.50")]
pub struct NoDecimal;

impl std::str::FromStr for Decimal {
    type Err = NoDecimal;

    /// `-12.50`; the digits after the point are kept as given.
    fn from_str(text: &str) -> Result<Self, NoDecimal> {
        crate::manifest::intake::decimal::parse(text).ok_or(NoDecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::manifest::intake::decimal::print(*self))
    }
}
