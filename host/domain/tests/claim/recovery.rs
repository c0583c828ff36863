//! What was advanced, and what its sum is (LGT-17, LGT-35, ENT-06, BUS-50).

use crate::fixtures::*;
use sanbao_domain::case::Remedy;
use sanbao_domain::claim::recovery::{Command, Refusal, SeveralCurrencies, What};
use sanbao_domain::claim::{Command as ClaimCommand, Refusal as ClaimRefusal, procedure};
use sanbao_domain::money::Money;

fn advance(minor: i64, currency: &str, reference: &str) -> ClaimCommand {
    let amount = Money { minor, currency: currency.into() };
    Command::Advance { what: What::Freight, amount, reference: reference.into() }.into()
}

#[test]
fn lgt_35_each_receipt_counts_once_for_whoever_paid() {
    let mut claim = judged(&[Remedy::Credit]);
    run(&mut claim, &brand(), advance(100, "CNY", "F-1"));
    run(&mut claim, &brand(), advance(50, "CNY", "F-2"));
    run(&mut claim, &dealer(), advance(7, "CNY", "F-1"));
    let twice = claim.handle(&brand(), advance(100, "CNY", "F-1"), at(11)).unwrap_err();
    let refusal = Refusal::ReceiptTwice { reference: "F-1".into() };
    assert_eq!(twice, ClaimRefusal::Procedure(procedure::Refusal::Recovery(refusal)));
    assert!(claim.handle(&brand(), advance(0, "CNY", "F-3"), at(11)).is_err());
    let sum = |party| claim.procedures.recovery.advanced_by(party).unwrap().map(|sum| sum.minor);
    assert_eq!((sum(BRAND), sum(DEALER), sum(STRANGER)), (Some(150), Some(7), None));
    run(&mut claim, &brand(), advance(1, "USD", "F-4"));
    assert_eq!(claim.procedures.recovery.advanced_by(BRAND), Err(SeveralCurrencies));
}

#[test]
fn bus_50_only_what_was_granted_can_be_recovered() {
    let mut claim = judged(&[Remedy::Credit]);
    assert!(!claim.is_decided());
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&["manager"]) });
    assert!(!claim.is_decided(), "not before it is approved");
    run(&mut claim, &brand(), ClaimCommand::Approve { remedy: None, note: None });
    assert!(claim.is_decided());
    run(&mut claim, &brand(), ClaimCommand::Complete { note: None });
    run(&mut claim, &brand(), ClaimCommand::Close);
    assert!(claim.is_decided());
}
