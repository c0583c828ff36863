//! What a back-test is asked to do, checked and made explicit.

use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::activations::Start;
use sanbao_domain::case::Attribute;
use sanbao_domain::ids::PolicyId;
use sanbao_domain::manifest::{Manifest, typed_overrides};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_policy::back_test::Wanted;
use sanbao_policy::contract::Interface;
use sanbao_policy::question::FUNCTIONS;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Categories or models that a filter may name.
const NAMES: usize = 100;

/// How much of the history is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// This share of it, in percent.
    Percent(f64),
    /// About so many decisions.
    Count(u64),
}

/// Which decisions, as clients write it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Decided at this time or later.
    pub decided_from: Option<Start>,
    /// Decided before this time.
    pub decided_until: Option<Start>,
    /// First basis date.
    pub basis_from: Option<Date>,
    /// Last basis date.
    pub basis_to: Option<Date>,
    /// Product categories.
    pub categories: Vec<String>,
    /// Product models.
    pub models: Vec<String>,
    /// Interfaces of the contract.
    pub interfaces: Vec<Interface>,
    /// How many.
    pub sample: Option<Amount>,
    /// What the sample and the examples are drawn with.
    pub seed: u64,
}

/// What a back-test is made from.
#[derive(Clone, Debug)]
pub struct NewBackTest {
    /// The version.
    pub candidate: PolicyId,
    /// Which decisions.
    pub filter: Filter,
    /// Settings as plain JSON values by name, in front of those of each decision.
    pub settings: Option<Map<String, Value>>,
}

/// What a back-test does, as its row keeps it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The functions, in the order in which they are read.
    pub functions: Vec<String>,
    /// Decided at this instant or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_from: Option<Timestamp>,
    /// Decided before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_until: Option<Timestamp>,
    /// Which claims.
    pub wanted: Wanted,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Amount>,
    /// What the sample and the examples are drawn with.
    pub seed: u64,
    /// Settings typed by the candidate's manifest, in front of those of each decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<Attribute>>,
}

impl Request {
    /// Checks what a client asks for.
    ///
    /// # Errors
    /// 422, which names every field that is wrong.
    pub fn new(caller: &Caller, manifest: &Manifest, new: NewBackTest) -> Result<Self, Problem> {
        let NewBackTest { filter, settings, .. } = new;
        let instant = |start: Start| start.instant(&caller.party);
        let (from, until) = (filter.decided_from.map(instant), filter.decided_until.map(instant));
        let mut checks = Checks::new();
        let ends_first = Text::new("结束早于开始", "it ends before it begins");
        checks.that(
            from.zip(until).is_none_or(|(from, until)| from < until),
            "filter.decided_until",
            ends_first.clone(),
            Text::new("填晚于 decided_from 的时间。", "Give a time later than `decided_from`."),
        );
        checks.that(
            filter.basis_from.zip(filter.basis_to).is_none_or(|(from, to)| from <= to),
            "filter.basis_to",
            ends_first,
            Text::new("填不早于 basis_from 的日期。", "Give a day that is not before `basis_from`."),
        );
        for (field, names) in [("categories", &filter.categories), ("models", &filter.models)] {
            checks.that(
                names.len() <= NAMES,
                format!("filter.{field}"),
                Text::new("项目过多", "there are too many"),
                Text::new(format!("至多 {NAMES} 项。"), format!("Name {NAMES} at most.")),
            );
            for (i, name) in names.iter().enumerate() {
                checks.text(format!("filter.{field}[{i}]"), name, 1..=200);
            }
        }
        checks.that(
            !filter.interfaces.contains(&Interface::Manifest),
            "filter.interfaces",
            Text::new("manifest 不作决定", "`manifest` decides nothing"),
            Text::new("如 coverage、charges。", "Name others, such as `coverage` or `charges`."),
        );
        checks.that(
            match filter.sample {
                Some(Amount::Percent(percent)) => percent > 0.0 && percent <= 100.0,
                Some(Amount::Count(count)) => count > 0,
                None => true,
            },
            "filter.sample",
            Text::new("抽样范围无效", "this is no share"),
            Text::new(
                "percent 大于 0 且不超过 100；count 至少为 1。",
                "A percent above 0 and up to 100, or a count of 1 or more.",
            ),
        );
        checks.done()?;
        let settings = settings.map(|given| typed_overrides(&manifest.settings, &given)).transpose();
        let settings = settings.map_err(|problems| {
            problems.into_iter().fold(Problem::invalid(), |problem, misfit| {
                let (message, fix) = (misfit.to_string(), misfit.fix());
                problem.error(misfit.field(), Text::new(&message, &message), Text::new(&fix, &fix))
            })
        })?;
        let named = |interface| filter.interfaces.is_empty() || filter.interfaces.contains(&interface);
        let functions = FUNCTIONS.iter().filter(|(interface, _)| named(*interface));
        Ok(Self {
            functions: functions.map(|(_, function)| (*function).to_owned()).collect(),
            decided_from: from,
            decided_until: until,
            wanted: Wanted {
                categories: filter.categories,
                models: filter.models,
                basis_from: filter.basis_from,
                basis_to: filter.basis_to,
            },
            sample: filter.sample,
            seed: filter.seed,
            settings,
        })
    }

    /// Whether nothing of the history is left out but by drawing.
    pub fn is_whole(&self) -> bool {
        self.functions.len() == FUNCTIONS.len()
            && self.decided_from.is_none()
            && self.decided_until.is_none()
            && self.wanted == Wanted::default()
    }

    /// The share of the history that is asked, once its length is known.
    pub fn share(&self, total: u64) -> f64 {
        match self.sample {
            None => 1.0,
            Some(Amount::Percent(percent)) => percent / 100.0,
            Some(Amount::Count(count)) => count as f64 / total.max(1) as f64,
        }
    }
}
