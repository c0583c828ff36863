//! What the coach maker's policy declares: facts, the figures that the maker chooses, and roles.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// Which system of the coach fails.
pub static SYSTEM: Fact = Fact::one_of(
    "system",
    words("故障属于哪个系统？", "Which system fails?"),
    &[
        (BODY, words("车身", "Body")),
        (CHASSIS, words("底盘", "Chassis")),
        (ENGINE, words("发动机", "Engine")),
    ],
    &[&BUS_06, &BUS_07, &BUS_08],
);
/// A value of [`SYSTEM`].
pub const BODY: &str = "body";
/// A value of [`SYSTEM`].
pub const CHASSIS: &str = "chassis";
/// A value of [`SYSTEM`].
pub const ENGINE: &str = "engine";

/// Kilometres by road between the vehicle and the nearest service station (BUS-R2).
pub static DISTANCE_KM: Fact = Fact::new(
    "distance-km",
    ValueType::Integer,
    words("车辆距最近服务站多少公里？", "How many kilometres to the nearest service station?"),
    &[&BUS_06, &BUS_07, &BUS_R2],
)
.explained(words("公路里程；没有服务站的到公司", "By road; to the company where there is no station"));

/// A component supplier must be contacted.
pub static SUPPLIER_CONTACT_NEEDED: Fact = Fact::yes_no(
    "supplier-contact-needed",
    words("是否须联系配套厂家？", "Must a component supplier be contacted?"),
    &[&BUS_07],
);

/// The failed part is a supplier's.
pub static SUPPLIER_PART: Fact = Fact::yes_no(
    "supplier-part",
    words("故障件是否为配套厂家产品？", "Was the failed part made by a component supplier?"),
    &[&BUS_50],
);

/// A major problem.
pub static MAJOR: Fact =
    Fact::yes_no("major", words("是否为重大问题？", "Is it a major problem?"), &[&BUS_31]);

/// The user dismantled the part.
pub static DISMANTLED: Fact = Fact::yes_no(
    "dismantled",
    words("用户是否拆动过故障件？", "Did the user dismantle the failed part?"),
    &[&BUS_27],
);

/// Parts go to the user by post.
pub static PARTS_MAILED: Fact =
    Fact::yes_no("parts-mailed", words("配件是否邮寄？", "Are the parts sent by post?"), &[&BUS_43]);

/// Months of cover.
pub static WARRANTY_MONTHS: Setting = Setting::new(
    "warranty-months",
    ValueType::Integer,
    words("三包期（月）", "Cover in months"),
    &[&BUS_10, &BUS_27, &BUS_R1],
);

/// Kilometres of cover.
pub static WARRANTY_KILOMETRES: Setting = Setting::new(
    "warranty-kilometres",
    ValueType::Integer,
    words("三包里程（公里）", "Cover in kilometres"),
    &[&BUS_10, &BUS_27, &BUS_R1],
);

/// The figure that the regulation lacks.
pub static COMPLAINT_RATE_TARGET: Setting = Setting::new(
    "complaint-rate-target",
    ValueType::Decimal,
    words("用户抱怨率上限（%）", "Highest complaint rate (%)"),
    &[&BUS_05],
)
.explained(words("暂不设指标的填100", "100 sets no target"));

/// Whom service staff report to.
pub static LEADER: Role = Role { id: "leader", title: words("领导", "Leader") };

/// The coach maker's policy.
pub static POLICY: Policy = Policy {
    name: "bus",
    version: env!("CARGO_PKG_VERSION"),
    title: words("客车售后服务管理规定", "Coach maker's after-sales regulation"),
    rules: rules::ALL,
    facts: &[
        &SYSTEM,
        &DISTANCE_KM,
        &SUPPLIER_CONTACT_NEEDED,
        &SUPPLIER_PART,
        &MAJOR,
        &DISMANTLED,
        &PARTS_MAILED,
    ],
    settings: &[&WARRANTY_MONTHS, &WARRANTY_KILOMETRES, &COMPLAINT_RATE_TARGET],
    roles: &[&LEADER],
};
