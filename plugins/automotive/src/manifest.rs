//! What the automotive electronics policy declares: facts, the terms that the party chooses, and its role.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// The product is genuine.
pub static GENUINE: Fact = Fact::yes_no(
    "genuine",
    words("防伪查询是否为正品？", "Does the anti-counterfeit query show a genuine product?"),
    &[&ENT_07],
);

/// An inspection found that it cannot be repaired.
pub static UNREPAIRABLE: Fact = Fact::yes_no(
    "unrepairable",
    words("经检查是否无法维修？", "Did the inspection find that it cannot be repaired?"),
    &[&AUT_12],
);

/// The customer received the visit well.
pub static WELL_RECEIVED: Fact = Fact::yes_no(
    "well-received",
    words("顾客是否对服务表示欢迎？", "Was the visit well received?"),
    &[&ENC_06],
);

/// The customer did the respondent a favour.
pub static FAVOUR_OWED: Fact =
    Fact::yes_no("favour-owed", words("是否欠顾客人情？", "Is the customer owed a favour?"), &[&ENC_06]);

/// Refund up to this day.
pub static REFUND_DAYS: Setting = Setting::new(
    "refund-days",
    ValueType::Integer,
    words("包退期（天）", "Refund: days since the sale"),
    &[&AUT_06, &AUT_R1],
);

/// Exchange up to this day.
pub static REPLACE_DAYS: Setting = Setting::new(
    "replace-days",
    ValueType::Integer,
    words("包换期（天）", "Exchange: days since the sale"),
    &[&AUT_06, &AUT_R1],
);

/// Free repair for these months.
pub static REPAIR_MONTHS: Setting = Setting::new(
    "repair-months",
    ValueType::Integer,
    words("包修期（月）", "Repair: months since the sale"),
    &[&AUT_06, &AUT_R1],
);

/// The period within which a quality problem is fixed.
pub static FIX_DAYS: Setting = Setting::new(
    "fix-days",
    ValueType::Integer,
    words("解决质量问题的约定期限（天）", "Agreed period to fix a quality problem (days)"),
    &[&AUT_10],
);

/// How often customers are called or visited.
pub static FOLLOW_UP_MONTHS: Setting = Setting::new(
    "follow-up-months",
    ValueType::Integer,
    words("定期回访间隔（月）", "Regular follow-up: every so many months"),
    &[&AUT_05],
);

/// How long parts are kept after production ends.
pub static PARTS_YEARS: Setting = Setting::new(
    "parts-years",
    ValueType::Integer,
    words("停产后保证配件供应（年）", "Parts after production ends: years"),
    &[&AUT_03],
);

/// Decides what the rules cannot settle.
pub static SERVICE_MANAGER: Role =
    Role { id: "service-manager", title: words("服务经理", "Service manager") };

/// The automotive electronics policy.
pub static POLICY: Policy = Policy {
    name: "automotive",
    version: env!("CARGO_PKG_VERSION"),
    title: words("汽车电子产品售后服务", "After-sales service for automotive electronics"),
    rules: rules::ALL,
    facts: &[&GENUINE, &UNREPAIRABLE, &WELL_RECEIVED, &FAVOUR_OWED],
    settings: &[&REFUND_DAYS, &REPLACE_DAYS, &REPAIR_MONTHS, &FIX_DAYS, &FOLLOW_UP_MONTHS, &PARTS_YEARS],
    roles: &[&SERVICE_MANAGER],
};
