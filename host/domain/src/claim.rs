//! A claim and its life: one explicit state machine, `(state, command, facts) → events`.

mod allow;
mod apply;
pub mod charges;
mod command;
pub mod complaint;
pub mod contacts;
pub mod counter;
mod event;
pub mod findings;
pub mod follow_ups;
mod handle;
pub mod hold;
pub mod jobs;
pub mod notices;
pub mod procedure;
pub mod recovery;
mod refusal;
pub mod returns;
mod state;
pub mod stock;
pub mod survey;
pub mod training;

pub use command::{Command, CommandName, Document, Evidence};
pub use event::Event;
pub use procedure::Procedures;
pub use refusal::Refusal;
pub use state::{Chain, Escalation, Reason, RejectedBy, Settlement, Signature, State, StateName};

use crate::actor::{Actor, Sides};
use crate::case::{Attribute, Case, Cause, Dates, History, Matter, PartyRole, Product, Wish};
use crate::deadline::Deadline;
use crate::failure::PolicyFailure;
use crate::floor::{DecidedBy, Stacked};
use crate::ids::{ActivationId, ClaimId, FindingId, PartyId, PolicyId, ReceiptId, TicketId};
use crate::money::Money;
use crate::party::Party;
use crate::time::{Date, Moment};
use crate::verdict::{Offer, Verdict};
use serde::{Deserialize, Serialize};

/// The role that signs where no policy names one.
pub const MANAGER: &str = "manager";

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    /// The party, where it uses the host; a consumer does not.
    pub party: Option<PartyId>,
    /// Its role in the respondent's eyes.
    pub role: PartyRole,
}

/// The claim that another one recovers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its ticket.
    pub ticket: TicketId,
    /// The claim.
    pub claim: ClaimId,
    /// The finding whose cost is recovered; absent: the claim as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<FindingId>,
    /// Earlier recoveries of the same that were withdrawn.
    #[serde(default)]
    pub withdrawn: u32,
}

/// What is known about the claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What it is about.
    pub product: Product,
    /// What happened when.
    pub dates: Dates,
    /// What happened before.
    pub history: History,
    /// What is asked for.
    pub asked: Wish,
    /// The cause found or reported.
    pub cause: Cause,
    /// Fault code or words.
    pub fault: Option<String>,
    /// Amount claimed.
    pub claimed: Option<Money>,
    /// Facts that the policy declares, as plain JSON values by name.
    pub attributes: serde_json::Map<String, serde_json::Value>,
}

/// Which policy judged, and why that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// The version.
    pub policy: PolicyId,
    /// The activation that put it in force.
    pub activation: ActivationId,
    /// Name in its manifest.
    pub name: String,
    /// Version in its manifest.
    pub version: String,
    /// SHA-256 of the component, hex.
    pub digest: String,
    /// The day whose policy it is.
    pub basis: Date,
}

/// What came of asking the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Judgement {
    /// It answered.
    Verdict {
        /// By which policy.
        by: PolicyRef,
        /// Recorded as.
        receipt: ReceiptId,
        /// The answer.
        verdict: Verdict,
        /// Last day of the cover looked at.
        until: Option<Date>,
        /// Where a statutory floor was asked beside the respondent's own policy: which of them decided,
        /// and what the other one said (STO-41).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stacked: Option<Box<Stacked>>,
    },
    /// It failed.
    Failed {
        /// Which policy.
        by: PolicyRef,
        /// Recorded as.
        receipt: ReceiptId,
        /// How.
        failure: PolicyFailure,
    },
    /// The respondent had no policy in force on the basis date, or one that says nothing of cover.
    NoPolicy {
        /// The basis date.
        basis: Date,
    },
}

/// One claim of a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The party that handles the ticket and acts for a customer.
    pub handler: PartyId,
    /// Who asks.
    pub claimant: Claimant,
    /// Who owes.
    pub respondent: PartyId,
    /// What it is about.
    #[serde(default)]
    pub matter: Matter,
    /// The decided claim that this one recovers (BUS-50).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_of: Option<Origin>,
    /// What is known.
    pub facts: Facts,
    /// Where it stands.
    pub state: State,
    /// The latest judgement.
    pub judgement: Option<Judgement>,
    /// Everything that is or was due.
    pub deadlines: Vec<Deadline>,
    /// What runs beside the claim's own states.
    #[serde(default)]
    pub procedures: Procedures,
}

impl Claim {
    /// A claim that was just opened.
    pub fn open(
        id: ClaimId,
        handler: PartyId,
        claimant: Claimant,
        respondent: PartyId,
        facts: Facts,
    ) -> Self {
        Self {
            id,
            handler,
            claimant,
            respondent,
            matter: Matter::default(),
            upstream_of: None,
            facts,
            state: State::Opened,
            judgement: None,
            deadlines: Vec::new(),
            procedures: Procedures::default(),
        }
    }

    /// The same claim, about this matter.
    #[must_use]
    pub fn with_matter(self, matter: Matter) -> Self {
        Self { matter, ..self }
    }

    /// The sides that `actor` may act for; the host's own workers act for none.
    pub fn sides(&self, actor: &Actor) -> Sides {
        Sides {
            claimant: actor.party.is_some()
                && (actor.party == self.claimant.party || (actor.party == Some(self.handler))),
            respondent: actor.party == Some(self.respondent),
        }
    }

    /// The day whose policy judges: the sale, or the nearest earlier event that is known, or today.
    pub fn basis_date(&self, today: Date) -> Date {
        let dates = &self.facts.dates;
        [dates.sold, dates.received, dates.shipped, dates.produced]
            .into_iter()
            .flatten()
            .next()
            .map_or(today, |moment| moment.on)
    }

    /// The case as the policy sees it. `attributes` and `settings` are typed by the policy's manifest.
    pub fn case(
        &self,
        now: Moment,
        respondent: &Party,
        attributes: Vec<Attribute>,
        settings: Vec<Attribute>,
    ) -> Case {
        let facts = &self.facts;
        Case {
            now,
            jurisdiction: respondent.jurisdiction.clone(),
            claimant: self.claimant.role.clone(),
            respondent: PartyRole { kind: respondent.kind, standing: None, grade: None },
            matter: self.matter,
            product: self.product_as_counted(),
            dates: facts.dates,
            history: facts.history.clone(),
            asked: facts.asked,
            agreed: self.state.settlement().map(|settlement| settlement.remedy),
            cause: facts.cause,
            fault: facts.fault.clone(),
            claimed: facts.claimed.clone(),
            attributes,
            settings,
        }
    }

    /// The verdict of the latest judgement, where the policy answered.
    pub fn verdict(&self) -> Option<&Verdict> {
        match &self.judgement {
            Some(Judgement::Verdict { verdict, .. }) => Some(verdict),
            _ => None,
        }
    }

    /// The policy of the latest judgement.
    pub fn judged_by(&self) -> Option<&PolicyRef> {
        match &self.judgement {
            Some(Judgement::Verdict { by, .. } | Judgement::Failed { by, .. }) => Some(by),
            _ => None,
        }
    }

    /// Where a statutory floor was asked too: which of both decided (STO-41).
    pub fn judged_beside(&self) -> Option<&Stacked> {
        match &self.judgement {
            Some(Judgement::Verdict { stacked, .. }) => stacked.as_deref(),
            _ => None,
        }
    }

    /// The policies that the latest judgement asked, each with the party that it belongs to; the one that
    /// decided comes first.
    pub fn asked(&self) -> impl Iterator<Item = (PartyId, &PolicyRef)> {
        let stacked = self.judged_beside();
        let floor = stacked.map_or(self.respondent, |stacked| stacked.floor_of);
        let (first, second) = match stacked.map(|stacked| stacked.decided_by) {
            Some(DecidedBy::Floor) => (floor, self.respondent),
            Some(DecidedBy::Own) | None => (self.respondent, floor),
        };
        let other = stacked.and_then(|stacked| stacked.other.as_ref());
        let decided = self.judged_by().map(|by| (first, by));
        decided.into_iter().chain(other.map(|other| (second, &other.by)))
    }

    /// The offers that the claimant may choose from now.
    pub fn offers(&self) -> &[Offer] {
        match (&self.state, self.verdict()) {
            (State::Judged, Some(verdict)) => &verdict.offers,
            _ => &[],
        }
    }
}
