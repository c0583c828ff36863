//! The latest judgement of a claim: ruling, cover, reasons, offers and missing facts.

use super::offer::OfferView;
use super::rulebook::{ReasonView, Rulebook, rule_id};
use crate::http::schema;
use sanbao_domain::case::Usage;
use sanbao_domain::claim::{Claim, Judgement, PolicyRef};
use sanbao_domain::failure::{FailureKind, PolicyFailure};
use sanbao_domain::floor::{Because, DecidedBy, Stacked};
use sanbao_domain::ids::{ActivationId, ClaimId, PolicyId, ReceiptId};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Date, Span};
use sanbao_domain::verdict::{Basis, Cover, MissingFact, Ruling};
use serde::Serialize;
use utoipa::ToSchema;

/// Which policy judged, and why that one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyView {
    /// Id of the version.
    #[schema(value_type = String, format = Uuid)]
    pub id: PolicyId,
    /// The activation that put it in force.
    #[schema(value_type = String, format = Uuid)]
    pub activation: ActivationId,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the component, hexadecimal.
    pub digest: String,
    /// The day whose policy it is.
    #[schema(value_type = String, format = Date)]
    pub basis: Date,
}

/// The cover looked at, whether or not it still holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverView {
    /// The event that it is counted from: produced, shipped, sold, installed, received, reported or renewed.
    #[schema(value_type = String, example = "sold")]
    pub basis: Basis,
    /// Day 0.
    #[schema(value_type = String, format = Date)]
    pub starts: Date,
    /// How long.
    #[schema(value_type = schema::Span)]
    pub term: Span,
    /// The last covered day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// It also ends when one of these is reached.
    #[schema(value_type = Vec<schema::Usage>)]
    pub limits: Vec<Usage>,
    /// Rule that sets the term.
    pub rule: String,
}

/// A fact that must be known first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MissingView {
    /// A declared attribute, or a core fact such as `dates.sold`.
    #[schema(example = "dates.sold")]
    pub fact: String,
    /// The question to ask.
    pub label: String,
    /// Why it is needed.
    pub why: String,
    /// Rule that needs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// How the policy failed; a person decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FailureView {
    /// Kind of the failure.
    #[schema(value_type = String, example = "out-of-fuel")]
    pub kind: FailureKind,
    /// The same in words.
    pub text: String,
}

/// What came of asking the policy.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct VerdictView {
    /// covered, not-covered, facts-missing or referred; absent while nothing was judged, after a failure,
    /// and where no policy was in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "covered")]
    pub ruling: Option<Ruling>,
    /// By which policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyView>,
    /// The cover looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover: Option<CoverView>,
    /// The rules that decided, in words (STO-25).
    pub reasons: Vec<ReasonView>,
    /// Readings and remarks that mattered.
    pub notes: Vec<ReasonView>,
    /// Remedies, preferred first.
    pub offers: Vec<OfferView>,
    /// Facts to supply.
    pub missing: Vec<MissingView>,
    /// How the policy failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureView>,
    /// Id of the recorded decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub receipt: Option<ReceiptId>,
    /// own or floor: where the statutory floor of the jurisdiction was asked beside the respondent's own
    /// policy, the one whose verdict this is; the more favourable to the consumer (STO-41).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "floor")]
    pub decided_by: Option<DecidedBy>,
    /// The other one of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<BesideView>,
}

/// The policy that was asked too and did not decide.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BesideView {
    /// Which; absent where the respondent had none in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyView>,
    /// Its ruling; absent after a failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "not-covered")]
    pub ruling: Option<Ruling>,
    /// Its recorded decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub receipt: Option<ReceiptId>,
    /// less-favourable, facts-missing, failed or no-policy.
    #[schema(value_type = String, example = "less-favourable")]
    pub because: Because,
    /// The same in words.
    pub text: String,
}

fn beside(stacked: &Stacked, book: &Rulebook) -> BesideView {
    let other = stacked.other.as_ref();
    let text = match stacked.because {
        Because::LessFavourable => Text::new("对消费者不更有利", "It is no more favourable to the consumer."),
        Because::FactsMissing => Text::new("缺少事实，未作决定", "It lacks facts and decides nothing."),
        Because::Failed => Text::new("未能作答，未作决定", "It failed and decides nothing."),
        Because::NoPolicy => Text::new(
            "责任方没有规定保修范围的生效政策",
            "No policy of the respondent was in force that says what is covered.",
        ),
    };
    BesideView {
        policy: other.map(|other| policy(&other.by)),
        ruling: other.and_then(|other| other.ruling),
        receipt: other.map(|other| other.receipt),
        because: stacked.because,
        text: book.text(&text),
    }
}

/// The verdict on one claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClaimVerdictView {
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// What came of asking the policy.
    #[serde(flatten)]
    pub verdict: VerdictView,
}

impl VerdictView {
    /// Shows the latest judgement of a claim.
    pub fn new(claim: &Claim, book: &Rulebook) -> Self {
        match &claim.judgement {
            None | Some(Judgement::NoPolicy { .. }) => Self::default(),
            Some(Judgement::Failed { by, receipt, failure: PolicyFailure { kind, .. } }) => Self {
                policy: Some(policy(by)),
                failure: Some(FailureView { kind: *kind, text: book.text(&kind.explain()) }),
                receipt: Some(*receipt),
                ..Self::default()
            },
            Some(Judgement::Verdict { by, receipt, verdict, until, stacked }) => Self {
                ruling: Some(verdict.ruling),
                policy: Some(policy(by)),
                cover: verdict.cover.as_ref().map(|found| cover(found, *until)),
                reasons: book.reasons(&verdict.citations),
                notes: book.reasons(&verdict.notes),
                offers: verdict
                    .offers
                    .iter()
                    .enumerate()
                    .map(|(index, offer)| OfferView::new(index, offer, book))
                    .collect(),
                missing: verdict.missing.iter().map(|fact| missing(fact, book)).collect(),
                failure: None,
                receipt: Some(*receipt),
                decided_by: stacked.as_ref().map(|stacked| stacked.decided_by),
                beside: stacked.as_ref().map(|stacked| beside(stacked, book)),
            },
        }
    }
}

fn policy(by: &PolicyRef) -> PolicyView {
    PolicyView {
        id: by.policy,
        activation: by.activation,
        name: by.name.clone(),
        version: by.version.clone(),
        digest: by.digest.clone(),
        basis: by.basis,
    }
}

fn cover(cover: &Cover, until: Option<Date>) -> CoverView {
    CoverView {
        basis: cover.basis,
        starts: cover.starts,
        term: cover.term,
        until,
        limits: cover.limits.clone(),
        rule: cover.rule.clone(),
    }
}

fn missing(missing: &MissingFact, book: &Rulebook) -> MissingView {
    MissingView {
        fact: missing.fact.clone(),
        label: book.fact(&missing.fact),
        why: book.text(&missing.why),
        rule: rule_id(&missing.rule),
    }
}
