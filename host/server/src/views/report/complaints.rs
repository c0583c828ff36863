//! Who complained, and about what (CTL-06, 09…12; HAI-08).

use super::{Table, field};
use crate::http::schema;
use crate::services::reports::Days;
use sanbao_domain::case::Matter;
use sanbao_domain::claim::Claim;
use sanbao_domain::ids::{ClaimId, TicketId};
use sanbao_domain::ticket::Customer;
use sanbao_domain::time::{Date, Timestamp};
use sanbao_store::report::{CauseTally, Complainant};
use serde::Serialize;
use utoipa::ToSchema;

/// Complaints of a period, by cause and responsible department.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CausesView {
    /// First day, in the caller's time zone.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Most frequent first.
    pub causes: Vec<CauseView>,
}

/// Complaints of one cause that one department must put right.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CauseView {
    /// misuse, environment, company-error, product, service, transit or misunderstanding; absent where it is
    /// not found yet.
    pub cause: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// How many.
    pub complaints: i64,
    /// How many are at their end.
    pub resolved: i64,
    /// In how many the service was at fault.
    pub justified: i64,
}

impl CausesView {
    /// Shows the tallies.
    pub fn new(days: Days, rows: Vec<CauseTally>) -> Self {
        let view = |row: CauseTally| {
            let CauseTally { cause, department, complaints, resolved, justified } = row;
            CauseView { cause, department, complaints, resolved, justified }
        };
        Self { from: days.from, to: days.to, causes: rows.into_iter().map(view).collect() }
    }
}

impl Table for CausesView {
    const COLUMNS: &'static [&'static str] =
        &["from", "to", "cause", "department", "complaints", "resolved", "justified"];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |view: &CauseView| {
            vec![
                self.from.to_string(),
                self.to.to_string(),
                field(view.cause.as_ref()),
                field(view.department.as_ref()),
                view.complaints.to_string(),
                view.resolved.to_string(),
                view.justified.to_string(),
            ]
        };
        self.causes.iter().map(row).collect()
    }
}

/// A customer who complained.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ComplainantView {
    /// The ticket.
    #[schema(value_type = String, format = Uuid)]
    pub ticket: TicketId,
    /// Its number.
    pub number: u64,
    /// The claim.
    #[schema(value_type = String, format = Uuid)]
    pub claim: ClaimId,
    /// Who complained.
    #[schema(value_type = Option<schema::Customer>)]
    pub customer: Option<Customer>,
    /// The product's category and model.
    pub product: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub complained_at: Timestamp,
    /// In the customer's words.
    pub words: Option<String>,
    /// What it comes from, once it is found.
    pub cause: Option<&'static str>,
    /// The department that must put it right.
    pub department: Option<String>,
    /// Whether the service was at fault, once that is said.
    pub justified: Option<bool>,
    /// When it was at its end.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Timestamp>,
}

impl ComplainantView {
    /// Shows an entry of the roster.
    pub fn new(row: Complainant) -> Self {
        let Complainant { claim: id, complained_at, ticket } = row;
        let claim = ticket.claim(id);
        let complaint = claim.map(|claim| &claim.procedures.complaint);
        let found = complaint.and_then(|complaint| complaint.found.as_ref()).map(|found| &found.facts);
        let resolved = complaint.and_then(|complaint| complaint.resolved.as_ref());
        let product = |claim: &Claim| {
            let product = &claim.facts.product;
            format!("{} {}", product.category, product.model)
        };
        Self {
            ticket: ticket.id,
            number: ticket.number,
            claim: id,
            product: claim.map(product).unwrap_or_default(),
            complained_at,
            words: claim.and_then(words),
            cause: found.map(|found| found.cause.as_str()),
            department: found.map(|found| found.department.clone()),
            justified: resolved.map(|resolved| resolved.justified),
            resolved_at: resolved.map(|resolved| resolved.at),
            customer: ticket.customer,
        }
    }
}

/// What the customer said: heard out, when it was received, or as the ticket was opened with it.
fn words(claim: &Claim) -> Option<String> {
    let complaint = &claim.procedures.complaint;
    let said = complaint.statement.as_ref().or(complaint.received.as_ref());
    let opened_with = || claim.facts.fault.clone().filter(|_| claim.matter == Matter::Complaint);
    said.map(|said| said.words.clone()).or_else(opened_with)
}

impl Table for [ComplainantView] {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "ticket",
        "claim",
        "customer",
        "phone",
        "product",
        "complained_at",
        "words",
        "cause",
        "department",
        "justified",
        "resolved_at",
    ];

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |view: &ComplainantView| {
            let customer = view.customer.as_ref();
            vec![
                view.number.to_string(),
                view.ticket.to_string(),
                view.claim.to_string(),
                field(customer.map(|customer| &customer.name)),
                field(customer.and_then(|customer| customer.phone.as_ref())),
                view.product.clone(),
                view.complained_at.to_string(),
                field(view.words.as_ref()),
                field(view.cause.as_ref()),
                field(view.department.as_ref()),
                field(view.justified.as_ref()),
                field(view.resolved_at.as_ref()),
            ]
        };
        self.iter().map(row).collect()
    }
}
