//! What the store policy declares: the facts it reads and the roles it names.

use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// Whether the goods can be sold again as they are.
pub static RESALE_UNAFFECTED: Fact = Fact::yes_no(
    "resale-unaffected",
    words("商品是否不影响再次销售？", "Can the goods still be sold again?"),
    &[&STO_06],
);

/// Obvious traces of use or processing.
pub static TRACES_OF_USE: Fact = Fact::yes_no(
    "traces-of-use",
    words("是否有明显的使用或加工痕迹？", "Are there obvious traces of use or processing?"),
    &[&STO_11],
);

/// Made or processed for this customer.
pub static CUSTOM_MADE: Fact = Fact::yes_no(
    "custom-made",
    words("是否为定制或经特殊加工的商品？", "Were the goods custom-made or specially processed?"),
    &[&STO_12],
);

/// The original packaging is there and undamaged.
pub static PACKAGING_INTACT: Fact = Fact::yes_no(
    "packaging-intact",
    words("原包装是否完好？", "Is the original packaging there and undamaged?"),
    &[&STO_13],
);

/// The accessories are there and undamaged.
pub static ACCESSORIES_COMPLETE: Fact = Fact::yes_no(
    "accessories-complete",
    words("配件是否齐全完好？", "Are the accessories complete and undamaged?"),
    &[&STO_13],
);

/// The warranty card is there.
pub static WARRANTY_CARD: Fact =
    Fact::yes_no("warranty-card", words("是否有保修卡？", "Is the warranty card there?"), &[&STO_13]);

/// Sold at a special price.
pub static SPECIAL_PRICE: Fact = Fact::yes_no(
    "special-price",
    words("是否为特价品？", "Were the goods sold at a special price?"),
    &[&STO_15],
);

/// Given away.
pub static GIFT: Fact = Fact::yes_no("gift", words("是否为赠品？", "Were the goods a gift?"), &[&STO_15]);

/// An inspection found that the goods cannot be repaired.
pub static UNREPAIRABLE: Fact = Fact::yes_no(
    "unrepairable",
    words("经检查是否确认无法维修？", "Did the inspection find that the goods cannot be repaired?"),
    &[&STO_29],
);

/// Runs the store; the first superior.
pub static STORE_MANAGER: Role = Role { id: "store-manager", title: words("店长", "Store manager") };

/// Oversees the stores.
pub static SUPERVISOR: Role = Role { id: "supervisor", title: words("督导", "Supervisor") };

/// Heads operations.
pub static OPERATIONS_MANAGER: Role =
    Role { id: "operations-manager", title: words("营运部经理", "Operations manager") };

/// Heads marketing; answers for after-sales service as a whole.
pub static MARKETING_DIRECTOR: Role =
    Role { id: "marketing-director", title: words("营销总监", "Marketing director") };

/// The store policy.
pub static POLICY: Policy = Policy {
    name: "store",
    version: env!("CARGO_PKG_VERSION"),
    title: words("门店售后管理规定", "Store after-sales regulation"),
    rules: rules::ALL,
    facts: &[
        &RESALE_UNAFFECTED,
        &TRACES_OF_USE,
        &CUSTOM_MADE,
        &PACKAGING_INTACT,
        &ACCESSORIES_COMPLETE,
        &WARRANTY_CARD,
        &SPECIAL_PRICE,
        &GIFT,
        &UNREPAIRABLE,
    ],
    settings: &[],
    roles: &[&STORE_MANAGER, &SUPERVISOR, &OPERATIONS_MANAGER, &MARKETING_DIRECTOR],
};
