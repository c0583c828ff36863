//! Exact decimals as text, without floating point.

use crate::money::Decimal;
use serde_json::Number;

/// What an `i64` holds whatever the digits are, and the most that the contract allows after the point.
const MOST_DIGITS: usize = 18;
/// Digits that a double carries faithfully.
const MOST_FLOAT_DIGITS: usize = 15;

/// `-12.50`; the digits after the point are kept as given.
pub(crate) fn parse(text: &str) -> Option<Decimal> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || (unsigned.contains('.') && !digits(fraction)) || fraction.len() > MOST_DIGITS {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    if significant.len() > MOST_DIGITS {
        return None;
    }
    let amount: i64 = if significant.is_empty() { 0 } else { significant.parse().ok()? };
    Some(Decimal {
        digits: if negative { -amount } else { amount },
        scale: u8::try_from(fraction.len()).ok()?,
    })
}

/// A JSON number, unless the reader may already have rounded it: such figures must come as text.
pub(super) fn from_number(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    if !number.is_f64() {
        return parse(&text);
    }
    let found = reduced(parse(&text)?);
    (found.digits.unsigned_abs().to_string().len() <= MOST_FLOAT_DIGITS).then_some(found)
}

/// The inverse of [`parse`].
pub(crate) fn print(number: Decimal) -> String {
    let scale = usize::from(number.scale);
    let sign = if number.digits < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", number.digits.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Without zeros at the end of the fraction.
pub(super) fn reduced(mut number: Decimal) -> Decimal {
    while number.scale > 0 && number.digits % 10 == 0 {
        number.digits /= 10;
        number.scale -= 1;
    }
    number
}
