//! What happened to a quote.

use super::super::state::{Chain, Signature};
use super::state::{Charges, Disclosure, Payment, Quoted, Stage, Word};
use crate::approval::ApprovalStep;
use crate::case::{CaseEvent, Channel};
use crate::charges::Quote;
use crate::ids::{PartyId, QuoteId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Event {
    /// This is what it costs.
    Quoted {
        /// Its id.
        quote: QuoteId,
        /// The party that quotes.
        by: PartyId,
        /// Lines and terms.
        terms: Box<Quote>,
        /// Superiors who must consent.
        superiors: Vec<ApprovalStep>,
    },
    /// The customer was told.
    Disclosed {
        /// Which.
        quote: QuoteId,
        /// To whom.
        to: String,
        /// How.
        channel: Channel,
    },
    /// The claimant's word.
    Answered {
        /// Which.
        quote: QuoteId,
        /// Yes.
        consents: bool,
        /// By whom.
        by: String,
        /// Why not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A superior signed.
    Approved {
        /// Which.
        quote: QuoteId,
        /// The signature.
        signature: Signature,
    },
    /// A superior does not agree.
    Rejected {
        /// Which.
        quote: QuoteId,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// Money was taken.
    Collected {
        /// Which.
        quote: QuoteId,
        /// How much.
        amount: Money,
        /// Number of the receipt.
        receipt: String,
        /// By whom.
        by: String,
        /// Nothing is left to pay.
        in_full: bool,
    },
    /// The money was handed in.
    HandedIn {
        /// Which.
        quote: QuoteId,
        /// How much.
        amount: Money,
        /// Number of the receipt.
        receipt: String,
        /// By whom.
        by: String,
    },
}

impl Event {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Quoted { .. } => "charges/quoted",
            Self::Disclosed { .. } => "charges/disclosed",
            Self::Answered { consents: true, .. } => "charges/consented",
            Self::Answered { consents: false, .. } => "charges/refused",
            Self::Approved { .. } => "charges/approved",
            Self::Rejected { .. } => "charges/rejected",
            Self::Collected { .. } => "charges/collected",
            Self::HandedIn { .. } => "charges/handed-in",
        }
    }

    pub(super) fn case_events(&self) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match self {
            Self::Collected { in_full: true, .. } => vec![(CaseEvent::Paid, None)],
            _ => Vec::new(),
        }
    }

    fn quote(&self) -> QuoteId {
        match self {
            Self::Quoted { quote, .. }
            | Self::Disclosed { quote, .. }
            | Self::Answered { quote, .. }
            | Self::Approved { quote, .. }
            | Self::Rejected { quote, .. }
            | Self::Collected { quote, .. }
            | Self::HandedIn { quote, .. } => *quote,
        }
    }
}

impl Charges {
    pub(super) fn happened(&mut self, event: &Event, at: Timestamp) {
        if let Event::Quoted { quote, by, terms, superiors } = event {
            for old in &mut self.0 {
                old.stage = Stage::Superseded;
            }
            let chain = (!superiors.is_empty()).then(|| Chain::new(superiors.clone()));
            self.0.push(Quoted {
                quote: *quote,
                stage: Stage::Quoted,
                by: *by,
                at,
                total: terms.total(),
                terms: (**terms).clone(),
                disclosed: None,
                claimant: None,
                superiors: chain,
                rejected: None,
                collected: Vec::new(),
                handed_in: Vec::new(),
            });
        }
        let Some(quoted) = self.0.iter_mut().find(|quoted| quoted.quote == event.quote()) else { return };
        quoted.happened(event, at);
        quoted.restage();
    }
}

impl Quoted {
    fn happened(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::Quoted { .. } => {}
            Event::Disclosed { to, channel, .. } => {
                self.disclosed = Some(Disclosure { to: to.clone(), channel: *channel, at });
            }
            Event::Answered { consents, by, reason, .. } => {
                self.claimant =
                    Some(Word { consents: *consents, by: by.clone(), at, reason: reason.clone() });
            }
            Event::Approved { signature, .. } => {
                if let Some(chain) = &mut self.superiors {
                    chain.signed.push(signature.clone());
                }
            }
            Event::Rejected { by, reason, .. } => {
                self.rejected =
                    Some(Word { consents: false, by: by.clone(), at, reason: Some(reason.clone()) });
            }
            Event::Collected { amount, receipt, by, .. } => {
                self.collected.push(payment(amount, receipt, by, at));
            }
            Event::HandedIn { amount, receipt, by, .. } => {
                self.handed_in.push(payment(amount, receipt, by, at));
            }
        }
    }
}

fn payment(amount: &Money, receipt: &str, by: &str, at: Timestamp) -> Payment {
    Payment { amount: amount.clone(), receipt: receipt.to_owned(), by: by.to_owned(), at }
}
