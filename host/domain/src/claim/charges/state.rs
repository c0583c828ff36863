//! A quote from the question to the money that is handed in.

use super::super::state::Chain;
use crate::case::Channel;
use crate::charges::{Collection, Item, ItemKind, Line, Quote};
use crate::ids::{PartyId, QuoteId};
use crate::money::Money;
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How the customer was told what it costs (STO-30).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// To whom.
    pub to: String,
    /// How.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
}

/// Yes or no, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Yes.
    pub consents: bool,
    /// Whose word it is.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Money that changed hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Money,
    /// Number of the receipt that was given for it.
    pub receipt: String,
    /// Who took it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How far a quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// There is nothing to pay.
    Nothing,
    /// It is known what it costs.
    Quoted,
    /// The customer knows too.
    Disclosed,
    /// Everybody agrees who must.
    Consented,
    /// Somebody does not agree.
    Refused,
    /// Paid in full.
    Collected,
    /// All the money was handed in.
    HandedIn,
    /// A later quote takes its place.
    Superseded,
}

/// One quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// Its id.
    pub quote: QuoteId,
    /// How far it is.
    pub stage: Stage,
    /// The party that quotes: it does the work.
    pub by: PartyId,
    /// When.
    pub at: Timestamp,
    /// Lines and terms.
    #[serde(flatten)]
    pub terms: Quote,
    /// The sum of the lines; absent where there is nothing to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// How the customer was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Disclosure>,
    /// The claimant's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<Word>,
    /// Superiors whose consent is needed, and who has signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superiors: Option<Chain>,
    /// A superior's no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<Word>,
    /// What was collected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collected: Vec<Payment>,
    /// What was handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed_in: Vec<Payment>,
}

impl Quoted {
    /// Whether the customer knows what it costs and everybody agrees who must (STO-30; BUS-16).
    pub fn is_agreed(&self) -> bool {
        let claimant =
            !self.terms.consent.by_claimant() || self.claimant.as_ref().is_some_and(|w| w.consents);
        let superiors = self.superiors.as_ref().is_none_or(|chain| chain.next().is_none());
        let no = self.rejected.is_some() || self.claimant.as_ref().is_some_and(|word| !word.consents);
        self.total.is_none() || (self.disclosed.is_some() && claimant && superiors && !no)
    }

    /// Minor units collected so far.
    pub fn taken(&self) -> i64 {
        sum(&self.collected)
    }

    /// Minor units collected and not handed in.
    pub fn in_hand(&self) -> i64 {
        self.taken().saturating_sub(sum(&self.handed_in))
    }

    pub(super) fn restage(&mut self) {
        self.stage = if self.stage == Stage::Superseded {
            Stage::Superseded
        } else if self.total.is_none() {
            Stage::Nothing
        } else if !self.collected.is_empty() && self.total.as_ref().is_some_and(|t| t.minor <= self.taken()) {
            if self.in_hand() == 0 { Stage::HandedIn } else { Stage::Collected }
        } else if self.is_agreed() {
            Stage::Consented
        } else if self.rejected.is_some() || self.claimant.as_ref().is_some_and(|word| !word.consents) {
            Stage::Refused
        } else if self.disclosed.is_some() {
            Stage::Disclosed
        } else {
            Stage::Quoted
        };
    }
}

fn sum(payments: &[Payment]) -> i64 {
    payments.iter().fold(0, |sum: i64, payment| sum.saturating_add(payment.amount.minor))
}

/// The quotes of a claim, oldest first; the last one counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Charges(pub Vec<Quoted>);

impl Charges {
    /// The quote that counts.
    pub fn current(&self) -> Option<&Quoted> {
        self.0.last()
    }
}

/// What the host quotes where no policy says: the items at the prices given, after work, when the claimant
/// agrees. `None` where a price is missing or does not come out in whole minor units.
pub fn baseline(items: &[Item]) -> Option<Quote> {
    let lines = items.iter().map(line).collect::<Option<Vec<Line>>>()?;
    Some(Quote {
        lines,
        collect: Collection::AfterWork,
        consent: crate::charges::Consent::Claimant,
        obligations: Vec::new(),
        citations: Vec::new(),
    })
}

fn line(item: &Item) -> Option<Line> {
    let price = item.price.as_ref()?;
    let unit = 10_i128.checked_pow(u32::from(item.quantity.scale))?;
    let exact = i128::from(price.minor) * i128::from(item.quantity.digits);
    let minor = (exact % unit == 0).then(|| i64::try_from(exact / unit).ok()).flatten()?;
    let (zh, en) = match item.kind {
        ItemKind::Labour => ("人工", "Labour"),
        ItemKind::Part => ("配件", "Part"),
        ItemKind::Travel => ("路费", "Travel"),
        ItemKind::Freight => ("运费", "Freight"),
        ItemKind::Inspection => ("检测", "Inspection"),
    };
    Some(Line {
        kind: item.kind,
        code: item.code.clone(),
        title: Text::new(format!("{zh} {}", item.code), format!("{en} {}", item.code)),
        quantity: item.quantity,
        amount: Money { minor, currency: price.currency.clone() },
    })
}
