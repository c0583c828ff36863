//! Why a step with goods that come back is refused.

use crate::claim::procedure::{Explanation, Obstacle};
use crate::text::Text;

/// A step that the machine refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says of itself what is wrong, below.
pub enum Refusal {
    NotApproved,
    Approved,
    GoodsStay,
    NotPacked,
    ShippedAlready,
    ReceivedAlready,
    NotReceived,
    NotProcessed,
    InspectedAlready,
    NotInspected,
    NothingToSendBack,
    StillHere,
    NothingOnTheWay,
    RedirectedAlready,
    NoPieces,
    EmptyCarton { number: u32 },
    MoreThanApproved { packed: u32, approved: u32 },
    OtherCount { model: String, counted: u32, inspected: u32 },
    ModelTwice { model: String },
    NotThatMany { model: String, here: u32 },
    SignedLater,
}

impl Refusal {
    /// In words.
    pub fn explain(&self) -> Explanation {
        use Obstacle::{Input, State};
        let (code, kind, field, rule, title, fix) = match self {
            Self::NotApproved => (
                "return-not-approved",
                State,
                None,
                Some("LGT-27"),
                Text::new("返货未获批准", "The return is not approved"),
                Text::new(
                    "批准后再返货；已到的货物用 returns/record-unapproved 登记，只能退回。",
                    "Have the return approved first. Goods that came all the same are recorded with \
                     returns/record-unapproved and only sent back.",
                ),
            ),
            Self::Approved => (
                "return-approved",
                State,
                None,
                Some("LGT-29"),
                Text::new("该批返货已获批准", "This return is approved"),
                Text::new("用 returns/receive 登记实物数量。", "Count it with returns/receive."),
            ),
            Self::GoodsStay => (
                "goods-stay",
                State,
                None,
                None,
                Text::new("货物留在原处，不返货", "The goods stay where they are"),
                Text::new("无需返货步骤。", "Nothing is to be sent; go on with the remedy."),
            ),
            Self::NotPacked => (
                "not-packed",
                State,
                None,
                Some("LGT-28"),
                Text::new("尚未装箱贴标", "The cartons are not packed and labelled"),
                Text::new(
                    "先用 returns/pack 登记每箱内容。",
                    "State what is in each carton with returns/pack.",
                ),
            ),
            Self::ShippedAlready => (
                "shipped-already",
                State,
                None,
                None,
                Text::new("货物已发出", "The goods have left"),
                Text::new("等待责任方收货清点。", "Wait until the respondent has counted them."),
            ),
            Self::ReceivedAlready => (
                "received-already",
                State,
                None,
                Some("LGT-29"),
                Text::new("已收货清点", "The goods were counted already"),
                Text::new("用 returns/inspect 登记检测结果。", "Record the inspection with returns/inspect."),
            ),
            Self::NotReceived => (
                "goods-not-received",
                State,
                None,
                Some("LGT-29"),
                Text::new("货物尚未收到清点", "The goods were not received and counted"),
                Text::new("先用 returns/receive 登记实物数量。", "Count them with returns/receive first."),
            ),
            Self::NotProcessed => (
                "return-not-processed",
                State,
                None,
                Some("LGT-27"),
                Text::new("未经批准的返货不予处理", "Goods that came without approval are not processed"),
                Text::new("用 returns/send-back 退回。", "Send them back with returns/send-back."),
            ),
            Self::InspectedAlready => (
                "inspected-already",
                State,
                None,
                None,
                Text::new("已检测", "The goods were inspected already"),
                Text::new("继续处理，或退回良品。", "Go on with the remedy, or send back what is good."),
            ),
            Self::NotInspected => (
                "goods-not-inspected",
                State,
                None,
                Some("LGT-29"),
                Text::new("货物尚未检测", "The goods were not inspected"),
                Text::new(
                    "先用 returns/inspect 登记检测结果。",
                    "Record the inspection with returns/inspect.",
                ),
            ),
            Self::NothingToSendBack => (
                "nothing-to-send-back",
                State,
                None,
                Some("LGT-24"),
                Text::new("没有需要退回的货物", "There is nothing to send back"),
                Text::new(
                    "检测正常或未经批准的货物才退回。",
                    "Only goods that test well or came unapproved go back.",
                ),
            ),
            Self::StillHere => (
                "goods-to-send-back",
                State,
                None,
                Some("LGT-24"),
                Text::new("还有应退回返货单位的货物", "Goods of the returning unit are still here"),
                Text::new("先用 returns/send-back 退回。", "Send them back with returns/send-back first."),
            ),
            Self::NothingOnTheWay => (
                "no-transport-anomaly",
                State,
                None,
                Some("LGT-15"),
                Text::new("没有运输异常记录", "Nothing is recorded to have happened on the way"),
                Text::new(
                    "先用 returns/record-anomaly 登记。",
                    "Record what happened with returns/record-anomaly first.",
                ),
            ),
            Self::RedirectedAlready => (
                "redirected-already",
                State,
                None,
                Some("LGT-15"),
                Text::new("已转向承运方索赔", "The claimant was pointed to the carrier already"),
                Text::new("无需再次登记。", "Nothing more is needed."),
            ),
            Self::NoPieces => (
                "no-pieces",
                Input,
                Some("pieces"),
                Some("LGT-29"),
                Text::new("没有件数", "There are no pieces in it"),
                Text::new("按型号填写至少 1 件。", "State at least one piece, by model."),
            ),
            Self::EmptyCarton { number } => (
                "empty-carton",
                Input,
                Some("cartons"),
                Some("LGT-28"),
                Text::new(format!("第 {number} 箱是空的"), format!("Carton {number} is empty")),
                Text::new("填写箱内型号和件数，或去掉此箱。", "State what is in it, or leave it out."),
            ),
            Self::MoreThanApproved { packed, approved } => (
                "more-than-approved",
                Input,
                Some("cartons"),
                Some("LGT-27"),
                Text::new(
                    format!("装箱 {packed} 件，只批准了 {approved} 件"),
                    format!("{packed} pieces are packed, {approved} were approved"),
                ),
                Text::new(
                    "只装获批的件数；其余另行申请。",
                    "Pack what was approved, and apply for the rest with another claim.",
                ),
            ),
            Self::OtherCount { model, counted, inspected } => (
                "other-count",
                Input,
                Some("results"),
                Some("LGT-29"),
                Text::new(
                    format!("{model}：清点 {counted} 件，检测 {inspected} 件"),
                    format!("{model}: {counted} were counted, {inspected} are in the results"),
                ),
                Text::new(
                    "良品、不良与人为损坏之和应等于清点数；未申报的型号不检测。",
                    "Good, defective and deliberately damaged pieces add up to the count. Models that nobody \
                     announced are not inspected.",
                ),
            ),
            Self::ModelTwice { model } => (
                "model-twice",
                Input,
                Some("results"),
                Some("LGT-29"),
                Text::new(format!("{model} 出现两次"), format!("{model} is there twice")),
                Text::new("每个型号一行。", "Give one result for each model."),
            ),
            Self::NotThatMany { model, here } => (
                "not-that-many",
                Input,
                Some("pieces"),
                Some("LGT-24"),
                Text::new(
                    format!("{model} 可退回的只有 {here} 件"),
                    format!("{here} pieces of {model} can be sent back"),
                ),
                Text::new("填写不超过此数的件数。", "State no more than that."),
            ),
            Self::SignedLater => (
                "signed-later",
                Input,
                Some("signed.at"),
                Some("LGT-37"),
                Text::new("承运方签字时间在将来", "The carrier cannot have signed later than now"),
                Text::new("填写实际签字时间。", "Give the time of the signature."),
            ),
        };
        Explanation { code, kind, field, rule, title, fix }
    }
}
