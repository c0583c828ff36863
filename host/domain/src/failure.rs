//! How a policy can fail. A failure never fails the ticket: a person takes over.

use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The kind of a failure, counted in the policy's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The component trapped.
    Trap,
    /// More instructions than allowed.
    OutOfFuel,
    /// More time than allowed.
    Deadline,
    /// More memory, tables or instances than allowed.
    Memory,
    /// Recursion too deep.
    StackOverflow,
    /// The answer is larger than allowed.
    ResultTooLarge,
    /// The answer is not of the contract's type.
    Malformed,
    /// The answer cites a rule that the manifest does not declare.
    UnknownCitation,
    /// The answer names a role that the manifest does not declare.
    UnknownRole,
    /// A span beyond what the host accepts, or a date it cannot reach.
    AbsurdSpan,
    /// The answer contradicts itself: covered without an offer, refused without a reason.
    Contradiction,
    /// The host could not run the policy: it is not loaded, or every slot was taken for too long.
    Unavailable,
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFailure {
    /// Its kind.
    pub kind: FailureKind,
    /// What exactly, for the policy's author.
    pub detail: String,
}

impl FailureKind {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::OutOfFuel => "out-of-fuel",
            Self::Deadline => "deadline",
            Self::Memory => "memory",
            Self::StackOverflow => "stack-overflow",
            Self::ResultTooLarge => "result-too-large",
            Self::Malformed => "malformed",
            Self::UnknownCitation => "unknown-citation",
            Self::UnknownRole => "unknown-role",
            Self::AbsurdSpan => "absurd-span",
            Self::Contradiction => "contradiction",
            Self::Unavailable => "unavailable",
        }
    }

    /// What to tell the people on the ticket.
    pub fn explain(self) -> Text {
        let (zh, en) = match self {
            Self::Trap => ("政策程序中止", "the policy program stopped with an error"),
            Self::OutOfFuel => {
                ("政策程序计算量超限", "the policy program used more computation than allowed")
            }
            Self::Deadline => ("政策程序超时", "the policy program took too long"),
            Self::Memory => ("政策程序内存超限", "the policy program asked for more memory than allowed"),
            Self::StackOverflow => ("政策程序递归过深", "the policy program recursed too deeply"),
            Self::ResultTooLarge => ("政策答复过大", "the policy's answer is larger than allowed"),
            Self::Malformed => ("政策答复格式错误", "the policy's answer is malformed"),
            Self::UnknownCitation => {
                ("政策引用了未声明的条款", "the policy cites a rule that it does not declare")
            }
            Self::UnknownRole => ("政策提到未声明的岗位", "the policy names a role that it does not declare"),
            Self::AbsurdSpan => ("政策给出的期限无效", "the policy gives an impossible time limit"),
            Self::Contradiction => ("政策答复自相矛盾", "the policy's answer contradicts itself"),
            Self::Unavailable => ("政策暂时无法运行", "the policy could not be run"),
        };
        Text::new(format!("{zh}，由人工处理。"), format!("A person decides, because {en}."))
    }
}
