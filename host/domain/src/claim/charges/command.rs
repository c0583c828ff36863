//! What people want to happen to a quote. Where none is named, the last one is meant.

use crate::approval::ApprovalPlan;
use crate::case::Channel;
use crate::charges::Quote;
use crate::ids::QuoteId;
use crate::money::Money;

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// This is what it costs; the policy's answer, or the host's own.
    Quote {
        /// Its id.
        quote: QuoteId,
        /// Lines and terms.
        terms: Box<Quote>,
        /// Superiors who must consent, where the terms ask for one.
        plan: ApprovalPlan,
    },
    /// The customer was told (STO-30).
    Disclose {
        /// Which.
        quote: Option<QuoteId>,
        /// To whom.
        to: String,
        /// How.
        channel: Channel,
    },
    /// The claimant agrees.
    Consent {
        /// Which.
        quote: Option<QuoteId>,
        /// Name of whoever agrees.
        by: String,
    },
    /// The claimant does not agree.
    Refuse {
        /// Which.
        quote: Option<QuoteId>,
        /// Name of whoever refuses.
        by: String,
        /// Why.
        reason: String,
    },
    /// A superior agrees (BUS-16).
    Approve {
        /// Which.
        quote: Option<QuoteId>,
        /// Remark.
        note: Option<String>,
    },
    /// A superior does not agree.
    Reject {
        /// Which.
        quote: Option<QuoteId>,
        /// Why.
        reason: String,
    },
    /// Money is taken.
    Collect {
        /// Which.
        quote: Option<QuoteId>,
        /// How much.
        amount: Money,
        /// Number of the receipt given for it.
        receipt: String,
    },
    /// The money is handed in.
    HandIn {
        /// Which.
        quote: Option<QuoteId>,
        /// How much: all of it.
        amount: Money,
        /// Number of the cashier's receipt.
        receipt: String,
    },
}

/// The name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Explained at `Command`.
pub enum Name {
    Quote,
    Disclose,
    Consent,
    Refuse,
    Approve,
    Reject,
    Collect,
    HandIn,
}

impl Name {
    pub(super) const ALL: [Name; 8] = [
        Self::Quote,
        Self::Disclose,
        Self::Consent,
        Self::Refuse,
        Self::Approve,
        Self::Reject,
        Self::Collect,
        Self::HandIn,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Quote => "charges/quote",
            Self::Disclose => "charges/disclose",
            Self::Consent => "charges/consent",
            Self::Refuse => "charges/refuse",
            Self::Approve => "charges/approve",
            Self::Reject => "charges/reject",
            Self::Collect => "charges/collect",
            Self::HandIn => "charges/hand-in",
        }
    }
}

impl Command {
    pub(super) fn name(&self) -> Name {
        match self {
            Self::Quote { .. } => Name::Quote,
            Self::Disclose { .. } => Name::Disclose,
            Self::Consent { .. } => Name::Consent,
            Self::Refuse { .. } => Name::Refuse,
            Self::Approve { .. } => Name::Approve,
            Self::Reject { .. } => Name::Reject,
            Self::Collect { .. } => Name::Collect,
            Self::HandIn { .. } => Name::HandIn,
        }
    }

    /// The quote that is named.
    pub(super) fn quote(&self) -> Option<QuoteId> {
        match self {
            Self::Quote { .. } => None,
            Self::Disclose { quote, .. }
            | Self::Consent { quote, .. }
            | Self::Refuse { quote, .. }
            | Self::Approve { quote, .. }
            | Self::Reject { quote, .. }
            | Self::Collect { quote, .. }
            | Self::HandIn { quote, .. } => *quote,
        }
    }
}
