//! Days, moments and spans. Calendar kinds are never converted into one another.

pub use jiff::Timestamp;
pub use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// When something happened: always the day, and the instant where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Moment {
    /// The day in the respondent's time zone.
    pub on: Date,
    /// The instant, needed by rules that count hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

impl Moment {
    /// A day without an instant.
    pub fn day(on: Date) -> Self {
        Self { on, at: None }
    }
}

/// A day alone (`"2024-05-01"`) or both (`{"on": …, "at": …}`). By hand, as serde would copy each before it chose
/// between the two: a case has several of these, and a history many cases.
impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayOrBoth)
    }
}

struct DayOrBoth;

impl<'de> Visitor<'de> for DayOrBoth {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day \"YYYY-MM-DD\" or {\"on\": day, \"at\": RFC 3339 instant}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
        let day = text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))?;
        Ok(Moment::day(day))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Moment, A::Error> {
        #[derive(Deserialize)]
        struct Both {
            on: Date,
            #[serde(default)]
            at: Option<Timestamp>,
        }
        let Both { on, at } = Both::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Moment { on, at })
    }
}

/// The calendar kind of a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanUnit {
    /// Elapsed time.
    Minutes,
    /// Elapsed time.
    Hours,
    /// Calendar days.
    Days,
    /// Working days of the respondent's calendar.
    WorkingDays,
    /// Seven calendar days.
    Weeks,
    /// Calendar months; a day that the target month lacks becomes its last day.
    Months,
    /// Calendar years; 29 February becomes 28 February in a common year.
    Years,
}

/// A length of time in one calendar kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// How many.
    pub amount: u32,
    /// Of which kind.
    pub unit: SpanUnit,
}

impl Span {
    /// A span of `amount` `unit`s.
    pub const fn new(amount: u32, unit: SpanUnit) -> Self {
        Self { amount, unit }
    }

    /// Whether it stays within two hundred years, the longest that the host accepts from a policy.
    pub fn is_sane(self) -> bool {
        let most = match self.unit {
            SpanUnit::Minutes => 200 * 366 * 24 * 60,
            SpanUnit::Hours => 200 * 366 * 24,
            SpanUnit::Days | SpanUnit::WorkingDays => 200 * 366,
            SpanUnit::Weeks => 200 * 53,
            SpanUnit::Months => 200 * 12,
            SpanUnit::Years => 200,
        };
        self.amount <= most
    }
}
