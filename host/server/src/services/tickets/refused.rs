//! A refusal of the state machine as a problem document: what stands in the way, and what to do.

use crate::http::problem::Problem;
use axum::http::StatusCode;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::Side;
use sanbao_domain::claim::procedure::{Explanation, Obstacle};
use sanbao_domain::claim::{Claim, Refusal};
use sanbao_domain::text::Text;

/// The rule behind "a refusal needs its reason in clear words".
const CLEAR_WORDS: &str = "STO-25";

/// Shows a refusal, with the claim's state and the commands that the actor may give instead.
pub fn refused(refusal: &Refusal, claim: &Claim, actor: &Actor) -> Problem {
    let possible = claim.possible(actor);
    let others = possible.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
    let instead = if others.is_empty() {
        Text::new("此密钥目前不能对该诉求做任何操作。", "This key can do nothing to the claim now.")
    } else {
        Text::new(format!("目前可以：{others}。"), format!("Possible now: {others}."))
    };
    let problem = match refusal {
        Refusal::WrongState { command, state, .. } => {
            new(StatusCode::CONFLICT, refusal, "诉求的状态不允许", "The claim's state does not allow this")
                .detail(Text::new(
                    format!("诉求处于 {} 时不能 {}。", state.as_str(), command.as_str()),
                    refusal.to_string(),
                ))
                .fix(instead)
        }
        Refusal::WrongSide { command, needs } => {
            new(StatusCode::FORBIDDEN, refusal, "应由另一方操作", "This is for the other side to do")
                .detail(Text::new(
                    format!("{} 应由{}操作。", command.as_str(), side_zh(*needs)),
                    format!("{} is for the {} to do.", command.as_str(), side_en(*needs)),
                ))
                .fix(instead)
        }
        Refusal::WrongRole { needs } => {
            new(StatusCode::FORBIDDEN, refusal, "需要另一岗位签字", "Another role must sign")
                .detail(Text::new(
                    format!("下一个签字的岗位是 {needs}。"),
                    format!("The next signature is that of {needs}."),
                ))
                .fix(Text::new("换用持有该岗位的密钥。", "Use a key that holds the role."))
                .with("role", needs)
        }
        Refusal::NoSuchOffer { offers, .. } => {
            new(StatusCode::UNPROCESSABLE_ENTITY, refusal, "没有这个方案", "There is no such offer").error(
                "choice",
                Text::new(format!("判定给出 {offers} 个方案"), refusal.to_string()),
                Text::new("填写 offers 中的 index。", "Give the index of one of the claim's offers."),
            )
        }
        Refusal::ReasonMissing { .. } => new(
            StatusCode::UNPROCESSABLE_ENTITY,
            refusal,
            "必须写明理由",
            "A reason in clear words is needed",
        )
        .rule(CLEAR_WORDS)
        .error(
            "reason",
            Text::new("没有理由", "there is no reason"),
            Text::new("用清楚的文字写明理由。", "Write the reason in clear words."),
        ),
        Refusal::RemedyMissing => new(
            StatusCode::UNPROCESSABLE_ENTITY,
            refusal,
            "必须写明同意的处理方式",
            "The approval must say what it grants",
        )
        .error(
            "remedy",
            Text::new("双方此前没有约定处理方式", "nothing was agreed on before"),
            Text::new("填写 remedy，如 refund。", "Name the remedy that is granted, such as refund."),
        ),
        Refusal::OtherRemedy { .. } => {
            new(StatusCode::CONFLICT, refusal, "与约定的处理方式不同", "Something else was agreed on")
                .field("remedy")
                .detail(Text::new("签字的处理方式与双方约定的不同。", refusal.to_string()))
                .fix(Text::new(
                    "不填 remedy，或拒绝后重新处理。",
                    "Leave remedy out, or reject, so that it is settled anew.",
                ))
        }
        Refusal::DeclineIsReject => new(
            StatusCode::UNPROCESSABLE_ENTITY,
            refusal,
            "拒绝应使用 reject",
            "A refusal is made with reject",
        )
        .rule(CLEAR_WORDS)
        .field("remedy")
        .fix(Text::new("使用 reject 并写明理由。", "Use reject, which asks for the reason.")),
        Refusal::InTheFuture => {
            new(StatusCode::UNPROCESSABLE_ENTITY, refusal, "时间在将来", "The time lies in the future").error(
                "goods_received_at",
                Text::new("收货时间晚于现在", "the goods cannot have arrived later than now"),
                Text::new("填写实际收货时间。", "Give the time at which they arrived."),
            )
        }
        Refusal::Procedure(refusal) => explained(refusal.explain()),
    };
    problem.with("state", claim.state.name()).with("possible", possible)
}

/// A procedure's refusal says of itself what is wrong and what to do.
fn explained(why: Explanation) -> Problem {
    let status = match why.kind {
        Obstacle::State => StatusCode::CONFLICT,
        Obstacle::Input => StatusCode::UNPROCESSABLE_ENTITY,
        Obstacle::Right => StatusCode::FORBIDDEN,
        Obstacle::Unknown => StatusCode::NOT_FOUND,
    };
    let mut problem = Problem::new(status, why.code, why.title).fix(why.fix);
    if let Some(field) = why.field {
        problem = problem.field(field);
    }
    if let Some(rule) = why.rule {
        problem = problem.rule(rule);
    }
    problem
}

fn new(status: StatusCode, refusal: &Refusal, zh: &str, en: &str) -> Problem {
    Problem::new(status, refusal.code(), Text::new(zh, en))
}

fn side_zh(side: Side) -> &'static str {
    match side {
        Side::Claimant => "申请方",
        Side::Respondent => "责任方",
        Side::Carrier => "承运方",
        Side::Upstream => "上游供应方",
    }
}

fn side_en(side: Side) -> &'static str {
    match side {
        Side::Claimant => "claimant",
        Side::Respondent => "respondent",
        Side::Carrier => "carrier",
        Side::Upstream => "supplier upstream",
    }
}
