//! A recorded decision in words.

use super::claim::PartyName;
use sanbao_domain::floor::{Because, DecidedBy};
use sanbao_domain::ids::{ActivationId, ClaimId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::manifest::RuleKind;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::{Date, Timestamp};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// In which language, or in both.
#[derive(Clone, Copy, Debug)]
pub struct Tongue {
    /// The one that is asked for.
    pub language: Language,
    /// Both, in place of it.
    pub both: bool,
}

impl Tongue {
    /// A text as it is asked for.
    pub fn say(self, text: &Text) -> Said {
        if self.both {
            return Said::Both { zh: text.zh.clone(), en: text.en.clone() };
        }
        Said::One(text.get(self.language).to_owned())
    }
}

/// A text in the language asked for, or in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Said {
    /// In one language.
    One(String),
    /// With `?both=true`.
    Both {
        /// Chinese.
        zh: String,
        /// English.
        en: String,
    },
}

/// A fact that the policy was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainedFact {
    /// `attributes.gift`, `settings.large-scale-percent`, `dates.sold`.
    #[schema(example = "attributes.packaging-intact")]
    pub fact: String,
    /// What it is.
    pub label: Said,
    /// Its value; null where nobody stated it.
    #[schema(value_type = Object)]
    pub value: Json,
    /// The value in words, where the policy has words for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Said>,
}

/// A rule that was cited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainedRule {
    /// Rule id.
    #[schema(example = "STO-07")]
    pub rule: String,
    /// provision, reading or conduct.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "provision")]
    pub kind: Option<RuleKind>,
    /// Its title.
    pub title: Said,
    /// The rule itself.
    pub text: Said,
    /// Where the answer cites it: `citations[0]`, `offers[1].freight`.
    pub cited_at: Vec<String>,
    /// How it applied here, in the policy's words.
    pub details: Vec<Said>,
    /// The facts and settings that the policy says it reads for this rule.
    pub facts: Vec<ExplainedFact>,
}

/// The version that decided, and why this one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainedVersion {
    /// Id of the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub id: Option<PolicyId>,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<PartyName>,
    /// What put it in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub activation: Option<ActivationId>,
    /// From when on it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// The day whose policy judges.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub basis: Option<Date>,
    /// Why that day, and so this version.
    pub why: Said,
}

/// The statutory floor beside the respondent's own policy (STO-41).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainedFloor {
    /// own or floor.
    #[schema(value_type = String, example = "own")]
    pub decided_by: DecidedBy,
    /// less-favourable, facts-missing, failed or no-policy: why the other one did not.
    #[schema(value_type = String, example = "less-favourable")]
    pub because: Because,
    /// The same in words.
    pub text: Said,
    /// The other one's receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub receipt: Option<ReceiptId>,
}

/// A recorded decision in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainView {
    /// The receipt.
    #[schema(value_type = String, format = Uuid)]
    pub receipt: ReceiptId,
    /// Its ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// Its claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// The function that was asked.
    #[schema(example = "coverage.decide")]
    pub function: String,
    /// What came of it, in a word.
    #[schema(example = "covered")]
    pub outcome: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Timestamp,
    /// What came of it, in a sentence or two.
    pub summary: Said,
    /// The version that decided, and why this one.
    pub policy: ExplainedVersion,
    /// The rules that the answer cites, in its order.
    pub rules: Vec<ExplainedRule>,
    /// What else the policy knew of the case.
    pub facts: Vec<ExplainedFact>,
    /// Where a statutory floor was asked beside the respondent's own policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<ExplainedFloor>,
    /// What the policy wrote for its author; for the party whose policy it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub log: Option<Json>,
}
