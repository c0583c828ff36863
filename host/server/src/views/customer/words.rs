//! Where a claim stands and what happens next, in the words of people who have never seen a state machine.

use sanbao_domain::case::{Matter, Remedy};
use sanbao_domain::claim::{Claim, State};
use sanbao_domain::text::Text;
use sanbao_domain::verdict::Ruling;

/// Where it stands, and what happens next.
pub(super) fn of(claim: &Claim) -> (Text, Text) {
    let (zh, en, next_zh, next_en) = match &claim.state {
        State::Opened if claim.matter != Matter::Warranty => (
            "我们已收到。",
            "We have received it.",
            "我们正在处理，会答复您。",
            "We are looking into it and will answer you.",
        ),
        State::Opened => (
            "我们已收到您的报修。",
            "We have received your report.",
            "我们会判断是否属于保修范围。",
            "We check whether it is covered.",
        ),
        State::FactsMissing => (
            "还缺少一些资料。",
            "Some details are still missing.",
            "请向为您服务的人员提供上述资料。",
            "Please give these details to whoever serves you.",
        ),
        State::Judged if covered(claim) => (
            "属于保修范围。",
            "It is covered.",
            "请与为您服务的人员选择处理方式。",
            "Please choose with whoever serves you how it is settled.",
        ),
        State::Judged => (
            "不属于免费保修范围。",
            "It is not covered free of charge.",
            "您可以接受，也可以要求由上级处理。",
            "You may accept this, or ask for a superior to settle it.",
        ),
        State::Escalated(_) => (
            "由负责人处理。",
            "A person in charge is deciding.",
            "负责人决定后我们会告知您。",
            "We will tell you what is decided.",
        ),
        State::AwaitingApproval { settlement, .. } => {
            return (agreed(settlement.remedy), Text::new("等待批准。", "It is waiting for its approval."));
        }
        State::Approved { settlement } => {
            let next = if settlement.remedy.needs_work() {
                Text::new("我们将开始处理。", "The work is about to begin.")
            } else {
                Text::new("我们正在办理。", "We are seeing to it.")
            };
            return (agreed(settlement.remedy), next);
        }
        State::Rejected(_) => (
            "未获同意。",
            "It was not granted.",
            "如不同意，您可以要求由上级处理。",
            "If you do not agree, you may ask for a superior to settle it.",
        ),
        State::InWork { .. } => (
            "正在处理。",
            "It is being worked on.",
            "完成后我们会告知您。",
            "We will tell you when it is done.",
        ),
        State::Completed { settlement } if settlement.remedy.needs_hand_over() => {
            ("已处理完毕。", "It is done.", "请来领取。", "It is ready for you.")
        }
        State::Completed { .. } => {
            ("已处理完毕。", "It is done.", "没有需要您做的事。", "There is nothing left for you to do.")
        }
        State::HandedOver { .. } => {
            ("已交付。", "It was handed over.", "没有需要您做的事。", "There is nothing left for you to do.")
        }
        State::Closed { .. } => {
            ("已结束。", "It is closed.", "没有需要您做的事。", "There is nothing left for you to do.")
        }
        State::Cancelled { .. } => {
            ("已撤回。", "It was withdrawn.", "没有需要您做的事。", "There is nothing left for you to do.")
        }
    };
    (Text::new(zh, en), Text::new(next_zh, next_en))
}

fn covered(claim: &Claim) -> bool {
    claim.verdict().is_some_and(|verdict| verdict.ruling == Ruling::Covered)
}

fn agreed(remedy: Remedy) -> Text {
    let (zh, en) = match remedy {
        Remedy::Repair => ("维修", "repair"),
        Remedy::Replace => ("更换", "replacement"),
        Remedy::Refund => ("退款", "refund"),
        Remedy::Credit => ("记入账户", "credit to your account"),
        Remedy::ReturnToSender => ("原物退回", "return as it came"),
        Remedy::RedirectToCarrier => ("向承运方索赔", "claim from the carrier"),
        Remedy::Service => ("服务", "service"),
        Remedy::Decline => ("不处理", "nothing"),
    };
    Text::new(format!("已约定：{zh}。"), format!("Agreed: {en}."))
}
