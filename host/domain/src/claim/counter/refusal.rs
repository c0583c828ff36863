//! Why the counter refuses.

use crate::claim::procedure::{Explanation, Obstacle};
use crate::text::Text;
use crate::time::Date;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Who came for the goods is not said.
    NobodyNamed,
    /// A reason is needed.
    ReasonMissing {
        /// By this rule.
        rule: &'static str,
    },
    /// The new date is past, or not later than the one promised last.
    NotLater {
        /// Promised last.
        promised: Option<Date>,
    },
    /// The carrier or the number of the consignment is missing.
    NoWaybill {
        /// Which field.
        field: &'static str,
    },
    /// The notices are not used up, and the customer does not wish it (STO-28).
    StillToCollect,
}

impl Refusal {
    /// In words.
    pub(super) fn explain(&self) -> Explanation {
        let input = |code, field, rule, title, fix| Explanation {
            code,
            kind: Obstacle::Input,
            field: Some(field),
            rule,
            title,
            fix,
        };
        match self {
            Self::NobodyNamed => input(
                "nobody-named",
                "by",
                None,
                Text::new("必须写明取货人", "Who came for the goods must be said"),
                Text::new("填写取货人姓名。", "Give the name of the person."),
            ),
            Self::ReasonMissing { rule } => input(
                "reason-missing",
                "reason",
                Some(*rule),
                Text::new("必须写明原因", "A reason in clear words is needed"),
                Text::new("用清楚的文字写明原因。", "Write the reason in clear words."),
            ),
            Self::NotLater { promised } => {
                let last = promised.map(|day| day.to_string());
                input(
                    "not-later",
                    "until",
                    Some("STO-26"),
                    Text::new("新的日期不是推迟", "The new date puts nothing off"),
                    match last {
                        Some(last) => Text::new(
                            format!("填写晚于 {last} 的日期。"),
                            format!("Give a date later than {last}."),
                        ),
                        None => Text::new("填写今天以后的日期。", "Give a date that is still to come."),
                    },
                )
            }
            Self::NoWaybill { field } => input(
                "waybill-missing",
                field,
                Some("STO-28"),
                Text::new("必须写明承运人和运单号", "Carrier and waybill are needed"),
                Text::new("填写承运人和运单号。", "Give the carrier and the number of the consignment."),
            ),
            Self::StillToCollect => Explanation {
                code: "still-to-collect",
                kind: Obstacle::State,
                field: None,
                rule: Some("STO-28"),
                title: Text::new(
                    "通知尚未用尽，顾客也未要求邮寄",
                    "The notices are not used up, and the customer did not ask for the post",
                ),
                fix: Text::new(
                    "等最后一次通知之后，或注明顾客要求邮寄（on_wish）。",
                    "Wait until the last notice brought nothing, or say that the customer wishes it (on_wish).",
                ),
            },
        }
    }
}
