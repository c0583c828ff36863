//! What is to be thrown away, what was, and what a dealer lacks.

use super::stock::PostingView;
use sanbao_domain::claim::PolicyRef;
use sanbao_domain::ids::{PartDocumentId, PartyId, RequisitionId};
use sanbao_domain::parts::disposal::Due;
use sanbao_domain::parts::{Place, Posting, Requisition, Shortfall};
use sanbao_domain::time::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Old parts of one requisition that came back together.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OldPartsDue)]
pub struct OldPartsView {
    /// The requisition.
    #[schema(value_type = String, format = Uuid)]
    pub requisition: RequisitionId,
    /// Part number.
    pub part: String,
    /// Where they lie.
    #[schema(value_type = String, example = "store:main")]
    pub place: Place,
    /// Pieces still there.
    pub quantity: u32,
    /// When they came back.
    #[schema(value_type = String, format = Date)]
    pub back_on: Date,
    /// First day on which they may be scrapped; null: never.
    #[schema(value_type = Option<String>, format = Date)]
    pub scrap_from: Option<Date>,
    /// overdue (an earlier month's), now, later or never.
    #[schema(value_type = String, example = "now")]
    pub due: Due,
    /// Rules behind it.
    pub rules: Vec<String>,
}

impl OldPartsView {
    /// The old parts of a requisition that are still there.
    pub fn of(one: &Requisition, today: Date) -> Vec<Self> {
        let rules: Vec<String> =
            one.old_part.citations.iter().map(|citation| citation.rule.clone()).collect();
        one.old
            .iter()
            .filter_map(|lot| {
                Some(Self {
                    requisition: one.id,
                    part: one.part.clone(),
                    place: lot.place.clone(),
                    quantity: lot.left(),
                    back_on: lot.on,
                    scrap_from: lot.scrap_from,
                    due: lot.due(today)?,
                    rules: rules.clone(),
                })
            })
            .collect()
    }
}

/// What is to be disposed of this month (BUS-48).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DisposalList)]
pub struct DisposalView {
    /// The month.
    #[schema(example = "2026-03")]
    pub month: String,
    /// Pieces that may go now.
    pub due: u32,
    /// All old parts in stock, the most urgent first.
    pub items: Vec<OldPartsView>,
}

impl DisposalView {
    /// The list of a day.
    pub fn new(today: Date, items: impl IntoIterator<Item = OldPartsView>) -> Self {
        let mut items: Vec<_> = items.into_iter().collect();
        items.sort_by_key(|item| (item.due, item.scrap_from));
        let due = items.iter().filter(|item| item.due.is_due()).map(|item| item.quantity).sum();
        Self { month: today.strftime("%Y-%m").to_string(), due, items }
    }
}

/// What was disposed of.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Disposal)]
pub struct DisposedView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PartDocumentId,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Pieces.
    pub quantity: u32,
    /// What was booked.
    pub postings: Vec<PostingView>,
}

impl DisposedView {
    /// Shows a disposal.
    pub fn new(id: PartDocumentId, on: Date, postings: &[Posting]) -> Self {
        let quantity = postings.iter().map(|posting| posting.movement.quantity).sum();
        Self { id, on, quantity, postings: postings.iter().map(PostingView::from).collect() }
    }
}

/// How the stock of one kind compares with what is required.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RequiredKind)]
pub struct ShortfallView {
    /// Kind of part in the brand's words.
    pub kind: String,
    /// Pieces required.
    pub at_least: u32,
    /// Pieces on the dealer's shelves, good and repaired ones.
    pub held: i64,
    /// Pieces missing.
    pub missing: u32,
    /// Rules behind it.
    pub rules: Vec<String>,
}

/// What a dealer must hold of a brand's parts, and what it lacks (LGT-44): who had to give whole lamps for
/// want of parts bears it (LGT-45).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RequiredStockReport)]
pub struct RequiredView {
    /// Who requires it.
    #[schema(value_type = String, format = Uuid)]
    pub brand: PartyId,
    /// Who must hold it.
    #[schema(value_type = String, format = Uuid)]
    pub dealer: PartyId,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Name and version of the brand's policy; null where none was in force.
    pub policy: Option<String>,
    /// Pieces missing in all.
    pub missing: u32,
    /// Kind by kind.
    pub items: Vec<ShortfallView>,
}

impl RequiredView {
    /// The report of a day.
    pub fn new(
        brand: PartyId,
        dealer: PartyId,
        on: Date,
        policy: Option<&PolicyRef>,
        items: Vec<Shortfall>,
    ) -> Self {
        let items: Vec<ShortfallView> = items
            .into_iter()
            .map(|Shortfall { kind, at_least, held, missing, rules }| ShortfallView {
                kind,
                at_least,
                held,
                missing,
                rules,
            })
            .collect();
        let policy = policy.map(|policy| format!("{} {}", policy.name, policy.version));
        let missing = items.iter().map(|item| item.missing).fold(0, u32::saturating_add);
        Self { brand, dealer, on, policy, missing, items }
    }
}
