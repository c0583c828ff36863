//! Who takes part, what can happen and what it can end in: the words that questions and answers share.

use crate::party::PartyKind;
use serde::{Deserialize, Serialize};

/// A party as the policy sees it: its role, not its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyRole {
    /// Kind.
    pub kind: PartyKind,
    /// Rank in the respondent's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<String>,
    /// Importance class in the respondent's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
}

/// A side of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Who asks.
    Claimant,
    /// Who owes.
    Respondent,
    /// Who carried the goods.
    Carrier,
    /// Who the respondent may claim from.
    Upstream,
}

/// What a claim can end in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Made good.
    Repair,
    /// Exchanged.
    Replace,
    /// Money back.
    Refund,
    /// Credit to the claimant's account.
    Credit,
    /// Something is done that mends nothing: an installation, training, advice (HAI-02).
    Service,
    /// The goods go back as they came.
    ReturnToSender,
    /// The claimant claims from the carrier.
    RedirectToCarrier,
    /// Nothing is owed.
    Decline,
}

impl Remedy {
    /// Whether something is worked on, so that work must start before it can complete.
    pub fn needs_work(self) -> bool {
        matches!(self, Remedy::Repair | Remedy::Replace | Remedy::Service)
    }

    /// Whether goods must be handed over at the end.
    pub fn needs_hand_over(self) -> bool {
        matches!(self, Remedy::Repair | Remedy::Replace | Remedy::ReturnToSender)
    }
}

/// A step in the life of a claim that rules can react to; see `types.event` of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CaseEvent {
    Reported,
    Opened,
    Judged,
    Agreed,
    Escalated,
    Approved,
    Rejected,
    Dispatched,
    GoodsReceived,
    Inspected,
    WorkStarted,
    Replied,
    Arrived,
    Delayed,
    Completed,
    ReadyToCollect,
    Collected,
    HandedOver,
    Closed,
    Cancelled,
    Installed,
    ComplaintReceived,
    CallUnresolved,
    StockRequested,
    StockConfirmed,
    StockArrived,
    TrainingHeld,
    Serviced,
    Proficient,
    Unrepairable,
    Signed,
    Posted,
    OldPartReturned,
    Paid,
    SurveyAnswered,
}

/// How somebody is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Channel {
    Phone,
    Written,
    Message,
    InPerson,
    OnSite,
    Post,
}

/// Where goods or old parts go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Destination {
    #[default]
    Stays,
    Store,
    Dealer,
    Agent,
    ServiceStation,
    Headquarters,
    Carrier,
    Supplier,
}
