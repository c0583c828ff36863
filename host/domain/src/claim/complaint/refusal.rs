//! Why a step of a complaint is refused.

use super::Name;
use crate::claim::procedure::{Explanation, Obstacle};

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has complained.
    NoComplaint,
    /// It has been taken down already.
    Received,
    /// Another step comes first (FUP-07…11).
    First(Name),
    /// This step has been done.
    Done,
    /// It is at its end.
    Resolved,
    /// Nothing is said.
    WordsMissing,
    /// It is not said why the service was at fault, or was not (BUS-05).
    ReasonMissing,
    /// No department is named (CTL-06).
    DepartmentMissing,
    /// Money without an amount, or an amount where no money is paid.
    Amount,
    /// A complaint waits for its end.
    Unresolved,
}

impl Refusal {
    pub(super) fn explained(self) -> Explanation {
        use Obstacle as O;
        match self {
            Self::NoComplaint => Explanation::new(
                "no-complaint",
                O::State,
                ("没有投诉", "Nobody has complained"),
                ("先 complaint/receive 记下投诉。", "Take the complaint down with complaint/receive."),
            ),
            Self::Received => Explanation::new(
                "complaint-received",
                O::State,
                ("投诉已经记下", "The complaint has been taken down"),
                (
                    "继续下一步；新的话记为联系记录。",
                    "Go on with its steps; take further words down as a contact.",
                ),
            ),
            Self::First(step) => first(step),
            Self::Done => Explanation::new(
                "complaint-step-done",
                O::State,
                ("这一步已经做过", "This step has been done"),
                ("继续下一步。", "Go on with the next step."),
            ),
            Self::Resolved => Explanation::new(
                "complaint-resolved",
                O::State,
                ("投诉已经办结", "The complaint is at its end"),
                ("新的不满另开工单。", "Open a new ticket for a new complaint."),
            ),
            Self::WordsMissing => Explanation::new(
                "words-missing",
                O::Input,
                ("没有内容", "Nothing is said"),
                ("用清楚的文字写明。", "Write it down in clear words."),
            )
            .field("words"),
            Self::ReasonMissing => Explanation::new(
                "reason-missing",
                O::Input,
                ("没有理由", "There is no reason"),
                ("写明服务是否有过错及理由。", "Say why the service was at fault, or was not."),
            )
            .field("reason")
            .rule("BUS-05"),
            Self::DepartmentMissing => Explanation::new(
                "department-missing",
                O::Input,
                ("没有责任部门", "No responsible department is named"),
                ("写明责任部门。", "Name the department that must put it right."),
            )
            .field("department")
            .rule("CTL-06"),
            Self::Amount => Explanation::new(
                "amount-misplaced",
                O::Input,
                ("赔偿金额不合要求", "The amount does not fit the amends"),
                (
                    "compensation 填写大于零的 amount，其他方式不填。",
                    "Give a positive amount with compensation, and none with anything else.",
                ),
            )
            .field("amount")
            .rule("FUP-11"),
            Self::Unresolved => Explanation::new(
                "complaint-unresolved",
                O::State,
                ("投诉尚未办结", "The complaint is not at its end"),
                (
                    "依次完成投诉各步，最后 complaint/resolve。",
                    "Go through the steps of the complaint, and end it with complaint/resolve.",
                ),
            )
            .rule("FUP-11"),
        }
    }
}

fn first(step: Name) -> Explanation {
    let (rule, zh, en) = match step {
        Name::Thank => {
            ("FUP-07", "先感谢顾客（complaint/thank）。", "Thank the customer first: complaint/thank.")
        }
        Name::Listen => (
            "FUP-08",
            "先听完顾客的陈述并记下（complaint/listen）。",
            "Hear the customer out first and take it down: complaint/listen.",
        ),
        Name::FindFacts => (
            "FUP-09",
            "先收集材料、查明事实（complaint/find-facts）。",
            "Collect the material and find the facts first: complaint/find-facts.",
        ),
        Name::AskWish => (
            "FUP-10",
            "先问顾客希望怎样解决（complaint/ask-wish）。",
            "Ask first what the customer wants: complaint/ask-wish.",
        ),
        Name::Receive | Name::Settle | Name::Resolve => (
            "FUP-11",
            "先尽快补偿或说明（complaint/settle）。",
            "Compensate or explain first, and quickly: complaint/settle.",
        ),
    };
    Explanation::new(
        "complaint-step-missing",
        Obstacle::State,
        ("投诉处理的步骤有先后", "Another step of the complaint comes first"),
        (zh, en),
    )
    .rule(rule)
}
