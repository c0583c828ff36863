//! Why a step on a finding is refused.

use crate::claim::procedure::{Explanation, Obstacle};
use crate::money::Money;
use crate::text::Text;

/// A step that the machine refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says of itself what is wrong, below.
pub enum Refusal {
    NothingToDo,
    RecordedAlready,
    NoSuchFinding,
    NoSuchMeasure { measures: usize },
    StandsOtherwise,
    AmountMissing,
    OtherCurrency { currency: String },
    TooLittle { least: Money },
    TooMuch { most: Money },
    NotLess,
    SamePerson,
}

impl Refusal {
    /// In words.
    pub fn explain(&self) -> Explanation {
        use Obstacle::{Input, Right, State, Unknown};
        let (code, kind, field, title, fix) = match self {
            Self::NothingToDo => (
                "no-such-measure-now",
                State,
                None,
                Text::new("目前没有处于该状态的处罚", "No measure stands so that this is possible"),
                Text::new("查看 findings 中各项的 standing。", "See how each measure stands in `findings`."),
            ),
            Self::RecordedAlready => (
                "recorded-already",
                State,
                None,
                Text::new("该发现已登记", "The finding is recorded already"),
                Text::new("无需再次登记。", "Nothing more is needed."),
            ),
            Self::NoSuchFinding => (
                "no-such-finding",
                Unknown,
                Some("finding"),
                Text::new("没有这项发现", "There is no such finding"),
                Text::new("填写 findings 中的 id。", "Give an id from `findings`."),
            ),
            Self::NoSuchMeasure { measures } => (
                "no-such-measure",
                Input,
                Some("measure"),
                Text::new(
                    format!("该发现有 {measures} 项处罚"),
                    format!("The finding has {measures} measures"),
                ),
                Text::new("填写其位置，从 0 起。", "Give the position of one, from 0."),
            ),
            Self::StandsOtherwise => (
                "measure-stands-otherwise",
                State,
                Some("measure"),
                Text::new("该处罚的状态不允许", "The measure does not stand so that this is possible"),
                Text::new("查看其 standing。", "See its `standing`."),
            ),
            Self::AmountMissing => (
                "amount-missing",
                Input,
                Some("amount"),
                Text::new("缺少金额", "The measure needs an amount"),
                Text::new("填写不小于零的金额。", "State how much, not less than nothing."),
            ),
            Self::OtherCurrency { currency } => (
                "other-currency",
                Input,
                Some("amount.currency"),
                Text::new(format!("币种应为 {currency}"), format!("The policy proposes it in {currency}")),
                Text::new(format!("用 {currency} 填写。"), format!("State it in {currency}.")),
            ),
            Self::TooLittle { least } => (
                "less-than-proposed",
                Input,
                Some("amount"),
                Text::new(format!("低于下限 {least}"), format!("It is less than the least amount, {least}")),
                Text::new("填写不低于下限的金额，或撤销处罚。", "State at least that, or drop the measure."),
            ),
            Self::TooMuch { most } => (
                "more-than-proposed",
                Input,
                Some("amount"),
                Text::new(format!("高于上限 {most}"), format!("It is more than the most, {most}")),
                Text::new("填写不高于上限的金额。", "State no more than that."),
            ),
            Self::NotLess => (
                "not-less",
                Input,
                Some("amount"),
                Text::new("减轻后的金额并不更低", "A reduced amount is less than the present one"),
                Text::new("填写更低的金额，或维持原处罚。", "State less, or uphold the measure."),
            ),
            Self::SamePerson => (
                "same-person",
                Right,
                None,
                Text::new("申诉应由另一人处理", "Another person settles an appeal"),
                Text::new("换用另一人的密钥。", "Use the key of somebody who did not confirm the measure."),
            ),
        };
        Explanation { code, kind, field, rule: Some("STO-38"), title, fix }
    }
}
