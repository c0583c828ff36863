//! The statutory floor (STO-41): what the law of a jurisdiction gives a consumer at least. Where one is in
//! force beside the party's own policy, both are asked and the more favourable verdict wins.
//!
//! **More favourable**, in this order, until something differs; when nothing does, the own policy decides:
//! 1. covered, before referred to a person or facts missing, before not covered;
//! 2. the best offer: free before charged, owed before granted at somebody's discretion, then refund,
//!    replace, repair, credit, redirect to the carrier, return to sender, decline;
//! 3. the later end of cover.
//!
//! A floor that fails, or that lacks facts, decides nothing.

use crate::case::Remedy;
use crate::claim::PolicyRef;
use crate::failure::FailureKind;
use crate::ids::{PartyId, ReceiptId};
use crate::time::Date;
use crate::verdict::{Charge, Offer, Ruling, Verdict};
use serde::{Deserialize, Serialize};

/// Which of the two decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// The respondent's own policy.
    Own,
    /// The statutory floor.
    Floor,
}

/// Why the other one did not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// It is less favourable to the consumer, or no more.
    LessFavourable,
    /// It lacks facts.
    FactsMissing,
    /// It failed.
    Failed,
    /// The respondent had no policy in force, or one that says nothing of cover.
    NoPolicy,
}

/// What came of asking two policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stacked {
    /// Which of them decided.
    pub decided_by: DecidedBy,
    /// The party that put the floor in force.
    pub floor_of: PartyId,
    /// The policy that did not decide; absent where the respondent had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Other>,
    /// Why not.
    pub because: Because,
}

/// The policy that did not decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Which.
    pub by: PolicyRef,
    /// Its recorded answer.
    pub receipt: ReceiptId,
    /// Its ruling; absent after a failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// How it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureKind>,
}

/// How favourable a verdict is to a consumer; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Favour {
    ruling: u8,
    offer: (bool, bool, u8),
    until: Option<Date>,
}

impl Favour {
    /// Of a verdict whose cover ends on this day.
    pub fn of(verdict: &Verdict, until: Option<Date>) -> Self {
        let ruling = match verdict.ruling {
            Ruling::Covered => 2,
            Ruling::Referred | Ruling::FactsMissing => 1,
            Ruling::NotCovered => 0,
        };
        let offer = verdict.offers.iter().map(favour_of_offer).max().unwrap_or_default();
        Self { ruling, offer, until }
    }
}

fn favour_of_offer(offer: &Offer) -> (bool, bool, u8) {
    let remedy = match offer.remedy {
        Remedy::Refund => 8,
        Remedy::Replace => 7,
        Remedy::Repair => 6,
        Remedy::Credit => 5,
        Remedy::Service => 4,
        Remedy::RedirectToCarrier => 3,
        Remedy::ReturnToSender => 2,
        Remedy::Decline => return (false, false, 1),
    };
    (offer.charge == Charge::Free, offer.discretion.is_none(), remedy)
}

/// Which of two verdicts, each with the last day of its cover, decides a consumer's claim.
pub fn decides(own: (&Verdict, Option<Date>), floor: (&Verdict, Option<Date>)) -> DecidedBy {
    let lacks_facts = floor.0.ruling == Ruling::FactsMissing;
    if !lacks_facts && Favour::of(floor.0, floor.1) > Favour::of(own.0, own.1) {
        DecidedBy::Floor
    } else {
        DecidedBy::Own
    }
}
