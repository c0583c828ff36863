//! Goods that come back: what the rules say step by step, and what no sequence of steps can reach.

use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{Cause, Dates, Remedy};
use sanbao_domain::claim::returns::{
    Anomaly, AnomalyKind, CarrierSignature, Command, Label, ModelResult, Pieces, Refusal, total,
};
use sanbao_domain::claim::{
    Claim, Command as ClaimCommand, Event, Refusal as ClaimRefusal, State, StateName, procedure,
};
use sanbao_domain::money::Money;

fn pieces(model: &str, pieces: u32) -> Pieces {
    Pieces { model: model.into(), pieces }
}

fn label() -> Label {
    Label { receiving_unit: "HQ".into(), consignee: "Wang".into(), returning_unit: "Huaguang".into() }
}

fn pack(cartons: &[&[Pieces]]) -> Command {
    Command::Pack { label: label(), cartons: cartons.iter().map(|one| one.to_vec()).collect() }
}

fn ship() -> Command {
    Command::Ship { carrier: "Deppon".into(), waybill: "W-1".into() }
}

fn receive(counted: &[Pieces]) -> Command {
    Command::Receive { counted: counted.to_vec(), at: None, note: None }
}

fn unapproved(counted: &[Pieces]) -> Command {
    Command::RecordUnapproved { counted: counted.to_vec(), at: None, note: None }
}

fn result(model: &str, good: u32, defective: u32, deliberate: u32) -> ModelResult {
    let text = "driver dead".into();
    ModelResult { model: model.into(), good, defective, deliberate, cause: Cause::Quality, text }
}

fn inspect(results: &[ModelResult]) -> Command {
    Command::Inspect { results: results.to_vec() }
}

fn send_back(pieces: &[Pieces]) -> Command {
    let reason = "tests well".into();
    Command::SendBack { pieces: pieces.to_vec(), carrier: "Deppon".into(), waybill: None, reason }
}

/// Twelve lamps whose repair was approved, to be sent to headquarters.
fn approved(remedy: Remedy) -> Claim {
    let mut claim = judged(&[remedy]);
    claim.facts.product.quantity = 12;
    claim.facts.product.price = Some(Money { minor: 120_000, currency: "CNY".into() });
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&[]) });
    claim
}

fn why(claim: &Claim, actor: &Actor, command: impl Into<ClaimCommand>) -> Refusal {
    match claim.handle(actor, command.into(), at(10)) {
        Err(ClaimRefusal::Procedure(procedure::Refusal::Returns(refusal))) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn lgt_29_the_respondents_count_prevails_and_the_difference_is_recorded() {
    let mut claim = approved(Remedy::Credit);
    run(&mut claim, &dealer(), pack(&[&[pieces("L-1", 6)], &[pieces("L-1", 6)]]).into());
    run(&mut claim, &dealer(), ship().into());
    assert_eq!(claim.product_as_counted().quantity, 12, "as stated until somebody counts");
    let events = claim.handle(&brand(), receive(&[pieces("L-1", 10)]).into(), at(20)).unwrap();
    let kinds: Vec<_> = events.iter().map(Event::kind).collect();
    assert_eq!(kinds, ["returns/received", "goods-received"]);
    events.iter().for_each(|event| claim.apply(event, at(20)));
    let received = claim.procedures.returns.received.as_ref().unwrap();
    let difference = &received.differences[0];
    assert_eq!((difference.stated, difference.counted), (12, 10));
    let product = claim.product_as_counted();
    assert_eq!((product.quantity, product.price.unwrap().minor), (10, 100_000));
    assert_eq!(claim.pieces_due(), 10);
    run(&mut claim, &brand(), inspect(&[result("L-1", 3, 5, 2)]).into());
    assert_eq!(claim.pieces_due(), 5, "the remedy is owed for what is defective");
    assert_eq!(claim.to_send_back(), [pieces("L-1", 5)], "LGT-24: good ones go back, and damaged ones");
}

#[test]
fn lgt_27_goods_without_approval_are_not_processed_only_sent_back() {
    let mut claim = judged(&[Remedy::Repair]);
    assert_eq!(why(&claim, &dealer(), pack(&[&[pieces("L-1", 1)]])), Refusal::NotApproved);
    assert_eq!(why(&claim, &brand(), receive(&[pieces("L-1", 1)])), Refusal::NotApproved);
    run(&mut claim, &brand(), unapproved(&[pieces("L-1", 1)]).into());
    assert_eq!(why(&claim, &brand(), inspect(&[result("L-1", 0, 1, 0)])), Refusal::NotProcessed);
    run(&mut claim, &brand(), send_back(&[pieces("L-1", 1)]).into());
    assert_eq!(why(&claim, &brand(), send_back(&[pieces("L-1", 1)])), Refusal::NothingToSendBack);
    let approved = approved(Remedy::Repair);
    assert_eq!(why(&approved, &brand(), unapproved(&[pieces("L-1", 1)])), Refusal::Approved);
}

#[test]
fn lgt_27_a_model_that_nobody_announced_is_not_processed_either() {
    let mut claim = approved(Remedy::Credit);
    run(&mut claim, &dealer(), pack(&[&[pieces("L-1", 2)]]).into());
    run(&mut claim, &dealer(), ship().into());
    run(&mut claim, &brand(), receive(&[pieces("L-1", 2), pieces("X-9", 1)]).into());
    let refusal = why(&claim, &brand(), inspect(&[result("L-1", 0, 2, 0), result("X-9", 0, 1, 0)]));
    assert_eq!(refusal, Refusal::OtherCount { model: "X-9".into(), counted: 0, inspected: 1 });
    run(&mut claim, &brand(), inspect(&[result("L-1", 0, 2, 0)]).into());
    assert_eq!(claim.to_send_back(), [pieces("X-9", 1)]);
}

#[test]
fn lgt_28_goods_leave_packed_and_labelled_and_no_more_than_approved() {
    let mut claim = approved(Remedy::Repair);
    assert_eq!(why(&claim, &dealer(), ship()), Refusal::NotPacked);
    let too_many = Refusal::MoreThanApproved { packed: 13, approved: 12 };
    assert_eq!(why(&claim, &dealer(), pack(&[&[pieces("L-1", 13)]])), too_many);
    let empty: &[Pieces] = &[];
    let carton = Refusal::EmptyCarton { number: 2 };
    assert_eq!(why(&claim, &dealer(), pack(&[&[pieces("L-1", 1)], empty])), carton);
    run(&mut claim, &dealer(), pack(&[&[pieces("L-1", 2)], &[pieces("L-1", 1)]]).into());
    let numbers: Vec<u32> = claim.procedures.returns.cartons.iter().map(|carton| carton.number).collect();
    assert_eq!(numbers, [1, 2]);
    run(&mut claim, &dealer(), ship().into());
    assert_eq!(why(&claim, &dealer(), pack(&[&[pieces("L-1", 1)]])), Refusal::ShippedAlready);
}

#[test]
fn work_waits_for_the_count_completion_for_the_inspection_and_closing_for_what_goes_back() {
    let mut claim = approved(Remedy::Credit);
    run(&mut claim, &dealer(), pack(&[&[pieces("L-1", 12)]]).into());
    run(&mut claim, &dealer(), ship().into());
    let complete = || ClaimCommand::Complete { note: None };
    assert_eq!(why(&claim, &brand(), complete()), Refusal::NotReceived);
    run(&mut claim, &brand(), receive(&[pieces("L-1", 12)]).into());
    assert_eq!(why(&claim, &brand(), complete()), Refusal::NotInspected);
    run(&mut claim, &brand(), inspect(&[result("L-1", 2, 10, 0)]).into());
    run(&mut claim, &brand(), complete());
    assert_eq!(why(&claim, &brand(), ClaimCommand::Close), Refusal::StillHere);
    run(&mut claim, &brand(), send_back(&[pieces("L-1", 2)]).into());
    run(&mut claim, &brand(), ClaimCommand::Close);
}

#[test]
fn goods_that_arrived_are_not_reported_again_when_work_starts() {
    let mut claim = approved(Remedy::Repair);
    run(&mut claim, &brand(), receive(&[pieces("L-1", 12)]).into());
    let start = ClaimCommand::StartWork { goods_received_at: Some(at(1)) };
    let kinds: Vec<_> = claim.handle(&brand(), start, at(30)).unwrap().iter().map(Event::kind).collect();
    assert_eq!(kinds, ["work-started"]);
}

#[test]
fn lgt_37_to_42_a_record_says_what_a_policy_asks() {
    let mut anomaly = Anomaly {
        kind: AnomalyKind::Damage,
        pieces: 3,
        delivered: Some(40),
        signed: Some(CarrierSignature { by: "driver Zhao".into(), at: at(1) }),
        liable_unit: Some("Deppon".into()),
        acceptance_signed: None,
        documents_sent: Some(true),
        document: Some("YC-7".into()),
        dates: Dates::default(),
        note: None,
        at: at(0),
        by: String::new(),
    };
    let evidence = anomaly.evidence();
    assert_eq!(evidence.cause, Some(Cause::Transit));
    for fact in ["liable-unit-found", "anomaly-record-signed", "documents-faxed", "anomaly-on-record"] {
        assert_eq!(evidence.attributes[fact], true, "{fact}");
    }
    assert_eq!(evidence.attributes["delivered-pieces"], 40);
    assert!(!evidence.attributes.contains_key("acceptance-signed"), "nobody said anything of it");
    assert_eq!(evidence.documents[0].reference, "YC-7");
    let mut claim = judged(&[Remedy::RedirectToCarrier]);
    let redirect = || Command::Redirect { carrier: "Deppon".into(), reason: "record YC-7".into() };
    assert_eq!(why(&claim, &brand(), redirect()), Refusal::NothingOnTheWay);
    run(&mut claim, &dealer(), Command::RecordAnomaly(Box::new(anomaly.clone())).into());
    run(&mut claim, &brand(), redirect().into());
    assert_eq!(why(&claim, &brand(), redirect()), Refusal::RedirectedAlready);
    anomaly.signed = Some(CarrierSignature { by: "Zhao".into(), at: at(99) });
    let later = Command::RecordAnomaly(Box::new(anomaly));
    assert_eq!(why(&claim, &dealer(), later), Refusal::SignedLater);
}

fn some_pieces() -> impl Strategy<Value = Vec<Pieces>> {
    let one = (prop::sample::select(vec!["L-1", "L-2"]), 0u32..7).prop_map(|(model, n)| pieces(model, n));
    prop::collection::vec(one, 0..3)
}

fn results() -> impl Strategy<Value = Vec<ModelResult>> {
    let model = prop::sample::select(vec!["L-1", "L-2"]);
    let one = (model, 0u32..5, 0u32..5, 0u32..3).prop_map(|(m, g, d, x)| result(m, g, d, x));
    prop::collection::vec(one, 0..3)
}

/// The inspection that fits the count, so that sequences get beyond it.
fn fitting(claim: &Claim) -> Vec<ModelResult> {
    let received = claim.procedures.returns.received.as_ref();
    let counted = received.map(|received| received.settled()).unwrap_or_default();
    counted.iter().map(|one| result(&one.model, one.pieces / 2, one.pieces - one.pieces / 2, 0)).collect()
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)]
enum Step {
    Returns(Command),
    InspectWell,
    SendAllBack,
    Claim(ClaimCommand),
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(some_pieces(), 0..3)
            .prop_map(|cartons| Step::Returns(Command::Pack { label: label(), cartons })),
        3 => Just(Step::Returns(ship())),
        3 => some_pieces().prop_map(|counted| Step::Returns(receive(&counted))),
        1 => some_pieces().prop_map(|counted| Step::Returns(unapproved(&counted))),
        1 => results().prop_map(|results| Step::Returns(inspect(&results))),
        3 => Just(Step::InspectWell),
        2 => some_pieces().prop_map(|pieces| Step::Returns(send_back(&pieces))),
        2 => Just(Step::SendAllBack),
        2 => Just(Step::Claim(ClaimCommand::Agree { choice: 0, plan: plan(&[]) })),
        1 => Just(Step::Claim(ClaimCommand::StartWork { goods_received_at: Some(at(0)) })),
        2 => Just(Step::Claim(ClaimCommand::Complete { note: None })),
        2 => Just(Step::Claim(ClaimCommand::Close)),
        1 => Just(Step::Claim(ClaimCommand::Cancel { reason: "no".into() })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_sequence_of_steps_loses_a_piece(
        credit in any::<bool>(),
        steps in prop::collection::vec((any::<bool>(), steps()), 1..30),
    ) {
        let mut claim = judged(&[if credit { Remedy::Credit } else { Remedy::Repair }]);
        claim.facts.product.quantity = 12;
        let mut kinds: Vec<&str> = Vec::new();
        for (second, (dealers, step)) in steps.into_iter().enumerate() {
            let now = at(second as i64);
            let command = match step {
                Step::Returns(command) => command.into(),
                Step::InspectWell => inspect(&fitting(&claim)).into(),
                Step::SendAllBack => send_back(&claim.to_send_back()).into(),
                Step::Claim(command) => command,
            };
            let who = if dealers { dealer() } else { brand() };
            let before = claim.clone();
            match claim.handle(&who, command, now) {
                Ok(events) => {
                    kinds.extend(events.iter().map(Event::kind));
                    events.iter().for_each(|event| claim.apply(event, now));
                }
                Err(_) => prop_assert_eq!(&claim, &before),
            }
            let returns = &claim.procedures.returns;
            let seen = |kind: &str| kinds.contains(&kind);
            if seen("returns/received") || seen("returns/shipped") {
                prop_assert!(seen("approved"), "LGT-25: nothing is sent or counted before the approval");
            }
            if seen("returns/shipped") {
                prop_assert!(!returns.cartons.is_empty(), "LGT-28");
                prop_assert!(returns.cartons.iter().map(|one| total(&one.contents)).sum::<u32>() <= 12);
            }
            if seen("returns/inspected") {
                let results = &returns.inspected.as_ref().unwrap().results;
                let all: u32 = results.iter().map(|one| one.good + one.defective + one.deliberate).sum();
                prop_assert_eq!(all, total(&returns.received.as_ref().unwrap().settled()), "LGT-29");
            }
            if claim.state.name() == StateName::Completed && before.state != claim.state {
                prop_assert!(returns.shipped.is_none() || returns.received.is_some());
                prop_assert!(returns.received.is_none() || returns.inspected.is_some());
            }
            let here = returns.received.as_ref().map_or(0, |received| total(&received.counted))
                + returns.unapproved.iter().map(|one| total(&one.counted)).sum::<u32>();
            let gone: u32 = returns.sent_back.iter().map(|one| total(&one.pieces)).sum();
            prop_assert!(gone + total(&claim.to_send_back()) <= here, "no more goes back than came");
            if matches!(claim.state, State::Closed { .. }) {
                prop_assert_eq!(total(&claim.to_send_back()), 0, "LGT-24");
            }
        }
    }
}
