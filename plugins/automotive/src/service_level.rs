//! A quality problem is fixed within the agreed period (rule 10).

use crate::cause::Origin;
use crate::manifest::FIX_DAYS;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What starts with `event`.
pub fn milestones(case: &Case, event: Event) -> Vec<Milestone> {
    if event != Event::Agreed || Origin::of(case) != Origin::Quality {
        return Vec::new();
    }
    let period = Span::days(FIX_DAYS.amount(&case.settings));
    vec![Milestone::due(
        "fixed",
        words("解决质量问题", "Quality problem fixed"),
        period,
        Event::Completed,
        &AUT_10,
    )]
}
