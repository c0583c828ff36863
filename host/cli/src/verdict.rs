//! A ticket as the HTTP API shows it, as far as the commands read it, and a verdict in a few words.

use serde::Deserialize;

/// A ticket.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Ticket {
    pub(crate) id: String,
    pub(crate) number: i64,
    #[serde(default)]
    pub(crate) claims: Vec<Claim>,
}

/// A claim of a ticket.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) state: String,
    #[serde(default)]
    pub(crate) ruling: Option<String>,
    #[serde(default)]
    pub(crate) cover: Option<Cover>,
    #[serde(default)]
    pub(crate) reasons: Vec<Reason>,
    #[serde(default)]
    pub(crate) offers: Vec<Offer>,
    #[serde(default)]
    pub(crate) missing: Vec<Missing>,
    #[serde(default)]
    pub(crate) deadlines: Vec<Deadline>,
}

/// The cover that was looked at.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Cover {
    #[serde(default)]
    pub(crate) until: Option<String>,
}

/// A rule that decided something.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Reason {
    pub(crate) rule: String,
}

/// A remedy that was offered.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Offer {
    pub(crate) remedy: String,
    pub(crate) scope: String,
    pub(crate) charge: String,
    #[serde(default)]
    pub(crate) reasons: Vec<Reason>,
}

/// A fact that is missing.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Missing {
    pub(crate) fact: String,
}

/// A deadline.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Deadline {
    pub(crate) title: String,
    pub(crate) due_at: String,
    pub(crate) state: String,
}

impl Claim {
    /// The ruling and what is offered: "covered: repair, free; replace, free".
    pub(crate) fn verdict(&self) -> String {
        let ruling = self.ruling.as_deref().unwrap_or("not judged");
        let mut parts: Vec<String> = self.offers.iter().map(Offer::words).collect();
        parts.extend(self.missing.iter().map(|missing| missing.fact.clone()));
        if parts.is_empty() { ruling.to_owned() } else { format!("{ruling}: {}", parts.join("; ")) }
    }

    /// Ids of the rules that decided the ruling and grant the offers, each once.
    pub(crate) fn rules(&self) -> Vec<&str> {
        let offered = self.offers.iter().flat_map(|offer| &offer.reasons);
        let mut rules = Vec::new();
        for reason in self.reasons.iter().chain(offered) {
            if !rules.contains(&reason.rule.as_str()) {
                rules.push(reason.rule.as_str());
            }
        }
        rules
    }

    /// The running deadline that comes first.
    pub(crate) fn next_deadline(&self) -> Option<&Deadline> {
        self.deadlines.iter().filter(|deadline| deadline.state == "running").min_by_key(|d| d.due_at.as_str())
    }
}

impl Offer {
    fn words(&self) -> String {
        let parts = if self.scope == "parts" { " (parts)" } else { "" };
        let charge = if self.charge == "free" { "free" } else { "charged" };
        format!("{}{parts}, {charge}", self.remedy)
    }
}
