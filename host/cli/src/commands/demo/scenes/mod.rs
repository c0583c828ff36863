//! The story: who opens which ticket, what must come of it, and what happens then.

mod lighting;
mod store;

pub(super) use lighting::units;

use jiff::civil::Date;
use serde_json::{Value, json};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Store,
    Brand,
    Dealer,
    Distributor,
    Supplier,
    BusMaker,
    ApplianceMaker,
}

impl Who {
    /// Its name in the state file.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Brand => "brand",
            Self::Dealer => "dealer",
            Self::Distributor => "distributor",
            Self::Supplier => "supplier",
            Self::BusMaker => "bus-maker",
            Self::ApplianceMaker => "appliances",
        }
    }
}

/// One ticket of the story.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Reference of the ticket, by which a second run finds it.
    pub(super) reference: &'static str,
    /// Who opens it.
    pub(super) by: Who,
    /// The facts in short.
    pub(super) facts: &'static str,
    /// The product and one claim.
    pub(super) body: Value,
    /// The ruling that must come.
    pub(super) ruling: &'static str,
    /// The remedy that must be offered first.
    pub(super) remedy: Option<&'static str>,
    /// Rules that the verdict must cite.
    pub(super) rules: &'static [&'static str],
    /// What happens then.
    pub(super) steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Somebody gives a command; the claim must be in this state then.
    Command { by: Who, name: &'static str, body: Value, leads_to: &'static str },
    /// Time passes.
    Days(u32),
    /// A deadline must have been missed by now.
    Missed,
}

impl Scene {
    fn new(reference: &'static str, by: Who, facts: &'static str, body: Value) -> Self {
        Self { reference, by, facts, body, ruling: "", remedy: None, rules: &[], steps: Vec::new() }
    }

    /// What the verdict must be.
    fn gets(mut self, ruling: &'static str, remedy: &'static str, rules: &'static [&'static str]) -> Self {
        self.ruling = ruling;
        self.remedy = (!remedy.is_empty()).then_some(remedy);
        self.rules = rules;
        self
    }

    fn then(mut self, by: Who, name: &'static str, body: Value, leads_to: &'static str) -> Self {
        self.steps.push(Step::Command { by, name, body, leads_to });
        self
    }

    /// The claimant takes the first offer.
    fn agreed(self, leads_to: &'static str) -> Self {
        let by = self.by;
        self.then(by, "agree", json!({ "choice": 0 }), leads_to)
    }

    fn days(mut self, days: u32) -> Self {
        self.steps.push(Step::Days(days));
        self
    }

    fn missed(mut self) -> Self {
        self.steps.push(Step::Missed);
        self
    }
}

/// The whole story as it stands on `today`. Every call gives the same scenes in the same order; only the
/// dates move.
pub(super) fn all(today: Date) -> Vec<Scene> {
    let days = Days { today };
    let mut scenes = store::scenes(&days);
    scenes.extend(lighting::scenes(&days));
    // Last, because it lets time pass.
    scenes.push(store::late_repair(&days));
    scenes
}

/// Days counted back from today.
struct Days {
    today: Date,
}

/// Where the demo's parties are.
const ZONE: &str = "+08:00";

impl Days {
    fn ago(&self, days: i64) -> Value {
        json!(self.today.saturating_sub(jiff::Span::new().try_days(days).unwrap_or_default()))
    }

    /// The first instant of today.
    fn this_morning(&self) -> Value {
        json!(format!("{}T00:00:00{ZONE}", self.today))
    }
}
