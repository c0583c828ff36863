//! What the example floor declares: rules only. It reads nothing beyond the core of a case, so that it can
//! stand beside any seller's policy without asking the customer for more.

use crate::rules;
use sanbao_kit::prelude::*;

/// The example floor.
pub static POLICY: Policy = Policy {
    name: "floor-example",
    version: env!("CARGO_PKG_VERSION"),
    title: words(
        "示例：消费者保护法定底线（虚构法律，非法律意见）",
        "EXAMPLE of a statutory floor for consumers (made-up law, not legal advice)",
    ),
    rules: rules::ALL,
    facts: &[],
    settings: &[],
    roles: &[],
};
