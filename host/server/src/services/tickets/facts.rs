//! What can be wrong with facts before any policy sees them: dates that cannot be, amounts that are none.

use crate::http::check::Checks;
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::{Dates, History, Product};
use sanbao_domain::claim::Facts;
use sanbao_domain::manifest::FactProblem;
use sanbao_domain::money::Money;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Moment, Timestamp};

/// Checks the facts of a claim; `at` is the path in front of each field, such as `claims[0].`.
pub fn check(checks: &mut Checks, at: &str, facts: &Facts, calendar: &Calendar, now: Timestamp) {
    dates(checks, &format!("{at}dates."), &facts.dates, calendar, now);
    history(checks, &format!("{at}history."), &facts.history, calendar, now);
    checks.optional(format!("{at}fault"), facts.fault.as_deref(), 1..=2000);
    if let Some(claimed) = &facts.claimed {
        money(checks, format!("{at}claimed"), claimed);
    }
}

/// Checks a product that was stated; `at` is its path with a point behind.
pub fn product(checks: &mut Checks, at: &str, product: &Product) {
    checks.text(format!("{at}category"), &product.category, 1..=100);
    checks.text(format!("{at}model"), &product.model, 1..=200);
    checks.optional(format!("{at}serial"), product.serial.as_deref(), 1..=200);
    checks.optional(format!("{at}lot"), product.lot.as_deref(), 1..=200);
    checks.that(
        product.quantity >= 1 && (product.serial.is_none() || product.quantity == 1),
        format!("{at}quantity"),
        Text::new("数量不合理", "the number of pieces cannot be"),
        Text::new("至少 1 件；有序列号时恰为 1 件。", "Give at least 1; exactly 1 with a serial number."),
    );
    if let Some(price) = &product.price {
        money(checks, format!("{at}price"), price);
    }
}

/// Checks an amount of money.
pub fn money(checks: &mut Checks, field: String, money: &Money) {
    checks.that(
        money.is_valid() && money.minor >= 0,
        field,
        Text::new("金额无效", "this is no amount of money"),
        Text::new(
            "amount 为最小货币单位（不小于 0），currency 为 ISO 4217 代码。",
            "Give minor units, 0 or more, as amount and an ISO 4217 code as currency.",
        ),
    );
}

fn dates(checks: &mut Checks, at: &str, dates: &Dates, calendar: &Calendar, now: Timestamp) {
    let named = [
        ("produced", dates.produced),
        ("shipped", dates.shipped),
        ("sold", dates.sold),
        ("installed", dates.installed),
        ("received", dates.received),
        ("reported", dates.reported),
    ];
    for (name, moment) in named {
        if let Some(moment) = moment {
            happened(checks, format!("{at}{name}"), moment, calendar, now);
        }
    }
    if let Some(moment) = dates.discontinued {
        same_day(checks, format!("{at}discontinued"), moment, calendar);
    }
    let orders = [
        ("produced", dates.produced, "shipped", dates.shipped),
        ("produced", dates.produced, "sold", dates.sold),
        ("shipped", dates.shipped, "received", dates.received),
        ("sold", dates.sold, "reported", dates.reported),
        ("received", dates.received, "reported", dates.reported),
    ];
    let today = calendar.day(now);
    for (earlier, first, later, second) in orders {
        // A day that lies in the future has been named already.
        if let (Some(first), Some(second)) = (first.filter(|first| first.on <= today), second) {
            checks.that(
                first.on <= second.on,
                format!("{at}{earlier}"),
                Text::new(
                    format!("{earlier}（{}）晚于 {later}（{}）", first.on, second.on),
                    format!("{earlier} ({}) is later than {later} ({})", first.on, second.on),
                ),
                Text::new("核对两个日期并更正其一。", "Check both dates and correct one of them."),
            );
        }
    }
}

fn happened(checks: &mut Checks, field: String, moment: Moment, calendar: &Calendar, now: Timestamp) {
    let today = calendar.day(now);
    checks.that(
        moment.on <= today && moment.at.is_none_or(|at| at <= now),
        field.clone(),
        Text::new(format!("{} 在将来", moment.on), format!("{} lies in the future", moment.on)),
        Text::new(
            format!("责任方的今天是 {today}，填写今天或更早的日期。"),
            format!("Today is {today} for the respondent; give today or an earlier day."),
        ),
    );
    same_day(checks, field, moment, calendar);
}

fn same_day(checks: &mut Checks, field: String, moment: Moment, calendar: &Calendar) {
    let Some(at) = moment.at else { return };
    let day = calendar.day(at);
    checks.that(
        day == moment.on,
        field,
        Text::new(
            format!("该时刻在责任方的时区是 {day}，不是 {}", moment.on),
            format!("that instant is on {day} in the respondent's time zone, not on {}", moment.on),
        ),
        Text::new("更正 on 或 at。", "Correct on or at."),
    );
}

fn history(checks: &mut Checks, at: &str, history: &History, calendar: &Calendar, now: Timestamp) {
    let today = calendar.day(now);
    for (index, repair) in history.repairs.iter().enumerate() {
        checks.text(format!("{at}repairs[{index}].fault"), &repair.fault, 1..=200);
        checks.that(
            repair.completed <= today,
            format!("{at}repairs[{index}].completed"),
            Text::new(
                format!("{} 在将来", repair.completed),
                format!("{} lies in the future", repair.completed),
            ),
            Text::new("只列已完成的维修。", "List repairs that are done."),
        );
    }
    for (index, span) in history.extensions.iter().enumerate() {
        checks.that(
            span.is_sane(),
            format!("{at}extensions[{index}]"),
            Text::new("期限超过二百年", "the span is longer than two hundred years"),
            Text::new("更正期限。", "Correct the span."),
        );
    }
    if let Some(renewed) = history.renewed {
        checks.that(
            renewed <= today,
            format!("{at}renewed"),
            Text::new(format!("{renewed} 在将来"), format!("{renewed} lies in the future")),
            Text::new("填写今天或更早的日期。", "Give today or an earlier day."),
        );
    }
}

/// Notes what a policy's manifest says against attributes.
pub fn attributes(checks: &mut Checks, at: &str, problems: &[FactProblem]) {
    for problem in problems {
        let (message, fix) = match problem {
            FactProblem::Unknown { suggestion: Some(meant), .. } => {
                ("政策没有声明这个事实".to_owned(), format!("改为 {meant}，或去掉。"))
            }
            FactProblem::Unknown { .. } => {
                ("政策没有声明这个事实".to_owned(), "去掉；可用的事实见政策清单。".to_owned())
            }
            FactProblem::WrongType { given, .. } => {
                (format!("类型不符：{given}"), "按政策清单声明的类型填写。".to_owned())
            }
            FactProblem::NotAChoice { given, choices, .. } => {
                (format!("不能填 {given}"), format!("从中选一：{}。", choices.join("、")))
            }
            FactProblem::Missing { .. } => ("缺少该项".to_owned(), "填写一个值。".to_owned()),
        };
        checks.that(
            false,
            format!("{at}{}", problem.field()),
            Text::new(message, problem.to_string()),
            Text::new(fix, problem.fix()),
        );
    }
}
