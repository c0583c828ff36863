//! What the lighting policy declares: facts, the figures that the brand chooses, and roles.

use crate::retention::{ELECTRONIC, LIGHT_BAR, LIGHT_SOURCE};
use crate::rules::{self, *};
use sanbao_kit::prelude::*;

/// The label is there and unaltered.
pub static LABEL_INTACT: Fact = Fact::yes_no(
    "label-intact",
    words("产品卷标是否完好？", "Is the product's label there and unaltered?"),
    &[&LGT_10],
);

/// When a quality problem was found.
pub static FOUND: Fact = Fact::one_of(
    "found",
    words("何时发现问题？", "When was the problem found?"),
    &[
        (ON_OPENING, words("开箱时", "On opening the box")),
        (BEFORE_INSTALLATION, words("开箱后、安装前", "After opening, before installation")),
        (IN_USE, words("使用中", "In use")),
    ],
    &[&LGT_11, &LGT_12, &LGT_13],
);
/// A value of [`FOUND`].
pub const ON_OPENING: &str = "on-opening";
/// A value of [`FOUND`].
pub const BEFORE_INSTALLATION: &str = "before-installation";
/// A value of [`FOUND`].
pub const IN_USE: &str = "in-use";

/// The goods were never used.
pub static GOODS_UNUSED: Fact =
    Fact::yes_no("goods-unused", words("产品是否未使用？", "Are the goods unused?"), &[&LGT_14]);

/// The anomaly form or photographs are with the order department.
pub static ANOMALY_ON_RECORD: Fact = Fact::yes_no(
    "anomaly-on-record",
    words(
        "是否已将《客诉质量异常联络单》或照片报订单部备案？",
        "Does the order department have the Quality Anomaly Contact Form or photographs?",
    ),
    &[&LGT_14],
);

/// The package was never opened.
pub static PACKAGE_UNOPENED: Fact =
    Fact::yes_no("package-unopened", words("包装是否未拆？", "Is the package unopened?"), &[&LGT_16]);

/// Pieces of the delivery that the claim is about.
pub static DELIVERED_PIECES: Fact = Fact::new(
    "delivered-pieces",
    ValueType::Integer,
    words("该次到货共多少件？", "How many pieces did the delivery have?"),
    &[&LGT_15, &LGT_40],
);

/// Who is liable for the loss or damage is known.
pub static LIABLE_UNIT_FOUND: Fact = Fact::yes_no(
    "liable-unit-found",
    words("责任单位是否已明确？", "Has the liable unit been identified?"),
    &[&LGT_37, &LGT_38, &LGT_39],
);

/// The carrier signed the anomaly record.
pub static ANOMALY_RECORD_SIGNED: Fact = Fact::yes_no(
    "anomaly-record-signed",
    words(
        "承运方是否已在《产品运输异常记录表》上签字？",
        "Has the carrier signed the Product Transport Anomaly Record?",
    ),
    &[&LGT_37, &LGT_39],
);

/// The responsible person signed for the damage at acceptance.
pub static ACCEPTANCE_SIGNED: Fact = Fact::yes_no(
    "acceptance-signed",
    words(
        "验收时责任人是否已签字确认外观损坏？",
        "Did the responsible person sign for the damage at acceptance?",
    ),
    &[&LGT_42],
);

/// The documents were faxed to the order department.
pub static DOCUMENTS_FAXED: Fact = Fact::yes_no(
    "documents-faxed",
    words("单据是否已传真至订单部？", "Were the documents faxed to the order department?"),
    &[&LGT_42],
);

/// What kind of goods they are.
pub static GOODS_CLASS: Fact = Fact::one_of(
    "goods-class",
    words("货物属于哪一类？", "What kind of goods are they?"),
    &[
        (ORDINARY, words("正常商品", "Ordinary goods")),
        ("sample", words("样品", "Sample")),
        ("used", words("已安装使用", "Installed and used")),
        ("obsolete", words("淘汰产品", "Obsolete product")),
        ("special", words("特定产品", "Special product")),
        ("scrapped", words("报废品", "Scrapped")),
        ("mixed-brand", words("与其他品牌组装", "Assembled with other brands")),
    ],
    &[&LGT_32],
);
/// The value of [`GOODS_CLASS`] that rule 32 does not exclude.
pub const ORDINARY: &str = "ordinary";

/// Electronic parts are what fails.
pub static ELECTRONIC_PART: Fact = Fact::yes_no(
    "electronic-part",
    words("故障部件是否为电器配件？", "Is the failed part an electronic part?"),
    &[&LGT_46, &LGT_47, &LGT_48],
);

/// The lamps are part of a project batch.
pub static PROJECT_BATCH: Fact = Fact::yes_no(
    "project-batch",
    words("是否为工程性批量用灯？", "Do the lamps belong to a project batch?"),
    &[&LGT_48],
);

/// It can be repaired.
pub static REPAIRABLE: Fact =
    Fact::yes_no("repairable", words("经判断能否维修？", "Can the product be repaired?"), &[&LGT_50]);

/// Why headquarters wants the goods.
pub static SENT_FOR: Fact = Fact::one_of(
    "sent-for",
    words("公司为何需要该产品寄回？", "Why does the company want the goods sent in?"),
    &[
        ("safety", words("安全质量问题", "A safety-quality problem")),
        ("analysis", words("有分析价值", "A defect worth analysing")),
        ("recall", words("召回复测", "Recalled for re-test")),
    ],
    &[&LGT_35],
);

/// The goods were sent back before anybody approved.
pub static SENT_UNAPPROVED: Fact = Fact::yes_no(
    "sent-unapproved",
    words("是否未经批准即已返回？", "Were the goods sent back without approval?"),
    &[&LGT_27],
);

/// The share of a delivery from which breakage is on a large scale.
pub static LARGE_SCALE_PERCENT: Setting = Setting {
    name: "large-scale-percent",
    value_type: ValueType::Integer,
    label: words("大面积损坏的比例（%）", "Large-scale breakage from this share of a delivery (%)"),
    help: Some(words("损坏件数占到货件数的比例", "Broken pieces of all pieces delivered")),
    default: Some(Constant::Integer(10)),
    rules: &[&LGT_15, &LGT_40, &LGT_R6],
};

/// Revolving stock by kind of part: none until the brand requires some (rule 44).
pub static STOCKS: &[(&str, &Setting)] =
    &[(ELECTRONIC, &STOCK_ELECTRONIC), (LIGHT_SOURCE, &STOCK_LIGHT_SOURCE), (LIGHT_BAR, &STOCK_LIGHT_BAR)];
static STOCK_ELECTRONIC: Setting = Setting::new(
    "stock-electronic",
    ValueType::Integer,
    words("经销商周转库存：电器配件（件）", "Dealers' stock: electronic parts"),
    &[&LGT_44],
)
.or(Constant::Integer(0));
static STOCK_LIGHT_SOURCE: Setting = Setting::new(
    "stock-light-source",
    ValueType::Integer,
    words("经销商周转库存：光源（件）", "Dealers' stock: light sources"),
    &[&LGT_44],
)
.or(Constant::Integer(0));
static STOCK_LIGHT_BAR: Setting = Setting::new(
    "stock-light-bar",
    ValueType::Integer,
    words("经销商周转库存：硬灯条（件）", "Dealers' stock: rigid light bars"),
    &[&LGT_44],
)
.or(Constant::Integer(0));

/// Reviews applications of a region.
pub static REGIONAL_MANAGER: Role =
    Role { id: "regional-manager", title: words("区域负责人", "Regional manager") };

/// Approves returns and keeps their record.
pub static ORDER_DEPARTMENT: Role =
    Role { id: "order-department", title: words("订单部", "Order department") };

/// Inspects what comes back.
pub static TECHNICAL_DEPARTMENT: Role =
    Role { id: "technical-department", title: words("技术部门", "Technical department") };

/// Supplies parts and repairs.
pub static CUSTOMER_SERVICE: Role = Role {
    id: "customer-service-department",
    title: words("客户服务部", "Customer service department"),
};

/// The lighting policy.
pub static POLICY: Policy = Policy {
    name: "lighting",
    version: env!("CARGO_PKG_VERSION"),
    title: words("照明产品经销商售后政策", "Lighting maker's after-sales policy for dealers"),
    rules: rules::ALL,
    facts: &[
        &LABEL_INTACT,
        &FOUND,
        &GOODS_UNUSED,
        &ANOMALY_ON_RECORD,
        &PACKAGE_UNOPENED,
        &DELIVERED_PIECES,
        &LIABLE_UNIT_FOUND,
        &ANOMALY_RECORD_SIGNED,
        &ACCEPTANCE_SIGNED,
        &DOCUMENTS_FAXED,
        &GOODS_CLASS,
        &ELECTRONIC_PART,
        &PROJECT_BATCH,
        &REPAIRABLE,
        &SENT_FOR,
        &SENT_UNAPPROVED,
    ],
    settings: &[&LARGE_SCALE_PERCENT, &STOCK_ELECTRONIC, &STOCK_LIGHT_SOURCE, &STOCK_LIGHT_BAR],
    roles: &[&REGIONAL_MANAGER, &ORDER_DEPARTMENT, &TECHNICAL_DEPARTMENT, &CUSTOMER_SERVICE],
};
