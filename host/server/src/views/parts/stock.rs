//! The catalogue, balances, postings and forms.

use crate::services::parts::stock::Counted;
use sanbao_domain::ids::{PartDocumentId, PartyId, PostingId, RequisitionId};
use sanbao_domain::parts::{
    Condition, Difference, FormCopy, MovementKind, Part, Place, Posting, ReceivingForm, Source,
};
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::parts::balance::Balance;
use sanbao_store::parts::document::Document;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of spare part.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Part)]
pub struct PartView {
    /// Part number.
    #[schema(example = "6GH-1020")]
    pub number: String,
    /// Kind in the maker's words.
    #[schema(example = "electronic")]
    pub kind: String,
    /// Specification.
    pub title: String,
    /// Category of the product that it belongs to.
    pub category: Option<String>,
    /// Model of the product that it belongs to.
    pub model: Option<String>,
    /// Whose part it is, where that is another party; it sees how much is in stock.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub brand: Option<PartyId>,
    /// Last day on which the model was made; retention counts from it (LGT-43).
    #[schema(value_type = Option<String>, format = Date)]
    pub discontinued_on: Option<Date>,
    /// When it was listed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl From<&Part> for PartView {
    fn from(part: &Part) -> Self {
        let Part { number, kind, title, category, model, brand, discontinued_on, created_at, .. } =
            part.clone();
        Self { number, kind, title, category, model, brand, discontinued_on, created_at }
    }
}

/// How much of a part is where, in what condition.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PartBalance)]
pub struct BalanceView {
    /// Part number.
    pub part: String,
    /// `store:NAME`, `station:PARTY`, `technician:NAME`, `transit`, or outside: `customer`, `supplier`, `scrap`,
    /// `difference`.
    #[schema(value_type = String, example = "store:main")]
    pub place: Place,
    /// good, after-sales, old or scrapped.
    #[schema(value_type = String, example = "good")]
    pub condition: Condition,
    /// Pieces; below nothing outside only.
    pub quantity: i64,
}

impl From<Balance> for BalanceView {
    fn from(balance: Balance) -> Self {
        let Balance { part, place, condition, quantity, .. } = balance;
        Self { part, place, condition, quantity }
    }
}

/// What one holds of another's parts, in an account apart (BUS-49).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HeldParts)]
pub struct HeldView {
    /// Whose parts.
    #[schema(value_type = String, format = Uuid)]
    pub owner: PartyId,
    /// Part number.
    pub part: String,
    /// good, after-sales or old.
    #[schema(value_type = String, example = "good")]
    pub condition: Condition,
    /// Pieces.
    pub quantity: i64,
}

impl From<Balance> for HeldView {
    fn from(balance: Balance) -> Self {
        let Balance { owner, part, condition, quantity, .. } = balance;
        Self { owner, part, condition, quantity }
    }
}

/// One side of a posting.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PartSpot)]
pub struct SpotView {
    #[schema(value_type = String, example = "store:main")]
    place: Place,
    #[schema(value_type = String, example = "good")]
    condition: Condition,
}

/// A movement that was booked: the same quantity leaves one side and enters the other.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PartPosting)]
pub struct PostingView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PostingId,
    /// received, transferred, issued, returned-unused, old-part-back, written-off, repaired, sold, scrapped or
    /// counted.
    #[schema(value_type = String, example = "issued")]
    pub kind: MovementKind,
    /// Part number.
    pub part: String,
    /// From where.
    pub from: SpotView,
    /// To where.
    pub to: SpotView,
    /// Pieces.
    pub quantity: u32,
    /// The requisition behind it.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub requisition: Option<RequisitionId>,
    /// The receiving form, stock-take or disposal behind it.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub document: Option<PartDocumentId>,
    /// Why; the voucher of a receipt.
    pub reason: Option<String>,
    /// Who booked it.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

impl From<&Posting> for PostingView {
    fn from(posting: &Posting) -> Self {
        let Posting { id, movement, requisition, document, reason, by, at, .. } = posting.clone();
        let side =
            |spot: sanbao_domain::parts::Spot| SpotView { place: spot.place, condition: spot.condition };
        Self {
            id,
            kind: movement.kind,
            part: movement.part,
            from: side(movement.from),
            to: side(movement.to),
            quantity: movement.quantity,
            requisition,
            document,
            reason,
            by,
            at,
        }
    }
}

/// One line of a receiving form.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReceivedLine)]
pub struct LineView {
    part: String,
    quantity: u32,
    #[schema(value_type = String, example = "good")]
    condition: Condition,
}

/// A receiving form that was booked in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReceivingForm)]
pub struct ReceivedView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PartDocumentId,
    /// Its number.
    pub number: String,
    /// The copies to print: one stays with the keeper, one goes to the accounts (BUS-45).
    #[schema(value_type = Vec<String>, example = json!(["keeper", "accounts"]))]
    pub copies: [FormCopy; 2],
    /// purchase, drawn, exchange or repaired.
    #[schema(value_type = String, example = "purchase")]
    pub source: Source,
    /// The voucher that it is booked by (BUS-46).
    pub voucher: Option<String>,
    /// Who delivered.
    pub delivered_by: String,
    /// Who received.
    pub received_by: String,
    /// Where the parts were put.
    #[schema(value_type = String, example = "store:main")]
    pub place: Place,
    /// What came.
    pub lines: Vec<LineView>,
    /// Who booked it.
    pub booked_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub booked_at: Timestamp,
}

impl ReceivedView {
    /// Shows a form and when it was booked.
    pub fn new(document: &Document, form: ReceivingForm) -> Self {
        let lines = form.lines.into_iter();
        let lines = lines.map(|line| LineView {
            part: line.part,
            quantity: line.quantity,
            condition: line.condition,
        });
        Self {
            id: document.id,
            number: form.number,
            copies: FormCopy::BOTH,
            source: form.source,
            voucher: form.voucher,
            delivered_by: form.delivered_by,
            received_by: form.received_by,
            place: form.place,
            lines: lines.collect(),
            booked_by: document.by.clone(),
            booked_at: document.at,
        }
    }
}

/// A line of a stock-take that was not what the book said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockDifference)]
pub struct DifferenceView {
    part: String,
    #[schema(value_type = String, example = "good")]
    condition: Condition,
    /// Pieces in the book before.
    book: i64,
    /// Pieces found, and in the book since.
    counted: u32,
    reason: String,
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        let Difference { part, condition, book, counted, reason } = difference;
        Self { part, condition, book, counted, reason }
    }
}

/// A stock-take that was booked (BUS-44).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StockTake)]
pub struct CountedView {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: PartDocumentId,
    /// Where it was counted.
    #[schema(value_type = String, example = "store:main")]
    pub place: Place,
    /// Who counted.
    pub counted_by: String,
    /// Lines on the sheet.
    pub lines: usize,
    /// Those that were not what the book said.
    pub differences: Vec<DifferenceView>,
    /// Who booked it.
    pub booked_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub booked_at: Timestamp,
}

impl CountedView {
    /// Shows a stock-take and when it was booked.
    pub fn new(document: &Document, counted: Counted) -> Self {
        Self {
            id: document.id,
            place: counted.sheet.place,
            counted_by: counted.sheet.counted_by,
            lines: counted.sheet.counts.len(),
            differences: counted.differences.into_iter().map(DifferenceView::from).collect(),
            booked_by: document.by.clone(),
            booked_at: document.at,
        }
    }
}
