//! What follows from a command on goods that come back.

use super::state::{Arrival, Carton, Difference, ModelResult, Pieces, Receipt, merged, of, total};
use super::{Command, Event, Refusal};
use crate::actor::Actor;
use crate::claim::{Claim, Event as ClaimEvent, Refusal as ClaimRefusal};
use crate::time::Timestamp;

pub(super) fn handle(
    claim: &Claim,
    actor: &Actor,
    command: Command,
    now: Timestamp,
) -> Result<Vec<ClaimEvent>, ClaimRefusal> {
    let by = actor.name.clone();
    Ok(match command {
        Command::Pack { label, cartons } => {
            let cartons = packed(claim, cartons)?;
            vec![Event::Packed { label, cartons }.into()]
        }
        Command::Ship { carrier, waybill } => vec![Event::Shipped { carrier, waybill, by }.into()],
        Command::Receive { counted, at, note } => {
            let at = arrived(at, now)?;
            let counted = merged(counted);
            let differences = differences(&claim.announced(), &counted);
            let receipt = Receipt { at, counted, differences, note, by };
            vec![Event::Received { receipt }.into(), ClaimEvent::GoodsReceived { at }]
        }
        Command::RecordUnapproved { counted, at, note } => {
            let at = arrived(at, now)?;
            let counted = merged(counted);
            if total(&counted) == 0 {
                return Err(Refusal::NoPieces.into());
            }
            vec![Event::CameUnapproved { arrival: Arrival { at, counted, note, by } }.into()]
        }
        Command::Inspect { results } => {
            inspected(claim, &results)?;
            vec![Event::Inspected { results, by }.into()]
        }
        Command::SendBack { pieces, carrier, waybill, reason } => {
            let pieces = merged(pieces);
            let here = claim.to_send_back();
            if total(&pieces) == 0 {
                return Err(Refusal::NoPieces.into());
            }
            if let Some(one) = pieces.iter().find(|one| one.pieces > of(&here, &one.model)) {
                let here = of(&here, &one.model);
                return Err(Refusal::NotThatMany { model: one.model.clone(), here }.into());
            }
            vec![Event::SentBack { pieces, carrier, waybill, reason, by }.into()]
        }
        Command::Redirect { carrier, reason } => vec![Event::Redirected { carrier, reason, by }.into()],
        Command::RecordAnomaly(mut anomaly) => {
            if anomaly.pieces == 0 {
                return Err(Refusal::NoPieces.into());
            }
            if anomaly.signed.as_ref().is_some_and(|signed| signed.at > now) {
                return Err(Refusal::SignedLater.into());
            }
            (anomaly.at, anomaly.by) = (now, by);
            vec![Event::AnomalyRecorded { anomaly }.into()]
        }
    })
}

fn arrived(at: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, ClaimRefusal> {
    match at {
        Some(at) if at > now => Err(ClaimRefusal::InTheFuture),
        at => Ok(at.unwrap_or(now)),
    }
}

/// Cartons numbered from 1, no more pieces in them than were approved (LGT-27, LGT-28).
fn packed(claim: &Claim, cartons: Vec<Vec<Pieces>>) -> Result<Vec<Carton>, Refusal> {
    let cartons: Vec<Carton> =
        (1..).zip(cartons).map(|(number, contents)| Carton { number, contents: merged(contents) }).collect();
    if cartons.is_empty() || cartons.iter().any(|carton| carton.contents.iter().any(|one| one.pieces == 0)) {
        return Err(Refusal::NoPieces);
    }
    if let Some(empty) = cartons.iter().find(|carton| carton.contents.is_empty()) {
        return Err(Refusal::EmptyCarton { number: empty.number });
    }
    let all = cartons.iter().fold(0_u32, |sum, carton| sum.saturating_add(total(&carton.contents)));
    let approved = claim.facts.product.quantity;
    if all > approved {
        return Err(Refusal::MoreThanApproved { packed: all, approved });
    }
    Ok(cartons)
}

/// By model, announced ones first.
fn differences(stated: &[Pieces], counted: &[Pieces]) -> Vec<Difference> {
    let models = merged(stated.iter().chain(counted).cloned());
    models
        .into_iter()
        .map(|Pieces { model, .. }| Difference {
            stated: of(stated, &model),
            counted: of(counted, &model),
            model,
        })
        .filter(|difference| difference.stated != difference.counted)
        .collect()
}

/// Each counted piece of an announced model is good, defective or deliberately damaged: no more, no less.
fn inspected(claim: &Claim, results: &[ModelResult]) -> Result<(), Refusal> {
    let counted = claim.procedures.returns.received.as_ref().map(Receipt::settled).unwrap_or_default();
    let found = merged(results.iter().map(|result| Pieces {
        model: result.model.clone(),
        pieces: result.good.saturating_add(result.defective).saturating_add(result.deliberate),
    }));
    let models = merged(counted.iter().chain(&found).cloned());
    for Pieces { model, .. } in models {
        let (counted, inspected) = (of(&counted, &model), of(&found, &model));
        if counted != inspected {
            return Err(Refusal::OtherCount { model, counted, inspected });
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for result in results {
        if seen.contains(&result.model.as_str()) {
            return Err(Refusal::ModelTwice { model: result.model.clone() });
        }
        seen.push(&result.model);
    }
    Ok(())
}
