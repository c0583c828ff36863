//! What people decide: a claim in a person's hands, signatures, and a refusal in clear words.

use super::rulebook::{ReasonView, Rulebook, rule_id};
use crate::http::schema;
use sanbao_domain::case::{Remedy, Side};
use sanbao_domain::claim::{Chain, Claim, Escalation, Reason, RejectedBy, Signature};
use sanbao_domain::text::Text;
use sanbao_domain::time::{Span, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A signature that was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignatureView {
    /// Who signed.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One step of an approval chain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StepView {
    /// Role that signs; the key that approves must hold it.
    pub role: String,
    /// Its title.
    pub title: String,
    /// Whose person it is: claimant or respondent.
    #[schema(value_type = String)]
    pub by: Side,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Span>)]
    pub within: Option<Span>,
    /// Rule behind it; absent where the host itself asks for the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The signature, once given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignatureView>,
}

/// Who signs, in order, and who is next.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChainView {
    /// All steps.
    pub steps: Vec<StepView>,
    /// Role of the next signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Why a person must settle the claim, and who.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WithPersonView {
    /// referred, policy-failed, no-policy, disputed or unrepairable.
    #[schema(example = "disputed")]
    pub because: &'static str,
    /// The same in words.
    pub text: String,
    /// In the claimant's own words, where it is a dispute; why it cannot be repaired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What the claimant insists on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub wish: Option<Remedy>,
    /// Who decides.
    #[serde(flatten)]
    pub chain: ChainView,
}

/// Who said no, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefusalView {
    /// policy or person.
    pub by: &'static str,
    /// Title of the person's role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The person's reason, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The rules behind it.
    pub reasons: Vec<ReasonView>,
}

impl ChainView {
    /// Shows a chain.
    pub fn new(chain: &Chain, book: &Rulebook) -> Self {
        let steps = chain.steps.iter().enumerate().map(|(index, step)| StepView {
            role: step.role.clone(),
            title: book.role(&step.role),
            by: step.by,
            within: step.within,
            rule: rule_id(&step.rule),
            signed: chain.signed.get(index).map(signature),
        });
        Self { steps: steps.collect(), next: chain.next().map(|step| step.role.clone()) }
    }
}

impl WithPersonView {
    /// Shows an escalation.
    pub fn new(escalation: &Escalation, book: &Rulebook) -> Self {
        let (because, text, words) = match &escalation.because {
            Reason::Referred => {
                ("referred", Text::new("规则规定由人工决定。", "The rules leave it to a person."), None)
            }
            Reason::PolicyFailed { failure } => ("policy-failed", failure.kind.explain(), None),
            Reason::NoPolicy { basis } => (
                "no-policy",
                Text::new(
                    format!("{basis}时该责任方没有规定保修范围的生效政策，由人工处理。"),
                    format!(
                        "A person decides: on {basis} no policy of the respondent was in force that says what is covered."
                    ),
                ),
                None,
            ),
            Reason::Disputed { words } => (
                "disputed",
                Text::new("双方未能达成一致，由上级处理。", "The sides do not agree; a superior settles it."),
                Some(words.clone()),
            ),
            Reason::Unrepairable { words } => (
                "unrepairable",
                Text::new(
                    "无法按约定修复，由上级决定如何处理。",
                    "It cannot be repaired as agreed; a superior says how to settle.",
                ),
                Some(words.clone()),
            ),
        };
        Self {
            because,
            text: book.text(&text),
            words,
            wish: escalation.wish,
            chain: ChainView::new(&escalation.chain, book),
        }
    }
}

impl RefusalView {
    /// Shows a refusal with the rules of the verdict behind it (STO-25).
    pub fn new(rejected: &RejectedBy, claim: &Claim, book: &Rulebook) -> Self {
        let verdict = claim.verdict();
        let declined = verdict.into_iter().flat_map(|verdict| &verdict.offers);
        let declined =
            declined.filter(|offer| offer.remedy == Remedy::Decline).flat_map(|offer| &offer.citations);
        let reasons =
            book.reasons(verdict.into_iter().flat_map(|verdict| &verdict.citations).chain(declined));
        match rejected {
            RejectedBy::Policy => Self { by: "policy", role: None, words: None, reasons },
            RejectedBy::Person { role, reason } => {
                Self { by: "person", role: Some(book.role(role)), words: Some(reason.clone()), reasons }
            }
        }
    }
}

fn signature(signature: &Signature) -> SignatureView {
    SignatureView { by: signature.by.clone(), at: signature.at, note: signature.note.clone() }
}
