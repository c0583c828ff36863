//! Names of the facts of a case's stable core, for people who must supply one.

use sanbao_domain::text::Text;

/// The label of a core fact such as "dates.sold" or "dates.sold.at"; none for any other name.
pub(crate) fn core_fact(fact: &str) -> Option<Text> {
    let (base, instant) = match fact.strip_suffix(".at") {
        Some(base) => (base, true),
        None => (fact, false),
    };
    let (zh, en) = match base {
        "cause" => ("故障原因", "Cause found"),
        "asked" => ("顾客要求", "What is asked for"),
        "product.price" => ("购买价格", "Price paid"),
        "dates.produced" => ("生产日期", "Date of production"),
        "dates.shipped" => ("发货日期", "Date of shipment"),
        "dates.sold" => ("购买日期", "Date of sale"),
        "dates.installed" => ("安装日期", "Date of installation"),
        "dates.received" => ("收货日期", "Date of receipt"),
        "dates.reported" => ("报修日期", "Date of the report"),
        "dates.discontinued" => ("停产日期", "Date of discontinuation"),
        _ => return None,
    };
    Some(if instant {
        Text::new(format!("{zh}（精确到时刻）"), format!("{en}, with the time of day"))
    } else {
        Text::new(zh, en)
    })
}

/// The host's own role, used where no policy names one.
pub(crate) fn manager() -> Text {
    Text::new("负责人", "Manager")
}
