//! Figures against targets (BUS-03…05), each with what was divided by what.

use super::{Table, field};
use crate::services::reports::Days;
use sanbao_domain::money::Decimal;
use sanbao_domain::service_level::{Bound, Measure, Target};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Date;
use sanbao_store::report::{Figures, Share};
use serde::Serialize;
use utoipa::ToSchema;

/// The figures of a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceLevelView {
    /// First day, in the caller's time zone.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// The figures.
    pub measures: Vec<MeasureView>,
}

/// One figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureView {
    /// timeliness, satisfaction or justified-complaints.
    #[schema(value_type = String, example = "timeliness")]
    pub measure: Measure,
    /// What is divided by what.
    pub formula: String,
    /// The part.
    pub numerator: i64,
    /// The whole.
    pub denominator: i64,
    /// Their quotient in percent, cut off after two places; absent where there is nothing to divide by.
    #[schema(example = "96.42")]
    pub percent: Option<String>,
    /// What the caller's policy aims at, where it says so.
    pub target: Option<TargetView>,
    /// Whether the target is met; absent without a target or a figure.
    pub met: Option<bool>,
}

/// What is aimed at.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TargetView {
    /// at-least or at-most.
    #[schema(value_type = String, example = "at-least")]
    pub bound: Bound,
    /// The figure in percent.
    #[schema(example = "90")]
    pub percent: String,
    /// The rule behind it.
    pub rule: String,
}

impl ServiceLevelView {
    /// Shows the figures with their targets.
    pub fn new(days: Days, figures: &Figures, targets: &[Target], language: Language) -> Self {
        let complaints = Share { part: figures.complaints.part, whole: figures.served.part };
        let all = [
            (Measure::Timeliness, figures.timeliness),
            (Measure::Satisfaction, figures.satisfaction),
            (Measure::JustifiedComplaints, complaints),
        ];
        let measures = all.into_iter().map(|(measure, share)| {
            let target = targets.iter().find(|target| target.measure == measure);
            MeasureView {
                measure,
                formula: formula(measure).get(language).to_owned(),
                numerator: share.part,
                denominator: share.whole,
                percent: percent(share),
                target: target.map(|target| TargetView {
                    bound: target.bound,
                    percent: decimal(target.percent),
                    rule: target.rule.clone(),
                }),
                met: target.and_then(|target| met(share, target)),
            }
        });
        Self { from: days.from, to: days.to, measures: measures.collect() }
    }
}

fn formula(measure: Measure) -> Text {
    match measure {
        Measure::Timeliness => Text::new(
            "期内按时完成的节点 ÷ 期内到期的节点",
            "milestones met in time ÷ milestones that fell due in the period",
        ),
        Measure::Satisfaction => {
            Text::new("期内满意的评价 ÷ 期内收到的评价", "satisfied answers ÷ answers given in the period")
        }
        Measure::JustifiedComplaints => Text::new(
            "期内确属服务过错的投诉 ÷ 期内关闭的其他诉求",
            "complaints of the period in which the service was at fault ÷ other claims closed in the period",
        ),
    }
}

/// Whole hundredths of a percent, without rounding up to a target that is missed.
fn percent(share: Share) -> Option<String> {
    let hundredths = i128::from(share.part) * 10_000;
    let hundredths = hundredths.checked_div(i128::from(share.whole))?;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// Exactly, whatever the figure looks like once it is cut off.
fn met(share: Share, target: &Target) -> Option<bool> {
    if share.whole == 0 {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::from(target.percent.scale))?;
    let have = i128::from(share.part).checked_mul(100)?.checked_mul(scale)?;
    let need = i128::from(target.percent.digits).checked_mul(i128::from(share.whole))?;
    Some(match target.bound {
        Bound::AtLeast => have >= need,
        Bound::AtMost => have <= need,
    })
}

fn decimal(value: Decimal) -> String {
    let scale = usize::from(value.scale);
    if scale == 0 {
        return value.digits.to_string();
    }
    let digits = format!("{:0>width$}", value.digits.unsigned_abs(), width = scale + 1);
    let (whole, rest) = digits.split_at(digits.len() - scale);
    let sign = if value.digits < 0 { "-" } else { "" };
    format!("{sign}{whole}.{rest}")
}

impl Table for ServiceLevelView {
    const COLUMNS: &'static [&'static str] = &[
        "from",
        "to",
        "measure",
        "formula",
        "numerator",
        "denominator",
        "percent",
        "bound",
        "target",
        "rule",
        "met",
    ];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |view: &MeasureView| {
            let target = view.target.as_ref();
            let bound = target.map(|target| match target.bound {
                Bound::AtLeast => "at-least",
                Bound::AtMost => "at-most",
            });
            let measure = match view.measure {
                Measure::Timeliness => "timeliness",
                Measure::Satisfaction => "satisfaction",
                Measure::JustifiedComplaints => "justified-complaints",
            };
            vec![
                self.from.to_string(),
                self.to.to_string(),
                measure.to_owned(),
                view.formula.clone(),
                view.numerator.to_string(),
                view.denominator.to_string(),
                field(view.percent.as_ref()),
                field(bound.as_ref()),
                field(target.map(|target| &target.percent)),
                field(target.map(|target| &target.rule)),
                field(view.met.as_ref()),
            ]
        };
        self.measures.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(bound: Bound, digits: i64, scale: u8) -> Target {
        let percent = Decimal { digits, scale };
        Target { measure: Measure::Timeliness, bound, percent, rule: "BUS-03".into() }
    }

    /// BUS-03, BUS-04, BUS-05: a figure is compared exactly, and shown cut off rather than rounded up.
    #[test]
    fn bus_03_a_target_is_met_exactly_or_not_at_all() {
        let cases = [
            ((9, 10), Bound::AtLeast, (90, 0), Some(true), Some("90.00")),
            ((89_999, 100_000), Bound::AtLeast, (90, 0), Some(false), Some("89.99")),
            ((17, 20), Bound::AtLeast, (850, 1), Some(true), Some("85.00")),
            ((1, 3), Bound::AtMost, (3_333, 2), Some(false), Some("33.33")),
            ((0, 3), Bound::AtMost, (0, 0), Some(true), Some("0.00")),
            ((0, 0), Bound::AtLeast, (90, 0), None, None),
        ];
        for ((part, whole), bound, (digits, scale), expected, shown) in cases {
            let share = Share { part, whole };
            assert_eq!(met(share, &target(bound, digits, scale)), expected, "{share:?}");
            assert_eq!(percent(share).as_deref(), shown, "{share:?}");
        }
        for ((digits, scale), shown) in [((90, 0), "90"), ((855, 1), "85.5"), ((5, 2), "0.05")] {
            assert_eq!(decimal(Decimal { digits, scale }), shown);
        }
    }
}
