//! Goods on their way back to whoever judges them (LGT-24…29, 37…42): packed and labelled, shipped, counted,
//! inspected, sent back where nothing is wrong with them. Goods that come without approval are not
//! processed. What went wrong on the way of a delivery is recorded beside it.

mod command;
mod event;
mod handle;
mod refusal;
mod state;

pub use command::{Command, Name};
pub use event::Event;
pub use refusal::Refusal;
pub use state::{
    Anomaly, AnomalyKind, Arrival, CarrierSignature, Carton, Difference, Inspection, Label, ModelResult,
    Pieces, Receipt, Redirect, Returns, SentBack, Shipment, total,
};

use super::procedure::{Explanation, Procedure};
use super::{Claim, CommandName, Event as ClaimEvent, Refusal as ClaimRefusal, State};
use crate::actor::Actor;
use crate::case::{CaseEvent, Destination, Product, Remedy, Side};
use crate::money::Money;
use crate::time::Timestamp;

impl Procedure for Returns {
    type Command = Command;
    type Name = Name;
    type Event = Event;
    type Refusal = Refusal;

    const NAMES: &'static [Name] = &[
        Name::Pack,
        Name::Ship,
        Name::Receive,
        Name::RecordUnapproved,
        Name::Inspect,
        Name::SendBack,
        Name::Redirect,
        Name::RecordAnomaly,
    ];

    fn name(command: &Command) -> Name {
        command.name()
    }

    fn word(name: Name) -> &'static str {
        name.word()
    }

    fn kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn explain(refusal: &Refusal) -> Explanation {
        refusal.explain()
    }

    fn check(claim: &Claim, actor: &Actor, name: Name) -> Result<(), ClaimRefusal> {
        let returns = &claim.procedures.returns;
        match name {
            Name::Pack => {
                claim.needs_side(actor, Side::Claimant, name)?;
                claim.coming_back()?;
                refuse_if(returns.shipped.is_some(), Refusal::ShippedAlready)
            }
            Name::Ship => {
                claim.needs_side(actor, Side::Claimant, name)?;
                claim.coming_back()?;
                refuse_if(returns.shipped.is_some(), Refusal::ShippedAlready)?;
                refuse_if(returns.cartons.is_empty(), Refusal::NotPacked)
            }
            Name::Receive => {
                claim.needs_side(actor, Side::Respondent, name)?;
                claim.coming_back()?;
                refuse_if(returns.received.is_some(), Refusal::ReceivedAlready)
            }
            // LGT-27: it can happen to any claim whose goods nobody has let come.
            Name::RecordUnapproved => {
                claim.needs_side(actor, Side::Respondent, name)?;
                if matches!(claim.state, State::Closed { .. }) {
                    return Err(claim.not_now(name));
                }
                refuse_if(claim.coming_back().is_ok() && returns.received.is_none(), Refusal::Approved)
            }
            Name::Inspect => {
                claim.needs_side(actor, Side::Respondent, name)?;
                // LGT-27: what came without approval is not processed.
                let unapproved = returns.received.is_none() && !returns.unapproved.is_empty();
                refuse_if(unapproved, Refusal::NotProcessed)?;
                refuse_if(returns.received.is_none(), Refusal::NotReceived)?;
                refuse_if(returns.inspected.is_some(), Refusal::InspectedAlready)
            }
            Name::SendBack => {
                claim.needs_side(actor, Side::Respondent, name)?;
                refuse_if(total(&claim.to_send_back()) == 0, Refusal::NothingToSendBack)
            }
            Name::Redirect => {
                claim.needs_side(actor, Side::Respondent, name)?;
                if claim.state.is_final() {
                    return Err(claim.not_now(name));
                }
                refuse_if(returns.redirected.is_some(), Refusal::RedirectedAlready)?;
                let settled = claim.state.settlement().map(|settlement| settlement.remedy);
                let carriers = settled == Some(Remedy::RedirectToCarrier) || !returns.anomalies.is_empty();
                refuse_if(!carriers, Refusal::NothingOnTheWay)
            }
            Name::RecordAnomaly => {
                claim.needs_part(actor, name)?;
                if claim.state.is_final() { Err(claim.not_now(name)) } else { Ok(()) }
            }
        }
    }

    fn handle(
        claim: &Claim,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
        handle::handle(claim, actor, command, now)
    }

    fn apply(&mut self, event: &Event, at: Timestamp) {
        self.take_in(event, at);
    }

    fn case_events(event: &Event) -> Vec<(CaseEvent, Option<Timestamp>)> {
        match event {
            Event::Inspected { .. } => vec![(CaseEvent::Inspected, None)],
            _ => Vec::new(),
        }
    }

    fn blocks(claim: &Claim, command: CommandName) -> Option<Refusal> {
        let returns = &claim.procedures.returns;
        let under_way = returns.shipped.is_some() && returns.received.is_none();
        match command {
            CommandName::StartWork | CommandName::Complete if under_way => Some(Refusal::NotReceived),
            CommandName::Complete if returns.received.is_some() && returns.inspected.is_none() => {
                Some(Refusal::NotInspected)
            }
            // LGT-24, LGT-27: nothing of the returning unit's stays behind.
            CommandName::Close if total(&claim.to_send_back()) > 0 => Some(Refusal::StillHere),
            _ => None,
        }
    }
}

fn refuse_if(stands: bool, refusal: Refusal) -> Result<(), ClaimRefusal> {
    if stands { Err(refusal.into()) } else { Ok(()) }
}

impl Claim {
    /// That goods of this claim were approved to come back, and have not been dealt with (LGT-25).
    fn coming_back(&self) -> Result<(), ClaimRefusal> {
        match &self.state {
            State::Approved { settlement } | State::InWork { settlement } => {
                refuse_if(settlement.goods_to == Destination::Stays, Refusal::GoodsStay)
            }
            _ => Err(Refusal::NotApproved.into()),
        }
    }

    /// What was announced to come back: the cartons' contents, else all pieces of the claim.
    pub fn announced(&self) -> Vec<Pieces> {
        let cartons = &self.procedures.returns.cartons;
        if cartons.is_empty() {
            let Product { model, quantity, .. } = &self.facts.product;
            return vec![Pieces { model: model.clone(), pieces: *quantity }];
        }
        state::merged(cartons.iter().flat_map(|carton| carton.contents.iter().cloned()))
    }

    /// The product as it was counted: the respondent's own count of the announced models prevails over the
    /// stated one, and the price goes with it (LGT-29). As stated before anything was counted.
    pub fn product_as_counted(&self) -> Product {
        let mut product = self.facts.product.clone();
        if let Some(received) = &self.procedures.returns.received {
            let stated = product.quantity;
            product.quantity = total(&received.settled());
            product.price = product.price.map(|price| share(&price, product.quantity, stated));
        }
        product
    }

    /// The pieces that the remedy is owed for: those found defective, before the inspection those counted,
    /// before the count those stated (LGT-24, 29, 30).
    pub fn pieces_due(&self) -> u32 {
        match &self.procedures.returns.inspected {
            Some(inspected) => inspected.results.iter().map(|result| result.defective).sum(),
            None => self.product_as_counted().quantity,
        }
    }

    /// What lies with the respondent and belongs back: pieces that test well (LGT-24), damaged on purpose
    /// (LGT-30), never announced or never approved (LGT-27), and everything once the claim came to nothing.
    pub fn to_send_back(&self) -> Vec<Pieces> {
        let returns = &self.procedures.returns;
        let mut here: Vec<Pieces> =
            returns.unapproved.iter().flat_map(|arrival| arrival.counted.iter().cloned()).collect();
        if let Some(received) = &returns.received {
            here.extend(received.unannounced());
            let nothing = matches!(self.state, State::Rejected(_) | State::Cancelled { .. });
            match &returns.inspected {
                Some(inspected) => here.extend(inspected.results.iter().map(|result| Pieces {
                    model: result.model.clone(),
                    pieces: result.good + result.deliberate + if nothing { result.defective } else { 0 },
                })),
                None if nothing => here.extend(received.settled()),
                None => {}
            }
        }
        let mut left = state::merged(here);
        for gone in returns.sent_back.iter().flat_map(|sent| &sent.pieces) {
            if let Some(one) = left.iter_mut().find(|one| one.model == gone.model) {
                one.pieces = one.pieces.saturating_sub(gone.pieces);
            }
        }
        left.retain(|one| one.pieces > 0);
        left
    }
}

/// `part` of `whole` pieces of a price, rounded down to the minor unit.
fn share(price: &Money, part: u32, whole: u32) -> Money {
    let minor = i128::from(price.minor) * i128::from(part) / i128::from(whole.max(1));
    Money { minor: i64::try_from(minor).unwrap_or(i64::MAX), currency: price.currency.clone() }
}
