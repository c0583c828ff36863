//! What the appliance policy declares: one setting. It reads no fact beyond the core of a case.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// Months of free service.
pub static FREE_SERVICE_MONTHS: Setting = Setting::new(
    "free-service-months",
    ValueType::Integer,
    words("免费服务期（月）", "Free service (months)"),
    &[&HAI_02, &HAI_R1],
)
.or(Constant::Integer(12))
.explained(words(
    "自安装之日起；没有安装的，自购买之日起",
    "From the installation, or from the sale where nothing was installed",
));

/// The appliance policy.
pub static POLICY: Policy = Policy {
    name: "appliance",
    version: env!("CARGO_PKG_VERSION"),
    title: words("家电免费服务与回访政策", "Appliance maker's free service and follow-up"),
    rules: rules::ALL,
    facts: &[],
    settings: &[&FREE_SERVICE_MONTHS],
    roles: &[],
};
