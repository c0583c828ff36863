//! Who is told what: the customer is thanked (FUP-07), the sections get their tasks (CTL-04, 06, 07, 14).

use crate::manifest::{QUALITY_INSPECTION, SALES_SECTION};
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What `event` sets off.
pub fn sequence(_: &Case, event: Event) -> Vec<Notice> {
    match event {
        Event::ComplaintReceived => vec![
            Notice::to(
                "thanks",
                Side::Claimant,
                words("感谢您的意见", "Thank you for telling us"),
                words(
                    "感谢您提出意见。我们正在了解情况，会尽快给您答复。",
                    "Thank you for your complaint. We are finding out what happened and will answer you soon.",
                ),
                &FUP_07,
            ),
            Notice::to_role(
                "handle-complaint",
                &SALES_SECTION,
                words("请处理投诉", "A complaint to handle"),
                words(
                    "请组织处理投诉，跟踪决定的执行，并登记投诉客户名簿。",
                    "Please have the complaint handled, follow up what is decided, and keep the roster.",
                ),
                &CTL_04,
            )
            .because(CTL_07.cite()),
            Notice::to_role(
                "find-department",
                &QUALITY_INSPECTION,
                words("请确定责任部门", "A responsible department to identify"),
                words(
                    "请分析反馈，确定责任部门并监督实施。",
                    "Please analyse the feedback, identify the responsible department and supervise what it does.",
                ),
                &CTL_06,
            ),
        ],
        Event::CallUnresolved => vec![Notice::to_role(
            "study",
            &SALES_SECTION,
            words("请研究后答复", "A question to study"),
            words(
                "请详细记录，与有关部门研究后答复顾客。",
                "Please record it in detail, study it with the departments concerned, and answer the customer.",
            ),
            &CTL_14,
        )],
        _ => Vec::new(),
    }
}
