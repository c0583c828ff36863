//! What customer care declares: two facts about the product and its user, the figures that the texts lack, roles.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// The product is mechanical: its parts wear out.
pub static MECHANICAL: Fact = Fact::yes_no(
    "mechanical",
    words("是否为机械类商品？", "Is the product mechanical, with parts that wear out?"),
    &[&XID_02],
);

/// The customer knows how to use the product already.
pub static PROFICIENT: Fact = Fact::yes_no(
    "proficient",
    words("顾客是否已能熟练使用？", "Can the customer use the product already?"),
    &[&XID_01],
);

const fn figure(
    name: &'static str,
    label: Words,
    otherwise: i64,
    rules: &'static [&'static Rule],
) -> Setting {
    Setting::new(name, ValueType::Integer, label, rules).or(Constant::Integer(otherwise))
}

/// Working days within which a complaint is compensated.
pub static COMPENSATION_DAYS: Setting = figure(
    "compensation-days",
    words("投诉补偿期限（工作日）", "Complaints are compensated within (working days)"),
    3,
    &[&FUP_11, &FUP_R3],
);

/// Working days within which a suggestion is answered.
pub static ANSWER_DAYS: Setting = figure(
    "answer-days",
    words("答复意见期限（工作日）", "Suggestions are answered within (working days)"),
    5,
    &[&CTL_14, &CTL_R2],
);

/// Days after the service within which satisfaction is asked for.
pub static SATISFACTION_DAYS: Setting = figure(
    "satisfaction-days",
    words("满意度测量期限（天）", "Satisfaction is asked for within (days)"),
    7,
    &[&CTL_05, &CTL_R1],
);

/// Days between two visits to somebody who learns to use the product.
pub static LEARNING_DAYS: Setting = figure(
    "learning-days",
    words("熟练之前的回访间隔（天）", "Days between visits until the customer is proficient"),
    14,
    &[&XID_01, &XID_R1],
);

/// Months between two visits to users of mechanical goods.
pub static PARTS_MONTHS: Setting = figure(
    "parts-months",
    words("机械类商品的回访间隔（月）", "Months between visits to users of mechanical goods"),
    6,
    &[&XID_02, &XID_R2],
);

/// Contacts customers, handles complaints, measures satisfaction.
pub static SALES_SECTION: Role = Role { id: "sales-section", title: words("销售科室", "Sales section") };

/// Analyses feedback and finds who is responsible.
pub static QUALITY_INSPECTION: Role =
    Role { id: "quality-inspection-section", title: words("质检科室", "Quality-inspection section") };

/// Customer care.
pub static POLICY: Policy = Policy {
    name: "customer-care",
    version: env!("CARGO_PKG_VERSION"),
    title: words("客户跟踪、投诉与满意度管理", "Follow-up, complaints and satisfaction"),
    rules: rules::ALL,
    facts: &[&MECHANICAL, &PROFICIENT],
    settings: &[&COMPENSATION_DAYS, &ANSWER_DAYS, &SATISFACTION_DAYS, &LEARNING_DAYS, &PARTS_MONTHS],
    roles: &[&SALES_SECTION, &QUALITY_INSPECTION],
};
