//! The supply of parts (rule 3).

use crate::manifest::PARTS_YEARS;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// Parts of every kind are kept for the years that the party chose.
pub fn keep(case: &Case) -> Keeping {
    Keeping::of(Span::years(PARTS_YEARS.amount(&case.settings)), &AUT_03)
}
