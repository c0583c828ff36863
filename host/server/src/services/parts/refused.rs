//! A refusal about parts as a problem document: what stands in the way, and what to do.

use crate::http::problem::Problem;
use axum::http::StatusCode;
use sanbao_domain::parts::Refusal;
use sanbao_domain::text::Text;

/// Shows a refusal.
pub(super) fn refused(refusal: &Refusal) -> Problem {
    let (zh, en) = title(refusal);
    let (fix_zh, fix_en) = fix(refusal);
    let mut problem = Problem::new(status(refusal), refusal.code(), Text::new(zh, en))
        .detail(Text::new(detail(refusal).unwrap_or_else(|| zh.to_owned()), refusal.to_string()))
        .fix(Text::new(fix_zh, fix_en));
    if let Some(rule) = refusal.rule() {
        problem = problem.rule(rule);
    }
    if let Some(field) = field(refusal) {
        problem = problem.field(field);
    }
    match refusal {
        Refusal::WrongState { state, possible, .. } => {
            problem.with("state", state).with("possible", possible)
        }
        Refusal::WrongRole { needs } => problem.with("role", needs),
        Refusal::Short(short) => problem
            .with("part", &short.account.part)
            .with("place", &short.account.spot.place)
            .with("condition", short.account.spot.condition)
            .with("held", short.have),
        Refusal::OldPartMissing { missing } => problem.with("missing", missing),
        Refusal::MustBeKept { until, rules, .. } => problem.with("until", until).with("rules", rules),
        Refusal::NotYetScrap { from, rules } => problem.with("from", from).with("rules", rules),
        _ => problem,
    }
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::WrongRole { .. } => StatusCode::FORBIDDEN,
        Refusal::WrongState { .. }
        | Refusal::Short(_)
        | Refusal::NotMailed
        | Refusal::Unaccounted { .. }
        | Refusal::NoReport
        | Refusal::ReportNotSigned
        | Refusal::ReportTooEarly
        | Refusal::ReportNotApproved
        | Refusal::NotInReport { .. }
        | Refusal::OldPartMissing { .. }
        | Refusal::NeverSold { .. }
        | Refusal::MustBeKept { .. }
        | Refusal::NotYetScrap { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn field(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::NoQuantity | Refusal::TooMany { .. } => "quantity".to_owned(),
        Refusal::ReasonMissing { .. } => "reason".to_owned(),
        Refusal::NotAShelf { .. } => "from".to_owned(),
        Refusal::NotCustody { .. } => "to".to_owned(),
        Refusal::NotUsable { .. } | Refusal::NeverSold { .. } => "condition".to_owned(),
        Refusal::VoucherMissing => "voucher".to_owned(),
        Refusal::WrongPool { line } => format!("lines[{line}].condition"),
        Refusal::NotCounted { .. } => "counts".to_owned(),
        Refusal::CountedTwice { line } | Refusal::CountedAsGood { line } => format!("counts[{line}]"),
        Refusal::DifferenceUnexplained { line, .. } => format!("counts[{line}].reason"),
        _ => return None,
    })
}

fn title(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NoQuantity => ("数量至少为 1", "The quantity must be at least one"),
        Refusal::NoSuchMovement { .. } => ("配件不能这样流转", "Parts do not move like this"),
        Refusal::NeverSold { .. } => ("修复件不得再作良品出售", "Repaired parts are never sold as good ones"),
        Refusal::Short(_) => ("库存不足", "There are not as many parts"),
        Refusal::WrongState { .. } => ("领料单的状态不允许", "The requisition's state does not allow this"),
        Refusal::WrongRole { .. } => ("需要另一岗位签字", "Another role must sign"),
        Refusal::ReasonMissing { .. } => ("必须写明理由", "A reason in clear words is needed"),
        Refusal::TooMany { .. } => ("数量超过未结数量", "That is more than is still open"),
        Refusal::NotAShelf { .. } => ("此处不是库位或服务站账", "That is no shelf and no station's account"),
        Refusal::NotCustody { .. } => ("只能发给人员或邮寄", "Parts are handed to a person or mailed"),
        Refusal::NotUsable { .. } => ("此状态的配件不能这样使用", "Parts in this condition are not for that"),
        Refusal::NotMailed => ("仅适用于邮寄件", "This holds for mailed parts only"),
        Refusal::Unaccounted { .. } => ("还有未用也未退的配件", "Some parts are neither used nor returned"),
        Refusal::NoReport => ("没有这项服务的服务报告", "There is no service report on this work"),
        Refusal::ReportNotSigned => {
            ("用户尚未在服务报告上签字", "The user has not signed the service report")
        }
        Refusal::ReportTooEarly => {
            ("服务报告在发料之前签字", "The service report was signed before the parts were issued")
        }
        Refusal::ReportNotApproved => {
            ("领导尚未批准服务报告", "The leader has not approved the service report")
        }
        Refusal::NotInReport { .. } => {
            ("服务报告未写明这些配件", "The service report does not state these parts")
        }
        Refusal::OldPartMissing { .. } => ("旧件未交回", "The old parts are not back"),
        Refusal::MustBeKept { .. } => ("该配件仍须保留", "The part must still be kept"),
        Refusal::NotYetScrap { .. } => ("旧件尚不能处理", "The old parts may not be scrapped yet"),
        Refusal::VoucherMissing => ("须凭证入账", "This is booked by voucher"),
        Refusal::WrongPool { .. } => {
            ("修复件只入售后库", "Repaired parts belong to the after-sales pool, others do not")
        }
        Refusal::NotCounted { .. } => ("盘点不完整", "The count is not complete"),
        Refusal::CountedTwice { .. } => ("重复盘点", "It is counted twice"),
        Refusal::DifferenceUnexplained { .. } => ("差异未写明原因", "A difference needs its reason"),
        Refusal::CountedAsGood { .. } => {
            ("修复件或旧件不得盘作良品", "Repaired or old parts are not counted as good ones")
        }
    }
}

fn fix(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::Short(_) => ("先入库、调拨或盘点。", "Receive, transfer or count parts first."),
        Refusal::WrongState { .. } => ("可做的操作见 possible。", "See `possible` for what can be done."),
        Refusal::WrongRole { .. } => ("换用持有该岗位的密钥。", "Use a key that holds the role."),
        Refusal::NeverSold { .. } => {
            ("修复件只用于更换故障件：用领料单。", "Draw it by requisition, to replace a defective part.")
        }
        Refusal::Unaccounted { .. } => ("先登记使用或退回。", "Say what was used and return the rest first."),
        Refusal::NoReport
        | Refusal::ReportNotSigned
        | Refusal::ReportNotApproved
        | Refusal::ReportTooEarly => (
            "完成现场服务：用户在服务结束后签字，领导批准报告。",
            "Finish the job: the user signs when the service has ended, the leader approves the report.",
        ),
        Refusal::NotInReport { .. } => {
            ("报告须写明更换的配件号和数量。", "The report names each replaced part by number and quantity.")
        }
        Refusal::OldPartMissing { .. } => ("先交回旧件。", "Bring the old parts back first."),
        Refusal::MustBeKept { .. } => ("保留至期满。", "Keep it until the term has passed."),
        Refusal::NotYetScrap { .. } => ("等到允许处理之日。", "Wait for the day on which they may go."),
        Refusal::VoucherMissing => ("填写 voucher。", "Give the number of the voucher."),
        Refusal::WrongPool { .. } => (
            "修复件：source 为 repaired，condition 为 after-sales。",
            "For repaired parts let source be repaired and condition after-sales; else good.",
        ),
        Refusal::NotCounted { .. } => (
            "写明该配件在此处的每一种状态。",
            "Count every condition in which the book knows the part there.",
        ),
        Refusal::CountedTwice { .. } => ("合并为一行。", "Make it one line."),
        Refusal::DifferenceUnexplained { .. } | Refusal::ReasonMissing { .. } => {
            ("用清楚的文字写明原因。", "Write the reason in clear words.")
        }
        Refusal::CountedAsGood { .. } => {
            ("按修复件或旧件盘点。", "Count them in the condition that they are in.")
        }
        Refusal::NotAShelf { .. } => ("填 store:名称 或 station:编号。", "Give store:NAME or station:PARTY."),
        Refusal::NotCustody { .. } => {
            ("填 technician:姓名，或 transit（邮寄）。", "Give technician:NAME, or transit for the mail.")
        }
        Refusal::TooMany { .. } | Refusal::NoQuantity => ("改正数量。", "Correct the quantity."),
        Refusal::NoSuchMovement { .. } | Refusal::NotUsable { .. } | Refusal::NotMailed => {
            ("流转规则见 /docs。", "See /docs for what may move where.")
        }
    }
}

/// What exactly, in Chinese; the domain says it in English.
fn detail(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::Short(short) => format!(
            "{} 的 {}（{}）只有 {} 件，需要 {} 件。",
            short.account.spot.place,
            short.account.part,
            short.account.spot.condition.as_str(),
            short.have,
            short.need
        ),
        Refusal::WrongState { command, state, .. } => {
            format!("领料单处于 {} 时不能 {}。", state.as_str(), command.as_str())
        }
        Refusal::WrongRole { needs } => format!("下一个签字的岗位是 {needs}。"),
        Refusal::TooMany { left, asked, .. } => format!("最多 {left} 件，填了 {asked} 件。"),
        Refusal::Unaccounted { open } => format!("还有 {open} 件既未使用也未退回。"),
        Refusal::NotInReport { stated, used } => format!("报告写明 {stated} 件，实际使用 {used} 件。"),
        Refusal::OldPartMissing { missing } => format!("还有 {missing} 件旧件未交回。"),
        Refusal::MustBeKept { part, until: Some(until), .. } => format!("{part} 须保留至 {until}。"),
        Refusal::MustBeKept { part, until: None, .. } => format!("{part} 的机型仍在生产。"),
        Refusal::NotYetScrap { from: Some(from), .. } => format!("自 {from} 起可以处理。"),
        Refusal::NotYetScrap { from: None, .. } => "按规定不得处理。".to_owned(),
        Refusal::NotCounted { part, condition } => {
            format!("{part} 的 {} 状态没有盘点。", condition.as_str())
        }
        Refusal::DifferenceUnexplained { book, counted, .. } => {
            format!("账面 {book} 件，实盘 {counted} 件。")
        }
        _ => return None,
    })
}
