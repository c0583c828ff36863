//! Why a step of an out-of-stock registration is refused.

use crate::claim::procedure::{Explanation, Obstacle};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The ticket registers nothing that is out of stock.
    NotRegistered,
    /// It is at its end.
    Ended,
    /// No transfer is arranged (STO-33).
    NotArranged,
    /// The stock is not confirmed.
    NotConfirmed,
    /// The customer was not asked once more (STO-34).
    NotAskedAgain,
    /// The transfer has not started.
    NotStarted,
    /// The goods are not here.
    NotArrived,
    /// This step has been done.
    Done,
    /// Nothing is said.
    WordsMissing,
    /// The registration waits for its end.
    Open,
}

impl Refusal {
    pub(super) fn explained(self) -> Explanation {
        let state = |code, zh, en, fix| Explanation::new(code, Obstacle::State, (zh, en), fix);
        match self {
            Self::NotRegistered => state(
                "no-stock-request",
                "这不是缺货登记",
                "The ticket registers nothing that is out of stock",
                ("以 matter 为 stock-request 另开工单。", "Open a ticket whose matter is stock-request."),
            )
            .rule("STO-33"),
            Self::Ended => state(
                "stock-request-ended",
                "缺货登记已经结束",
                "The registration is at its end",
                ("需要时另开工单。", "Open a new ticket where something else is wanted."),
            ),
            Self::NotArranged => state(
                "transfer-not-arranged",
                "尚未联系调货",
                "No transfer is arranged",
                (
                    "先 stock/arrange 填写来源和到货日期。",
                    "Arrange it with its source and the day of arrival.",
                ),
            )
            .rule("STO-33"),
            Self::NotConfirmed => state(
                "stock-not-confirmed",
                "尚未确认货源",
                "The stock is not confirmed",
                ("先 stock/confirm。", "Confirm the stock first."),
            )
            .rule("STO-34"),
            Self::NotAskedAgain => state(
                "customer-not-asked-again",
                "调货前必须再次联系顾客",
                "The customer must be asked again before the transfer",
                ("先 stock/ask-again，以防顾客改变主意。", "Ask again first, in case of a change of mind."),
            )
            .rule("STO-34"),
            Self::NotStarted => state(
                "transfer-not-started",
                "尚未开始调货",
                "The transfer has not started",
                ("先 stock/start-transfer。", "Start the transfer first."),
            ),
            Self::NotArrived => state(
                "stock-not-arrived",
                "货还没有到",
                "The goods are not here",
                ("到货后先 stock/arrive。", "Take their arrival down first."),
            )
            .rule("STO-36"),
            Self::Done => state(
                "stock-step-done",
                "这一步已经做过",
                "This step has been done",
                ("继续下一步。", "Go on with the next step."),
            ),
            Self::WordsMissing => Explanation::new(
                "words-missing",
                Obstacle::Input,
                ("没有内容", "Nothing is said"),
                ("写明内容。", "Write it down in clear words."),
            )
            .field("words"),
            Self::Open => state(
                "stock-request-open",
                "缺货登记尚未结束",
                "The registration is not at its end",
                (
                    "顾客取货、放弃或被告知无货后才能关闭。",
                    "The customer collects the goods, declines them, or is told that they cannot be had.",
                ),
            )
            .rule("STO-35"),
        }
    }
}
