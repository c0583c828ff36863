//! What may be thrown away, and when (LGT-43, BUS-48).

use super::Refusal;
use super::part::Part;
use crate::calendar::Calendar;
use crate::retention::Keeping;
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// How old parts stand towards their monthly disposal (BUS-48).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// They could have gone in an earlier month.
    Overdue,
    /// They are to go this month, and may now.
    Now,
    /// Retention does not let them go yet.
    Later,
    /// Retention never lets them go.
    Never,
}

impl Due {
    /// How parts stand on `today` that may be scrapped from a day on; absent: never.
    pub fn of(scrap_from: Option<Date>, today: Date) -> Self {
        match scrap_from {
            None => Self::Never,
            Some(from) if from > today => Self::Later,
            Some(from) if (from.year(), from.month()) < (today.year(), today.month()) => Self::Overdue,
            Some(_) => Self::Now,
        }
    }

    /// Whether they may be scrapped today.
    pub fn is_due(self) -> bool {
        matches!(self, Self::Overdue | Self::Now)
    }
}

/// Whether good spares may be scrapped on `today`: not while their model is made, nor until the term after
/// its discontinuation has passed (LGT-43). Without a term, any time.
///
/// # Errors
/// [`Refusal::MustBeKept`], with the last day of the term.
pub fn may_scrap_spare(
    part: &Part,
    keeping: Option<&Keeping>,
    today: Date,
    calendar: &Calendar,
) -> Result<(), Refusal> {
    let Some(keeping) = keeping else { return Ok(()) };
    // A term that ends beyond the calendar ends on its last day.
    let until = part.discontinued_on.map(|on| calendar.last_day(on, keeping.term).unwrap_or(Date::MAX));
    if until.is_some_and(|until| today > until) {
        return Ok(());
    }
    let rules = keeping.citations.iter().map(|citation| citation.rule.clone()).collect();
    Err(Refusal::MustBeKept { part: part.number.clone(), until, rules })
}
