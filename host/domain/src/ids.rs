//! Identifiers. All are UUIDs of version 7, made by the caller and passed in.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(s: &str) -> Result<Self, uuid::Error> {
                s.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A party: brand, dealer, supplier, store, platform.
    PartyId
    /// An API key.
    KeyId
    /// One product by serial number or lot.
    UnitId
    /// A ticket, the case file.
    TicketId
    /// A claim within a ticket.
    ClaimId
    /// One version of a party's policy.
    PolicyId
    /// A period in which a policy version is in force.
    ActivationId
    /// A recorded decision.
    ReceiptId
    /// A deadline of a claim.
    DeadlineId
    /// A requisition of parts.
    RequisitionId
    /// A movement in a ledger of parts.
    PostingId
    /// A receiving form, a stock-take or a disposal of parts.
    PartDocumentId
    /// A finding on a claim.
    FindingId
    /// A job at the customer's place.
    JobId
    /// A quote for work that is paid for.
    QuoteId
    /// A link to the customer's page.
    LinkId
    /// A message.
    MessageId
    /// A call, letter, message or visit of a claim.
    ContactId
    /// A planned call or visit after the service.
    FollowUpId
    /// An upload of a policy and its check.
    UploadId
    /// A key that a party signs its uploads with.
    SigningKeyId
    /// A back-test of a policy version.
    BackTestId
    /// A shadow run of a policy version.
    ShadowId
}
