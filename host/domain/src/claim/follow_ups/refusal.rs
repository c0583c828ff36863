//! Why a follow-up cannot be done or left out.

use crate::claim::procedure::{Explanation, Obstacle};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such follow-up.
    Unknown,
    /// It was done, left out or stopped.
    Over,
    /// It is not due yet.
    TooEarly,
    /// The policy asks for another way of reaching the customer (FUP-06).
    Channel,
    /// There are more answers than questions.
    Answers,
    /// No reason is given.
    ReasonMissing,
    /// The host alone plans.
    Host,
}

impl Refusal {
    pub(super) fn explained(self) -> Explanation {
        use Obstacle as O;
        match self {
            Self::Unknown => Explanation::new(
                "no-such-follow-up",
                O::Unknown,
                ("没有这次回访", "There is no such follow-up"),
                ("填写 procedures.follow_ups 中的 id。", "Give an id of the claim's procedures.follow_ups."),
            )
            .field("follow_up"),
            Self::Over => Explanation::new(
                "follow-up-over",
                O::State,
                ("这次回访已经结束", "The follow-up is over"),
                ("选择仍待回访的一次。", "Name one that is planned or overdue."),
            )
            .field("follow_up"),
            Self::TooEarly => Explanation::new(
                "follow-up-too-early",
                O::State,
                ("还没有到回访时间", "It is too early for this follow-up"),
                (
                    "到 earliest 之后再回访；提前的联系记入 contacts/record。",
                    "Wait until earliest; take an earlier call down with contacts/record.",
                ),
            )
            .field("follow_up"),
            Self::Channel => Explanation::new(
                "follow-up-channel",
                O::Input,
                ("规定用其他方式回访", "The rule asks for another way of reaching the customer"),
                ("用 channels 中的方式。", "Use one of the follow-up's channels."),
            )
            .field("channel")
            .rule("FUP-06"),
            Self::Answers => Explanation::new(
                "more-answers-than-questions",
                O::Input,
                ("答案多于问题", "There are more answers than questions"),
                (
                    "按 questions 的顺序填写，其余写入 words。",
                    "Answer in the order of questions; the rest goes into words.",
                ),
            )
            .field("answers"),
            Self::ReasonMissing => Explanation::new(
                "reason-missing",
                O::Input,
                ("没有理由", "There is no reason"),
                ("写明为什么不回访。", "Say why nobody calls."),
            )
            .field("reason"),
            Self::Host => Explanation::new(
                "planned-by-the-host",
                O::Right,
                ("回访由政策安排", "Follow-ups are planned by the policy"),
                ("不必手工安排。", "Nothing is to be done by hand."),
            ),
        }
    }
}
