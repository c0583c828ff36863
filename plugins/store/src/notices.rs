//! What the customer hears and when: a clear refusal (25), a delay in advance (26), three notices to collect (27,
//! 28), that repair is impossible (29), and everything about missing stock (33, 34, 36).

use crate::coverage;
use crate::manifest::{OPERATIONS_MANAGER, STORE_MANAGER};
use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// Between two notices to collect (27; STO-R11).
const AGAIN: Span = Span::days(3);
/// Notices to collect after the first (28).
const MORE: u32 = 2;

/// What `event` sets off.
pub fn sequence(case: &Case, event: Event) -> Vec<Notice> {
    match event {
        Event::Rejected => vec![refusal(case)],
        Event::Delayed => vec![delay()],
        Event::ReadyToCollect => vec![ready_to_collect()],
        Event::Unrepairable => unrepairable(),
        Event::StockRequested => stock_requested(),
        Event::StockConfirmed => vec![stock_confirmed()],
        Event::StockArrived => vec![stock_arrived()],
        _ => Vec::new(),
    }
}

/// Article 25: the texts of the articles that stand against the request, and what is open instead.
fn refusal(case: &Case) -> Notice {
    let verdict = coverage::decide(case);
    let refused = verdict.ruling == Ruling::NotCovered;
    let mut body =
        Text::from(words("很抱歉，您的要求不能满足。", "We are sorry: your request cannot be granted."));
    if refused {
        for reason in &verdict.citations {
            explain(reason, &mut body);
        }
    }
    if verdict.offers.iter().any(|offer| offer.charge == Charge::Quoted) {
        body.zh.push_str("您可以选择收费维修，费用会事先告知。");
        body.en.push_str(" You may have it repaired for a fee, which you are told beforehand.");
    }
    let subject = words("不能满足您要求的说明", "Why we cannot grant your request");
    let mut notice = Notice::to("refusal", Side::Claimant, subject, body, &STO_25);
    if refused {
        notice.citations.extend(verdict.citations);
    }
    notice
}

/// The article's own words, and how they apply to the case.
fn explain(reason: &Citation, body: &mut Text) {
    let Some(rule) = rules::ALL.iter().find(|rule| rule.id == reason.rule) else { return };
    body.zh.push_str(rule.text.zh);
    body.en.push(' ');
    body.en.push_str(rule.text.en);
    if let Some(detail) = &reason.detail {
        for (text, open, inner, close) in
            [(&mut body.zh, "（", &detail.zh, "）"), (&mut body.en, " (", &detail.en, ")")]
        {
            text.push_str(open);
            text.push_str(inner);
            text.push_str(close);
        }
    }
}

fn delay() -> Notice {
    Notice::to(
        "delay",
        Side::Claimant,
        words("维修将延期", "Your repair will be late"),
        words(
            "您的商品不能如期修好，我们会尽快告知新的日期。",
            "Your goods will not be repaired by the promised date. We will tell you the new one soon.",
        ),
        &STO_26,
    )
    .by(Channel::Phone)
    .by(Channel::Message)
}

/// Articles 27 and 28: at once, twice more, then the enterprise is told and the goods are posted.
fn ready_to_collect() -> Notice {
    Notice::to(
        "collect",
        Side::Claimant,
        words("商品已修好，请来取", "Your goods are ready"),
        words(
            "您的商品已修好到店，请来取。",
            "Your repaired goods are back in the store: please collect them.",
        ),
        &STO_27,
    )
    .repeated(AGAIN, MORE)
    .stopped_by(Event::Collected)
    .at_last(LastResort::TellSuperiorAndPostGoods)
    .by(Channel::Phone)
    .by(Channel::Message)
    .because(STO_28.cite())
    .because(STO_R11.cite())
}

fn unrepairable() -> Vec<Notice> {
    vec![
        Notice::to(
            "unrepairable",
            Side::Claimant,
            words("商品无法维修", "Your goods cannot be repaired"),
            words(
                "很抱歉，您的商品无法维修，恳请谅解。我们正在请示上级如何解决，会尽快答复您。",
                "We are sorry: your goods cannot be repaired, and we ask for your understanding. A superior is settling what we can do for you.",
            ),
            &STO_29,
        ),
        Notice::to_role(
            "settle-unrepairable",
            &STORE_MANAGER,
            words("无法维修，请决定", "Unrepairable goods to settle"),
            words(
                "商品无法维修，请决定如何解决。",
                "Goods cannot be repaired: please decide how to settle the case.",
            ),
            &STO_29,
        ),
    ]
}

fn stock_requested() -> Vec<Notice> {
    vec![
        Notice::to(
            "stock-registered",
            Side::Claimant,
            words("缺货已登记", "Your request is registered"),
            words(
                "您要的商品已登记缺货，我们正在组织调货，一周内答复您。",
                "We have registered what you want, are organising a transfer, and you have a reply within 1 week.",
            ),
            &STO_33,
        )
        .because(STO_35.cite()),
        Notice::to_role(
            "organise-transfer",
            &OPERATIONS_MANAGER,
            words("请组织调货", "A transfer to organise"),
            words("请立即组织调货，并确认到货日期。", "Please organise a transfer at once and confirm the arrival date."),
            &STO_33,
        ),
    ]
}

fn stock_confirmed() -> Notice {
    Notice::to(
        "before-transfer",
        Side::Claimant,
        words("已找到货源，请确认", "Stock found: please confirm"),
        words(
            "您要的商品已有货。调货之前请您确认是否仍然需要。",
            "What you want is in stock. Before we transfer it, please tell us whether you still want it.",
        ),
        &STO_34,
    )
    .by(Channel::Phone)
    .by(Channel::Message)
}

fn stock_arrived() -> Notice {
    Notice::to(
        "stock-arrived",
        Side::Claimant,
        words("商品已到货", "Your goods have arrived"),
        words("您要的商品已到货，请来取。", "What you asked for has arrived: please collect it."),
        &STO_36,
    )
    .by(Channel::Phone)
    .by(Channel::Message)
}
