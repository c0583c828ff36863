//! Short texts with figures in them, without the standard formatting machinery.

use crate::types::{Date, Span, SpanUnit};
use alloc::string::String;

/// Something that a text is put together from.
pub trait Piece {
    /// Appends it.
    fn write(&self, to: &mut String);
}

impl Piece for str {
    fn write(&self, to: &mut String) {
        to.push_str(self);
    }
}

impl Piece for String {
    fn write(&self, to: &mut String) {
        to.push_str(self);
    }
}

impl<P: Piece + ?Sized> Piece for &P {
    fn write(&self, to: &mut String) {
        (**self).write(to);
    }
}

impl Piece for i64 {
    fn write(&self, to: &mut String) {
        let mut digits = [0u8; 20];
        let mut first = digits.len();
        let mut rest = self.unsigned_abs();
        loop {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if *self < 0 {
            to.push('-');
        }
        digits[first..].iter().for_each(|digit| to.push(*digit as char));
    }
}

impl Piece for i32 {
    fn write(&self, to: &mut String) {
        i64::from(*self).write(to);
    }
}

impl Piece for u32 {
    fn write(&self, to: &mut String) {
        i64::from(*self).write(to);
    }
}

impl Piece for u64 {
    fn write(&self, to: &mut String) {
        i64::try_from(*self).unwrap_or(i64::MAX).write(to);
    }
}

/// As in ISO 8601: 2024-05-01.
impl Piece for Date {
    fn write(&self, to: &mut String) {
        i64::from(self.year).write(to);
        for part in [self.month, self.day] {
            to.push('-');
            to.push((b'0' + part / 10) as char);
            to.push((b'0' + part % 10) as char);
        }
    }
}

impl Span {
    /// "3 个月".
    pub fn zh(self) -> String {
        let mut text = String::new();
        self.amount.write(&mut text);
        text.push_str(match self.unit {
            SpanUnit::Minutes => " 分钟",
            SpanUnit::Hours => " 小时",
            SpanUnit::Days => " 天",
            SpanUnit::WorkingDays => " 个工作日",
            SpanUnit::Weeks => " 周",
            SpanUnit::Months => " 个月",
            SpanUnit::Years => " 年",
        });
        text
    }

    /// "3 months".
    pub fn en(self) -> String {
        let mut text = String::new();
        self.amount.write(&mut text);
        text.push_str(match self.unit {
            SpanUnit::Minutes => " minute",
            SpanUnit::Hours => " hour",
            SpanUnit::Days => " day",
            SpanUnit::WorkingDays => " working day",
            SpanUnit::Weeks => " week",
            SpanUnit::Months => " month",
            SpanUnit::Years => " year",
        });
        if self.amount != 1 {
            text.push('s');
        }
        text
    }
}

/// A text in both languages from strings, whole numbers and dates:
/// `say!(zh: "购买后第 ", days, " 天"; en: "day ", days, " since the sale")`.
#[macro_export]
macro_rules! say {
    (zh: $($zh:expr),+; en: $($en:expr),+ $(;)?) => {{
        let mut zh = $crate::reexport::String::new();
        $($crate::Piece::write(&$zh, &mut zh);)+
        let mut en = $crate::reexport::String::new();
        $($crate::Piece::write(&$en, &mut en);)+
        $crate::types::Text { zh, en }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_write_them() {
        let said = say!(zh: "第 ", -12i32, " 天，", Date::new(2024, 5, 1); en: Span::weeks(1).en(), ", ", 0u32, i64::MIN);
        assert_eq!(said.zh, "第 -12 天，2024-05-01");
        assert_eq!(said.en, "1 week, 0-9223372036854775808");
    }
}
