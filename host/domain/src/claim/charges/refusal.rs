//! Why a step of a quote is refused.

use super::super::procedure::{Explanation, Obstacle};
use crate::text::Text;

/// A step that is refused, or a command of the claim that must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such quote, or a later one took its place.
    NoSuchQuote,
    /// A quote that money was collected on stays.
    MoneyTaken,
    /// The quote is not fit to be shown: amounts below zero or of several currencies.
    Uncountable,
    /// There is nothing to pay.
    NothingToPay,
    /// The customer has not been told (STO-30).
    NotDisclosed,
    /// That has been said already.
    Answered,
    /// Somebody has refused: quote anew.
    Refused,
    /// The terms do not ask for this consent.
    NotAsked,
    /// Words are missing in this field.
    WordsMissing {
        /// Field.
        field: &'static str,
    },
    /// The policy forbids any fee (BUS-16).
    NeverCollected,
    /// Somebody who must agree has not (STO-30; BUS-16).
    NotAgreed,
    /// The work comes first (STO-31).
    WorkFirst,
    /// More than is left to pay, nothing, or another currency.
    WrongAmount,
    /// What is handed in must be all that was collected (BUS-16).
    NotInFull,
    /// No money is in anybody's hands.
    NothingInHand,
    /// The offer is a charged one, and nobody has agreed to a quote (STO-30; LGT-50).
    ConsentFirst,
    /// Collected money is not handed in (BUS-16).
    MoneyInHand,
}

impl Refusal {
    #[allow(clippy::too_many_lines)] // One row for each refusal.
    pub(super) fn explain(&self) -> Explanation {
        use Obstacle::{Input, State, Unknown};
        let say = |code, kind, field, rule, title: [&str; 2], fix: [&str; 2]| Explanation {
            code,
            kind,
            field,
            rule,
            title: Text::new(title[0], title[1]),
            fix: Text::new(fix[0], fix[1]),
        };
        match self {
            Self::NoSuchQuote => say(
                "no-such-quote",
                Unknown,
                Some("quote"),
                None,
                ["没有这份有效报价", "There is no such quote, or a later one took its place"],
                [
                    "填写 procedures.charges 中最后一份报价，或先报价。",
                    "Name the last of procedures.charges, or ask for a quote first.",
                ],
            ),
            Self::MoneyTaken => say(
                "money-taken",
                State,
                None,
                None,
                ["已按此报价收款，不能改价", "Money was collected on this quote, so it stays"],
                ["收款前重新报价。", "Quote anew only before money is collected."],
            ),
            Self::Uncountable => say(
                "quote-uncountable",
                Input,
                Some("items"),
                None,
                [
                    "报价缺少价格、币种不一或金额无法相加",
                    "A price is missing, or the amounts cannot be added up",
                ],
                [
                    "每项都填单价（price），同一币种，数量乘单价须为整数最小单位。",
                    "Give every item a `price` in one currency, so that quantity times price comes out in whole minor units.",
                ],
            ),
            Self::NothingToPay => say(
                "nothing-to-pay",
                State,
                None,
                None,
                ["此报价无需付费", "There is nothing to pay"],
                ["直接开始处理。", "Go on with the work."],
            ),
            Self::NotDisclosed => say(
                "not-disclosed",
                State,
                None,
                Some("STO-30"),
                ["收费项目尚未事先告知顾客", "The customer has not been told what it costs"],
                [
                    "先告知顾客并记录：charges/disclose。",
                    "Tell the customer and record it first: charges/disclose.",
                ],
            ),
            Self::Answered => say(
                "already-answered",
                State,
                None,
                None,
                ["已有答复", "It has been answered already"],
                ["如有变化，请重新报价。", "Quote anew where something has changed."],
            ),
            Self::Refused => say(
                "quote-refused",
                State,
                None,
                Some("STO-30"),
                ["报价已被拒绝", "The quote was refused"],
                ["重新报价。", "Quote anew: charges/quote."],
            ),
            Self::NotAsked => say(
                "consent-not-asked",
                State,
                None,
                None,
                ["此报价不需要这一方同意", "This quote does not need that consent"],
                ["见报价的 consent。", "See the quote's `consent`."],
            ),
            Self::WordsMissing { field } => say(
                "words-missing",
                Input,
                Some(field),
                Some("STO-30"),
                ["此处须填写", "This must be filled in"],
                ["如实填写。", "Fill it in truthfully."],
            ),
            Self::NeverCollected => say(
                "never-collected",
                State,
                None,
                Some("BUS-16"),
                ["政策不允许收取任何费用", "The policy allows no fee"],
                ["不要收费。", "Do not collect anything."],
            ),
            Self::NotAgreed => say(
                "consent-missing",
                State,
                None,
                Some("STO-30"),
                ["未取得同意前不得收费", "Nothing is collected before everybody agrees who must"],
                [
                    "先取得顾客同意（charges/consent）和上级同意（charges/approve），以报价的 consent 为准。",
                    "Obtain the consent that the quote's `consent` names: charges/consent, charges/approve.",
                ],
            ),
            Self::WorkFirst => say(
                "work-first",
                State,
                None,
                Some("STO-31"),
                ["先服务，后收费", "The service comes first, the money afterwards"],
                ["处理完成后再收款。", "Collect when the work is complete."],
            ),
            Self::WrongAmount => say(
                "wrong-amount",
                Input,
                Some("amount"),
                None,
                [
                    "金额为零、超出应付余额或币种不同",
                    "The amount is nothing, more than is left to pay, or in another currency",
                ],
                ["不超过报价合计的未付部分。", "Collect at most what is left of the quote's total."],
            ),
            Self::NotInFull => say(
                "not-in-full",
                Input,
                Some("amount"),
                Some("BUS-16"),
                ["所收款项须全额上交", "Collected money is handed in in full"],
                [
                    "上交金额应等于已收未交的金额。",
                    "Hand in exactly what was collected and not handed in yet.",
                ],
            ),
            Self::NothingInHand => say(
                "nothing-in-hand",
                State,
                None,
                Some("BUS-16"),
                ["没有待上交的款项", "No collected money is waiting to be handed in"],
                ["先收款。", "Collect it first."],
            ),
            Self::ConsentFirst => say(
                "consent-missing",
                State,
                None,
                Some("STO-30"),
                ["收费处理须先报价并取得同意", "Charged work needs a quote that was agreed to"],
                [
                    "先报价（charges/quote）、告知（charges/disclose）并取得同意。",
                    "Quote it (charges/quote), tell the customer (charges/disclose) and obtain consent first.",
                ],
            ),
            Self::MoneyInHand => say(
                "money-in-hand",
                State,
                None,
                Some("BUS-16"),
                ["所收款项尚未上交", "Collected money is not handed in yet"],
                ["先全额上交：charges/hand-in。", "Hand it in in full first: charges/hand-in."],
            ),
        }
    }
}
