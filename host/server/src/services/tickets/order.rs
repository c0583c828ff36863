//! The commands that people give to a claim, each with what it asks of the policy on its way.

use super::facts;
use super::walk::Walk;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::approval::{ApprovalPlan, ApprovalRequest};
use sanbao_domain::case::{Matter, Remedy, Wish};
use sanbao_domain::claim::{Claim, Command, CommandName, Evidence, Facts, State, procedure};
use sanbao_domain::ids::ClaimId;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;

/// A command as a client gives it.
#[derive(Clone, Debug)]
pub enum Order {
    /// Facts or documents came in.
    AddEvidence {
        /// What came in.
        evidence: Box<Evidence>,
        /// Let the policy judge anew at once, where no person has the claim in hand.
        judge: bool,
    },
    /// Let the policy judge anew.
    Judge,
    /// The claimant chooses an offer.
    Agree {
        /// Its index.
        choice: usize,
    },
    /// The claimant does not agree.
    Escalate {
        /// In the claimant's words.
        words: String,
        /// What the claimant insists on.
        wish: Option<Remedy>,
    },
    /// The next signature is given.
    Approve {
        /// What is granted, where nothing was agreed on.
        remedy: Option<Remedy>,
        /// Remark.
        note: Option<String>,
    },
    /// The next signature is refused.
    Reject {
        /// Reason.
        reason: String,
    },
    /// Work starts.
    StartWork {
        /// When the goods arrived.
        goods_received_at: Option<Timestamp>,
    },
    /// Work is done.
    Complete {
        /// What was done.
        note: Option<String>,
    },
    /// The goods are handed over.
    HandOver {
        /// To whom.
        to: String,
    },
    /// Nothing is left to do.
    Close,
    /// The claimant withdraws.
    Cancel {
        /// Why.
        reason: String,
    },
}

/// Something that a client wants to happen to a claim: what it asks of the policy on its way, and the
/// commands that it gives to the state machine.
pub trait Carry: Clone + Send + Sync {
    /// What will be known of the claim: evidence can change which policy governs it.
    fn facts(&self, known: &Facts) -> Facts {
        known.clone()
    }

    /// Carries it out on a claim whose governing policy the walk knows. It may be carried out again on a
    /// newer state of the ticket, so it changes nothing but the walk.
    fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> impl Future<Output = Result<(), Problem>> + Send;
}

/// A procedure's command that asks nothing of the policy first.
impl Carry for procedure::Command {
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.give(id, Command::Procedure(self)).await
    }
}

impl Order {
    /// Its name in the state machine.
    pub fn name(&self) -> CommandName {
        match self {
            Self::AddEvidence { .. } => CommandName::AddEvidence,
            Self::Judge => CommandName::Judge,
            Self::Agree { .. } => CommandName::Agree,
            Self::Escalate { .. } => CommandName::Escalate,
            Self::Approve { .. } => CommandName::Approve,
            Self::Reject { .. } => CommandName::Reject,
            Self::StartWork { .. } => CommandName::StartWork,
            Self::Complete { .. } => CommandName::Complete,
            Self::HandOver { .. } => CommandName::HandOver,
            Self::Close => CommandName::Close,
            Self::Cancel { .. } => CommandName::Cancel,
        }
    }
}

impl Carry for Order {
    fn facts(&self, known: &Facts) -> Facts {
        let mut facts = known.clone();
        if let Self::AddEvidence { evidence, .. } = self {
            facts.add(evidence);
        }
        facts
    }

    /// Refused by the machine, or with 422 for facts that cannot be.
    async fn carry(self, walk: &mut Walk<'_>, id: ClaimId) -> Result<(), Problem> {
        walk.check(id, self.name())?;
        let command = match self {
            Self::AddEvidence { evidence, judge } => {
                check(walk, id, &evidence)?;
                walk.give(id, Command::AddEvidence(*evidence)).await?;
                let claim = walk.claim(id)?;
                if judge && claim.matter == Matter::Warranty && matches!(claim.state, State::Opened) {
                    walk.judge(id).await?;
                }
                return Ok(());
            }
            Self::Judge => return walk.judge(id).await,
            Self::Agree { choice } => {
                let request = agreed(walk.claim(id)?, choice);
                let plan = plan(walk, id, request).await?;
                Command::Agree { choice, plan }
            }
            Self::Escalate { words, wish } => {
                // Words that the machine will refuse need no plan.
                let claim = walk.claim(id)?;
                let request = if words.trim().is_empty() { None } else { disputed(claim, wish) };
                let plan = plan(walk, id, request).await?;
                Command::Escalate { words, wish, plan }
            }
            Self::Approve { remedy, note } => Command::Approve { remedy, note },
            Self::Reject { reason } => Command::Reject { reason },
            Self::StartWork { goods_received_at } => Command::StartWork { goods_received_at },
            Self::Complete { note } => Command::Complete { note },
            Self::HandOver { to } => Command::HandOver { to },
            Self::Close => Command::Close,
            Self::Cancel { reason } => Command::Cancel { reason },
        };
        walk.give(id, command).await
    }
}

/// Evidence must fit what is known, and what the policy in force declares.
fn check(walk: &Walk<'_>, id: ClaimId, evidence: &Evidence) -> Result<(), Problem> {
    let governed = walk.governed(id)?;
    let mut facts = walk.claim(id)?.facts.clone();
    facts.add(evidence);
    let mut checks = Checks::new();
    facts::check(&mut checks, "", &facts, &governed.respondent.calendar, walk.now());
    if let Some(policy) = &governed.policy {
        facts::attributes(&mut checks, "", &policy.problems(&evidence.attributes));
    }
    for (index, document) in evidence.documents.iter().enumerate() {
        checks.text(format!("documents[{index}].kind"), &document.kind, 1..=100);
        checks.text(format!("documents[{index}].reference"), &document.reference, 1..=1000);
    }
    checks.optional("note", evidence.note.as_deref(), 1..=5000);
    checks.that(
        *evidence != Evidence::default(),
        "",
        Text::new("没有内容", "there is nothing in it"),
        Text::new("填写事实、证明或备注。", "Give a fact, a document or a note."),
    );
    checks.done()
}

/// Asks who signs; without a request nobody needs to be asked.
async fn plan(
    walk: &mut Walk<'_>,
    id: ClaimId,
    request: Option<ApprovalRequest>,
) -> Result<ApprovalPlan, Problem> {
    match request {
        Some(request) => walk.plan(id, request).await,
        None => Ok(ApprovalPlan::baseline(false)),
    }
}

/// What is to be approved when an offer is taken; nothing for a refusal that is accepted.
fn agreed(claim: &Claim, choice: usize) -> Option<ApprovalRequest> {
    let offer = claim.offers().get(choice).filter(|offer| offer.remedy != Remedy::Decline)?;
    Some(ApprovalRequest::remedy(offer.remedy, true, false))
}

/// What is to be approved in a dispute: what the claimant insists on, asked for, or was offered.
fn disputed(claim: &Claim, wish: Option<Remedy>) -> Option<ApprovalRequest> {
    let offers = claim.verdict().map(|verdict| verdict.offers.as_slice()).unwrap_or_default();
    let asked = match claim.facts.asked {
        Wish::Repair | Wish::Parts => Some(Remedy::Repair),
        Wish::Replace => Some(Remedy::Replace),
        Wish::Refund => Some(Remedy::Refund),
        Wish::Credit => Some(Remedy::Credit),
        Wish::Unspecified => None,
    };
    let first = offers.iter().map(|offer| offer.remedy).find(|remedy| *remedy != Remedy::Decline);
    let remedy = wish.or(asked).or(first).unwrap_or(Remedy::Repair);
    let offered = offers.iter().any(|offer| offer.remedy == remedy);
    (remedy != Remedy::Decline).then(|| ApprovalRequest::remedy(remedy, offered, true))
}
