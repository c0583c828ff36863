//! Where a value comes from and how the text of a cell becomes JSON.

use iso_currency::Currency;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One entry of a map's `[fields]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Source {
    /// The same value for every row.
    pub(super) constant: Option<toml::Value>,
    /// The day of `--as-of`.
    #[serde(default)]
    pub(super) as_of: bool,
    /// Heading of the column.
    pub(super) column: Option<String>,
    /// Headings of several columns; their values are joined to one text, "HEADING value; …".
    #[serde(default)]
    pub(super) join: Vec<String>,
    /// The first case that holds gives the value.
    #[serde(default)]
    pub(super) when: Vec<When>,
    /// The value when no case holds.
    pub(super) otherwise: Option<String>,
    /// How the cell's text is read.
    #[serde(default, rename = "as")]
    pub(super) form: Form,
    /// ISO 4217 code, for money.
    pub(super) currency: Option<String>,
    /// Translation of the cell's text; what is not listed is rejected.
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
    /// Texts that stand for "nothing here". An empty cell always does when `optional` is set.
    #[serde(default)]
    pub(super) skip: Vec<String>,
    /// An empty cell leaves the field out instead of rejecting the row.
    #[serde(default)]
    pub(super) optional: bool,
    /// Least number accepted.
    pub(super) min: Option<i64>,
    /// Greatest number accepted.
    pub(super) max: Option<i64>,
}

/// One case of `when`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    /// Headings; the case holds when any of these columns …
    pub(super) any: Vec<String>,
    /// … has one of these values.
    #[serde(rename = "in")]
    pub(super) values: Vec<String>,
    /// What the field is then.
    pub(super) then: String,
}

/// How a cell's text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    #[default]
    Text,
    Integer,
    Decimal,
    /// true, yes, 1 or false, no, 0.
    Boolean,
    /// YYYY-MM-DD.
    Date,
    /// RFC 3339.
    Instant,
    /// Major units ("12.50"), turned into minor units exactly.
    Money,
    /// An age in days; becomes the day that many days before `--as-of`.
    DaysBefore,
}

/// What kind of value a source gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    Instant,
    Money,
}

impl Form {
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Text => Shape::Text,
            Self::Integer => Shape::Integer,
            Self::Decimal => Shape::Decimal,
            Self::Boolean => Shape::Boolean,
            Self::Date | Self::DaysBefore => Shape::Date,
            Self::Instant => Shape::Instant,
            Self::Money => Shape::Money,
        }
    }
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum CellError {
    #[error("is empty")]
    Empty,
    #[error("is none of the values that the map knows: {0}")]
    UnknownValue(String),
    #[error("is not a whole number")]
    NotInteger,
    #[error("is not a decimal number of at most 18 digits")]
    NotDecimal,
    #[error("is neither true, yes, 1 nor false, no, 0")]
    NotBoolean,
    #[error("is not a day YYYY-MM-DD")]
    NotDate,
    #[error("is not an instant like 2026-03-01T09:30:00Z")]
    NotInstant,
    #[error("is not an amount in {currency} with at most {digits} digits after the point")]
    NotMoney { currency: String, digits: u16 },
    #[error("is below {0}")]
    TooSmall(i64),
    #[error("is above {0}")]
    TooGreat(i64),
    #[error("leads to no day of the calendar")]
    NoSuchDay,
}

impl Source {
    /// Reads one cell; `None` when there is nothing to say.
    pub(super) fn read(&self, cell: &str, as_of: Date) -> Result<Option<Value>, CellError> {
        let cell = cell.trim();
        if self.skip.iter().any(|skip| skip == cell) {
            return Ok(None);
        }
        if cell.is_empty() && !self.values.contains_key("") {
            return if self.optional { Ok(None) } else { Err(CellError::Empty) };
        }
        let text = if self.values.is_empty() { cell } else { self.translate(cell)? };
        match self.form {
            Form::Text => Ok(json!(text)),
            Form::Integer => self.number(text).map(|number| json!(number)),
            // As text: a JSON number would pass through floating point.
            Form::Decimal => minor_units(text, 18).map(|_| json!(text)).ok_or(CellError::NotDecimal),
            Form::Boolean => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(json!(true)),
                "false" | "no" | "0" => Ok(json!(false)),
                _ => Err(CellError::NotBoolean),
            },
            Form::Date => text.parse::<Date>().map(|day| json!(day)).map_err(|_| CellError::NotDate),
            Form::Instant => text.parse::<Timestamp>().map(|at| json!(at)).map_err(|_| CellError::NotInstant),
            Form::Money => self.money(text),
            Form::DaysBefore => {
                let age = self.number(text)?;
                let span = Span::new().try_days(age).map_err(|_| CellError::NoSuchDay)?;
                as_of.checked_sub(span).map(|day| json!(day)).map_err(|_| CellError::NoSuchDay)
            }
        }
        .map(Some)
    }

    fn translate(&self, cell: &str) -> Result<&str, CellError> {
        let known =
            || self.values.keys().chain(&self.skip).map(String::as_str).collect::<Vec<_>>().join(", ");
        self.values.get(cell).map(String::as_str).ok_or_else(|| CellError::UnknownValue(known()))
    }

    fn number(&self, text: &str) -> Result<i64, CellError> {
        let number: i64 = text.parse().map_err(|_| CellError::NotInteger)?;
        match (self.min, self.max) {
            (Some(min), _) if number < min => Err(CellError::TooSmall(min)),
            (_, Some(max)) if number > max => Err(CellError::TooGreat(max)),
            _ => Ok(number),
        }
    }

    fn money(&self, text: &str) -> Result<Value, CellError> {
        let code = self.currency.as_deref().unwrap_or_default();
        let digits = Currency::from_code(code).and_then(|currency| currency.exponent()).unwrap_or(0);
        let minor = minor_units(text, digits)
            .ok_or_else(|| CellError::NotMoney { currency: code.to_owned(), digits })?;
        if let Some(min) = self.min.filter(|min| text_below(minor, *min, digits)) {
            return Err(CellError::TooSmall(min));
        }
        Ok(json!({ "amount": minor, "currency": code }))
    }
}

fn text_below(minor: i64, min: i64, digits: u16) -> bool {
    min.checked_mul(10_i64.pow(digits.into())).is_some_and(|least| minor < least)
}

/// "12.5" with 2 digits is 1250; exact, or nothing. Fewer digits are filled up, further zeros are dropped.
pub(super) fn minor_units(text: &str, digits: u16) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1_i64, rest),
        None => (1, text),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || unsigned.ends_with('.') {
        return None;
    }
    let digits = usize::from(digits);
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > digits {
        return None;
    }
    // A decimal of 18 digits is checked for its length only, not scaled up.
    let padding = if digits == 18 { fraction.len() } else { digits };
    let all = format!("{whole}{fraction:0<padding$}");
    all.parse::<i64>().ok()?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn source(toml: &str) -> Source {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn money_is_exact_in_every_currency() {
        let inr = source("column = 'x'\nas = 'money'\ncurrency = 'INR'");
        let yen = source("column = 'x'\nas = 'money'\ncurrency = 'JPY'");
        let dinar = source("column = 'x'\nas = 'money'\ncurrency = 'KWD'");
        let as_of = date(2026, 1, 1);
        let amount = |source: &Source, text| source.read(text, as_of).map(|v| v.unwrap()["amount"].clone());
        assert_eq!(amount(&inr, "15000"), Ok(json!(1_500_000)));
        assert_eq!(amount(&inr, "0.10"), Ok(json!(10)));
        assert_eq!(amount(&inr, "-3.5"), Ok(json!(-350)));
        assert_eq!(amount(&yen, "700"), Ok(json!(700)));
        assert_eq!(amount(&yen, "700.00"), Ok(json!(700)));
        assert_eq!(amount(&dinar, "1.234"), Ok(json!(1234)));
        for bad in ["1.234", "1,000", "1e3", ".5", "5.", "", "₹5", "99999999999999999999"] {
            assert!(inr.read(bad, as_of).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_age_in_days_is_a_day_before_the_reference_day() {
        let age = source("column = 'x'\nas = 'days-before'\nmin = 0");
        assert_eq!(age.read("60", date(2026, 3, 1)), Ok(Some(json!("2025-12-31"))));
        assert_eq!(age.read("0", date(2024, 2, 29)), Ok(Some(json!("2024-02-29"))));
        assert_eq!(age.read("-1", date(2024, 2, 29)), Err(CellError::TooSmall(0)));
        assert_eq!(age.read("9999999999", date(2024, 2, 29)), Err(CellError::NoSuchDay));
    }

    #[test]
    fn an_empty_cell_is_an_error_unless_the_map_says_otherwise() {
        let strict = source("column = 'x'");
        let loose = source("column = 'x'\noptional = true\nskip = ['-']");
        assert_eq!(strict.read(" ", date(2026, 1, 1)), Err(CellError::Empty));
        assert_eq!(loose.read("", date(2026, 1, 1)), Ok(None));
        assert_eq!(loose.read("-", date(2026, 1, 1)), Ok(None));
    }
}
