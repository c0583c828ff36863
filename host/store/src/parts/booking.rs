//! One command's changes, written together.

use super::document::Document;
use super::{balance, document, posting, requisition};
use crate::{Conn, StoreError, ticket};
use jiff::Timestamp;
use sanbao_domain::ids::PartyId;
use sanbao_domain::parts::{Posting, Requisition};

/// What is to be written, all or nothing.
#[derive(Clone, Debug)]
pub struct Booking {
    /// Whose ledger.
    pub owner: PartyId,
    /// A form behind the postings.
    pub document: Option<Document>,
    /// Requisitions in their new state, each with the version that it was decided on; none for a new one.
    pub requisitions: Vec<(Option<i64>, Requisition)>,
    /// What moves.
    pub postings: Vec<Posting>,
    /// The ticket that keeps the receipts of what a policy was asked, with the version it was read in.
    pub ticket: Option<(i64, ticket::Change)>,
    /// When.
    pub now: Timestamp,
}

impl Booking {
    /// Nothing yet.
    pub fn new(owner: PartyId, now: Timestamp) -> Self {
        Self { owner, document: None, requisitions: Vec::new(), postings: Vec::new(), ticket: None, now }
    }
}

/// Writes a booking. [`StoreError::Short`] when a place holds less than is to be taken,
/// [`StoreError::Stale`] when a requisition or the ticket changed since it was read,
/// [`StoreError::Duplicate`] for a form that is booked already, [`StoreError::Dangling`] for a part that
/// the owner does not list.
pub async fn book(conn: &mut Conn, booking: Booking) -> Result<(), StoreError> {
    let Booking { owner, document, requisitions, postings, ticket, now } = booking;
    if let Some(document) = &document {
        document::insert(conn, owner, document).await?;
    }
    for (read, one) in &requisitions {
        match read {
            Some(read) => requisition::save(conn, *read, one, now).await?,
            None => requisition::insert(conn, one, now).await?,
        }
    }
    posting::insert(conn, &postings).await?;
    balance::add(conn, owner, &postings).await?;
    if let Some((read, change)) = ticket {
        ticket::save(conn, read, change).await?;
    }
    Ok(())
}
