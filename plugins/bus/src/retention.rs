//! What becomes of old parts (rules 32, 42, 43, 48).

use crate::manifest::PARTS_MAILED;
use crate::rules::*;
use sanbao_kit::prelude::*;

const TO_COME_BACK: Span = Span::months(1);
const TO_BE_DISPOSED_OF: Span = Span::months(1);

/// Part for part: the old one comes back, and is disposed of monthly. From mailed parts only as far as possible.
pub fn replaced(case: &Case) -> OldPart {
    let old = if PARTS_MAILED.is_true(case) {
        OldPart::may_stay(Destination::Headquarters, &BUS_43)
    } else {
        OldPart::comes_back(Destination::Headquarters, &BUS_32).because(BUS_42.cite())
    };
    old.within(TO_COME_BACK).scrapped_after(TO_BE_DISPOSED_OF).because(BUS_48.cite()).because(BUS_R11.cite())
}
