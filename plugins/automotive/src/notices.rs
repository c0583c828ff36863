//! What customers are told: by cause (rules 10 and 11), when all else fails (rule 12), and thanks (ENC-06).

use crate::cause::Origin;
use crate::manifest::*;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What `event` sets off.
pub fn sequence(case: &Case, event: Event) -> Vec<Notice> {
    match (event, Origin::of(case)) {
        (Event::Judged, Origin::Quality) => vec![apology(FIX_DAYS.amount(&case.settings))],
        (Event::Judged, Origin::Human) => vec![explanation()],
        (Event::Unrepairable, _) => vec![invitation()],
        (Event::Closed, _) if WELL_RECEIVED.is_true(case) || FAVOUR_OWED.is_true(case) => vec![thanks()],
        _ => Vec::new(),
    }
}

fn apology(days: u32) -> Notice {
    Notice::to(
        "apology",
        Side::Claimant,
        words("致歉与承诺", "Our apology and promise"),
        say!(
            zh: "产品质量给您带来不便，我们深表歉意，并承诺在约定后 ", days, " 天内解决。";
            en: "We apologise for the quality problem. It will be fixed within ", days, " days of our agreement."
        ),
        &AUT_10,
    )
}

fn explanation() -> Notice {
    Notice::to(
        "explanation",
        Side::Claimant,
        words("原因说明", "What we found"),
        words(
            "感谢您的反馈。经查，问题并非产品质量所致，不在保修范围；我们可以为您提供其他解决办法，请见报价。",
            "Thank you for telling us. Product quality is not the cause, so the warranty does not cover it; \
             we can offer another solution: please see the quote.",
        ),
        &AUT_11,
    )
}

fn invitation() -> Notice {
    Notice::to(
        "your-suggestion",
        Side::Claimant,
        words("请您提出解决办法", "What would you suggest?"),
        words(
            "产品无法修复。请告诉我们您希望怎样解决。",
            "The product cannot be repaired. Please tell us which solution you would suggest.",
        ),
        &AUT_12,
    )
}

fn thanks() -> Notice {
    Notice::to(
        "thank-you",
        Side::Claimant,
        words("感谢信", "Thank you"),
        words("感谢您对我们服务的支持。", "Thank you for your support of our service."),
        &ENC_06,
    )
    .by(Channel::Written)
}
