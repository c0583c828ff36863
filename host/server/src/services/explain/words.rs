//! What an answer says, in a sentence or two, and why that version was asked.

use crate::services::parties::Known;
use crate::views::labels;
use sanbao_domain::calendar::Calendar;
use sanbao_domain::case::{Case, Remedy};
use sanbao_domain::failure::FailureKind;
use sanbao_domain::manifest::{Manifest, unmet_requirements};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_domain::verdict::{Charge, Offer, Ruling, Verdict};
use serde_json::Value as Json;

/// What is needed to say what an answer says.
pub(super) struct Says<'a> {
    pub(super) manifest: Option<&'a Manifest>,
    pub(super) calendar: &'a Calendar,
    pub(super) case: Option<&'a Case>,
}

impl Says<'_> {
    /// A recorded output in words.
    pub(super) fn summary(&self, function: &str, output: &Json) -> Text {
        if let Ok(kind) = serde_json::from_value::<FailureKind>(output["failure"]["kind"].clone()) {
            return kind.explain();
        }
        match serde_json::from_value::<Verdict>(output["answer"].clone()) {
            Ok(verdict) if function == "coverage.decide" => self.verdict(&verdict),
            _ => match output["answer"].as_array() {
                Some(items) if items.is_empty() => {
                    Text::new("政策对此没有要求。", "The policy asks for nothing here.")
                }
                _ => {
                    Text::new(format!("政策回答了 {function}。"), format!("The policy answered {function}."))
                }
            },
        }
    }

    fn verdict(&self, verdict: &Verdict) -> Text {
        let unmet = match (self.manifest, self.case) {
            (Some(manifest), Some(case)) => unmet_requirements(manifest, &case.attributes),
            _ => Vec::new(),
        };
        let mut missing: Vec<Text> = verdict.missing.iter().map(|missing| self.fact(&missing.fact)).collect();
        for declared in unmet {
            if !missing.contains(&declared.label) {
                missing.push(declared.label.clone());
            }
        }
        if !missing.is_empty() {
            return listed("还缺少事实：", "Facts are missing: ", &missing);
        }
        let until =
            verdict.cover.as_ref().and_then(|cover| self.calendar.last_day(cover.starts, cover.term).ok());
        match verdict.ruling {
            Ruling::Covered => {
                let (zh, en) = match until {
                    Some(until) => {
                        (format!("属于保修范围，至 {until}。"), format!("It is covered, until {until}. "))
                    }
                    None => ("属于保修范围。".to_owned(), "It is covered. ".to_owned()),
                };
                let offers: Vec<Text> = verdict.offers.iter().map(offer).collect();
                listed(format!("{zh}可选："), format!("{en}To choose from: "), &offers)
            }
            Ruling::NotCovered if verdict.offers.is_empty() => {
                Text::new("不属于保修范围。", "It is not covered.")
            }
            Ruling::NotCovered => {
                let offers: Vec<Text> = verdict.offers.iter().map(offer).collect();
                listed("不属于保修范围。仍可：", "It is not covered. Still possible: ", &offers)
            }
            Ruling::FactsMissing => Text::new("还缺少事实。", "Facts are missing."),
            Ruling::Referred => {
                let role = verdict.refer_to.as_deref().unwrap_or_default();
                let title =
                    self.manifest.and_then(|manifest| manifest.role(role)).map(|role| role.title.clone());
                let title = title.unwrap_or_else(labels::manager);
                Text::new(format!("由{}决定。", title.zh), format!("A person decides: {}.", title.en))
            }
        }
    }

    fn fact(&self, name: &str) -> Text {
        let base = name.strip_prefix("attributes.").unwrap_or(name);
        let declared = self.manifest.and_then(|manifest| {
            manifest
                .attributes
                .iter()
                .find(|attribute| attribute.name == base)
                .map(|found| found.label.clone())
        });
        declared.or_else(|| labels::core_fact(name)).unwrap_or_else(|| Text::new(name, name))
    }
}

fn listed(zh: impl Into<String>, en: impl Into<String>, items: &[Text]) -> Text {
    let all = |of: fn(&Text) -> &str, between: &str| items.iter().map(of).collect::<Vec<_>>().join(between);
    Text::new(
        format!("{}{}。", zh.into(), all(|text| &text.zh, "；")),
        format!("{}{}.", en.into(), all(|text| text.en.trim_end_matches('.'), "; ")),
    )
}

fn offer(offer: &Offer) -> Text {
    let (zh, en) = match offer.remedy {
        Remedy::Repair => ("维修", "repair"),
        Remedy::Replace => ("更换", "replacement"),
        Remedy::Refund => ("退款", "refund"),
        Remedy::Credit => ("记入账户", "credit"),
        Remedy::ReturnToSender => ("原物退回", "return as it came"),
        Remedy::RedirectToCarrier => ("向承运方索赔", "claim from the carrier"),
        Remedy::Service => ("服务", "service"),
        Remedy::Decline => ("不处理", "nothing"),
    };
    match offer.charge {
        Charge::Free => Text::new(format!("{zh}（免费）"), format!("{en} (free)")),
        Charge::Quoted => Text::new(format!("{zh}（按报价）"), format!("{en} (by quote)")),
    }
}

/// The basis date, and why it is that day.
pub(super) fn basis(respondent: &Known, case: Option<&Case>, decided_at: Timestamp) -> (Date, Text) {
    let dates = case.map(|case| case.dates).unwrap_or_default();
    let known = [
        (dates.sold, "销售", "the sale"),
        (dates.received, "收货", "the receipt of the goods"),
        (dates.shipped, "发货", "the shipment"),
        (dates.produced, "生产", "the production"),
    ];
    let found = known.into_iter().find_map(|(moment, zh, en)| Some((moment?.on, zh, en)));
    match found {
        Some((day, zh, en)) => (
            day,
            Text::new(
                format!("以{zh}日 {day} 为准：由当日生效的政策判断，之后的版本不改变已有的判断。"),
                format!(
                    "The day of {en}, {day}, counts: the version in force on that day judges, and no later one rewrites it."
                ),
            ),
        ),
        None => {
            let day = respondent.calendar.day(decided_at);
            (
                day,
                Text::new(
                    format!("没有已知的销售、收货、发货或生产日期，由判断当日 {day} 生效的政策判断。"),
                    format!(
                        "No day of a sale, receipt, shipment or production is known: the version in force on the day of the decision, {day}, judges."
                    ),
                ),
            )
        }
    }
}
