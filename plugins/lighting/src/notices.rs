//! The order department is told of what must be on its record in time (rules 14, 16, 38), and so is whoever reports.

use crate::manifest::ORDER_DEPARTMENT;
use crate::rules::*;
use sanbao_kit::prelude::*;

/// What `event` sets off.
pub fn sequence(case: &Case, event: Event) -> Vec<Notice> {
    if event != Event::Reported {
        return Vec::new();
    }
    match case.cause {
        Cause::Nonconforming => vec![
            for_the_record(&LGT_14),
            reminder(
                words(
                    "请在收货后24小时内提交《客诉质量异常联络单》或照片。",
                    "Send the Quality Anomaly Contact Form or photographs within 24 hours of receipt.",
                ),
                &LGT_14,
            ),
        ],
        Cause::WrongDelivery => vec![
            for_the_record(&LGT_16),
            reminder(
                words(
                    "请勿拆包装；收货后两天内报订单部。",
                    "Keep the package unopened and tell the order department within 2 days of receipt.",
                ),
                &LGT_16,
            ),
        ],
        Cause::Shortage => vec![
            for_the_record(&LGT_38),
            reminder(
                words(
                    "找不到责任单位的，请在收货后2个工作日内将单据报订单部。",
                    "If no liable unit is found, send the documents within 2 working days of receipt.",
                ),
                &LGT_38,
            ),
        ],
        _ => Vec::new(),
    }
}

fn for_the_record(rule: &Rule) -> Notice {
    Notice::to_role(
        "for-the-record",
        &ORDER_DEPARTMENT,
        words("收货异常备案", "Delivery anomaly for the record"),
        words("请登记备案并查询。", "Please record it and investigate."),
        rule,
    )
}

fn reminder(body: Words, rule: &Rule) -> Notice {
    Notice::to("report-in-time", Side::Claimant, words("请按时报订单部", "Report in time"), body, rule)
}
