//! A requisition.

use crate::http::schema;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::Destination;
use sanbao_domain::claim::Signature;
use sanbao_domain::ids::{ClaimId, JobId, PartyId, RequisitionId, TicketId};
use sanbao_domain::money::Money;
use sanbao_domain::parts::requisition::{CommandName, OldLot, State, StateName};
use sanbao_domain::parts::{Condition, Place, Requisition};
use sanbao_domain::time::{Date, Span, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A signature.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PartSignature)]
pub struct SignatureView {
    role: String,
    by: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<&Signature> for SignatureView {
    fn from(signature: &Signature) -> Self {
        let Signature { role, by, at, note } = signature.clone();
        Self { role, by, at, note }
    }
}

/// One signature of the approval.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RequisitionStep)]
pub struct StepView {
    role: String,
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<SignatureView>,
}

/// What becomes of the old parts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OldPartTerms)]
pub struct TermsView {
    /// They must come back (BUS-32, 42).
    must_come_back: bool,
    /// By when, counted from the replacement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Span>)]
    within: Option<Span>,
    /// Where to.
    #[schema(value_type = String, example = "headquarters")]
    goes_to: Destination,
    /// From when they may be scrapped, counted from their return; absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Span>)]
    scrap_after: Option<Span>,
    /// Rules behind it.
    rules: Vec<String>,
    /// Pieces still to come back.
    missing: u32,
}

/// Old parts that came back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OldParts)]
pub struct LotView {
    #[schema(value_type = String, format = Date)]
    on: Date,
    #[schema(value_type = String, example = "store:main")]
    place: Place,
    quantity: u32,
    /// First day on which they may be scrapped; null: never.
    #[schema(value_type = Option<String>, format = Date)]
    scrap_from: Option<Date>,
    repaired: u32,
    scrapped: u32,
}

impl From<&OldLot> for LotView {
    fn from(lot: &OldLot) -> Self {
        let OldLot { on, place, quantity, scrap_from, repaired, scrapped } = lot.clone();
        Self { on, place, quantity, scrap_from, repaired, scrapped }
    }
}

/// Old parts of mailed ones that will not come back (BUS-43).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LostOldParts)]
pub struct LostView {
    quantity: u32,
    reason: String,
    handler: SignatureView,
}

/// What mailing cost (BUS-43).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Postage)]
pub struct PostageView {
    #[schema(value_type = schema::Money)]
    amount: Money,
    voucher: String,
    handler: SignatureView,
}

/// What parts were written off against (BUS-42).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WriteOff)]
pub struct WriteOffView {
    /// The job whose report it was; absent for mailed parts, where two signatures stand in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    job: Option<JobId>,
    /// When the user signed the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    report_signed_at: Option<Timestamp>,
    /// The leader who approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_approved_by: Option<String>,
    /// Who wrote them off.
    signature: SignatureView,
}

/// A requisition of parts for a claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Requisition)]
pub struct RequisitionView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: RequisitionId,
    /// Its version, for `If-Match`.
    pub version: i64,
    /// proposed, approved, rejected, issued, returned or written-off.
    #[schema(value_type = String, example = "issued")]
    pub state: StateName,
    /// Whose parts.
    #[schema(value_type = String, format = Uuid)]
    pub owner: PartyId,
    /// For which ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// For which claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// For which job on site.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub job: Option<JobId>,
    /// Part number.
    pub part: String,
    /// good or after-sales.
    #[schema(value_type = String, example = "good")]
    pub condition: Condition,
    /// Pieces.
    pub quantity: u32,
    /// Drawn from here.
    #[schema(value_type = String, example = "store:main")]
    pub from: Place,
    /// Taken over by: `technician:NAME`, or `transit` when mailed.
    #[schema(value_type = String, example = "technician:Wang")]
    pub to: Place,
    /// Why the part is replaced.
    pub reason: String,
    /// Who asked.
    pub proposed_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub proposed_at: Timestamp,
    /// Who approves, in order (BUS-41).
    pub approval: Vec<StepView>,
    /// Who refused, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected: Option<RejectedView>,
    /// When it was issued.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub issued_at: Option<Timestamp>,
    /// Pieces built in.
    pub used: u32,
    /// Pieces returned unused.
    pub returned: u32,
    /// Pieces neither used nor returned.
    pub open: u32,
    /// What becomes of the old parts.
    pub old_part: TermsView,
    /// Old parts that came back.
    pub old: Vec<LotView>,
    /// Old parts that will not come back.
    pub lost: Vec<LostView>,
    /// What mailing cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postage: Option<PostageView>,
    /// What it was written off against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_off: Option<WriteOffView>,
    /// The commands that this key may give now.
    #[schema(value_type = Vec<String>, example = json!(["issue", "reject"]))]
    pub possible: Vec<CommandName>,
}

/// A refusal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RequisitionRefusal)]
pub struct RejectedView {
    by: String,
    reason: String,
}

impl RequisitionView {
    /// Shows a requisition to an actor.
    pub fn new(one: &Requisition, version: i64, viewer: &Actor) -> Self {
        let steps = one.chain.steps.iter().enumerate().map(|(index, step)| StepView {
            role: step.role.clone(),
            rule: step.rule.clone(),
            signed: one.chain.signed.get(index).map(SignatureView::from),
        });
        let (rejected, written_off) = match &one.state {
            State::Rejected { by, reason } => {
                (Some(RejectedView { by: by.clone(), reason: reason.clone() }), None)
            }
            State::WrittenOff { report, signature } => {
                let view = WriteOffView {
                    job: report.as_ref().map(|report| report.job),
                    report_signed_at: report.as_ref().and_then(|report| report.signed_at),
                    report_approved_by: report.as_ref().and_then(|report| report.approved_by.clone()),
                    signature: signature.into(),
                };
                (None, Some(view))
            }
            _ => (None, None),
        };
        let terms = &one.old_part;
        let lost = one.lost.iter().map(|lost| LostView {
            quantity: lost.quantity,
            reason: lost.reason.clone(),
            handler: (&lost.handler).into(),
        });
        let postage = one.postage.as_ref().map(|postage| PostageView {
            amount: postage.amount.clone(),
            voucher: postage.voucher.clone(),
            handler: (&postage.handler).into(),
        });
        Self {
            id: one.id,
            version,
            state: one.state.name(),
            owner: one.owner,
            ticket: one.ticket,
            claim: one.claim,
            job: one.job,
            part: one.part.clone(),
            condition: one.condition,
            quantity: one.quantity,
            from: one.from.clone(),
            to: one.to.clone(),
            reason: one.reason.clone(),
            proposed_by: one.proposed_by.clone(),
            proposed_at: one.proposed_at,
            approval: steps.collect(),
            rejected,
            issued_at: one.issued_at,
            used: one.used,
            returned: one.returned,
            open: one.open(),
            old_part: TermsView {
                must_come_back: terms.must_come_back,
                within: terms.within,
                goes_to: terms.goes_to,
                scrap_after: terms.scrap_after,
                rules: terms.citations.iter().map(|citation| citation.rule.clone()).collect(),
                missing: one.old_due(),
            },
            old: one.old.iter().map(LotView::from).collect(),
            lost: lost.collect(),
            postage,
            written_off,
            possible: one.possible(viewer),
        }
    }
}
