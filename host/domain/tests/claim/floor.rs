//! STO-41: which of two verdicts is more favourable to a consumer.

use crate::fixtures::offer;
use proptest::prelude::*;
use sanbao_domain::case::Remedy;
use sanbao_domain::floor::{DecidedBy, Favour, decides};
use sanbao_domain::time::Date;
use sanbao_domain::verdict::{Charge, Offer, Ruling, Verdict};

fn verdict(ruling: Ruling, offers: Vec<Offer>) -> Verdict {
    Verdict { ruling, cover: None, offers, missing: vec![], refer_to: None, citations: vec![], notes: vec![] }
}

fn covered(remedy: Remedy) -> Verdict {
    verdict(Ruling::Covered, vec![offer(remedy)])
}

fn quoted(remedy: Remedy) -> Offer {
    Offer { charge: Charge::Quoted, ..offer(remedy) }
}

#[test]
fn sto_41_the_order_is_ruling_then_offer_then_end_of_cover() {
    use DecidedBy::{Floor, Own};
    use Ruling::{Covered, FactsMissing, NotCovered, Referred};
    let day = |day| Some(Date::constant(2040, 5, day));
    let discretion =
        verdict(Covered, vec![Offer { discretion: Some("manager".into()), ..offer(Remedy::Refund) }]);
    let table = [
        ("covered beats not covered", verdict(NotCovered, vec![]), covered(Remedy::Repair), Floor),
        ("covered beats referred", verdict(Referred, vec![]), covered(Remedy::Repair), Floor),
        ("covered beats missing", verdict(FactsMissing, vec![]), covered(Remedy::Repair), Floor),
        ("referred beats not covered", verdict(NotCovered, vec![]), verdict(Referred, vec![]), Floor),
        ("own missing beats not covered", verdict(FactsMissing, vec![]), verdict(NotCovered, vec![]), Own),
        ("a floor without facts is none", verdict(NotCovered, vec![]), verdict(FactsMissing, vec![]), Own),
        ("refund beats replace", covered(Remedy::Replace), covered(Remedy::Refund), Floor),
        ("replace beats repair", covered(Remedy::Repair), covered(Remedy::Replace), Floor),
        ("repair beats credit", covered(Remedy::Credit), covered(Remedy::Repair), Floor),
        ("the own refund stays", covered(Remedy::Refund), covered(Remedy::Repair), Own),
        (
            "free beats charged",
            verdict(Covered, vec![quoted(Remedy::Replace)]),
            covered(Remedy::Repair),
            Floor,
        ),
        ("owed beats discretion", discretion, covered(Remedy::Repair), Floor),
        ("a tie is the own policy's", covered(Remedy::Repair), covered(Remedy::Repair), Own),
    ];
    for (what, own, floor, decided) in table {
        assert_eq!(decides((&own, None), (&floor, None)), decided, "{what}");
    }
    let same = covered(Remedy::Repair);
    assert_eq!(decides((&same, day(3)), (&same, day(4))), Floor, "the later end of cover");
    assert_eq!(decides((&same, day(4)), (&same, day(3))), Own);
    assert_eq!(decides((&covered(Remedy::Refund), day(3)), (&same, day(4))), Own, "the remedy comes first");
}

fn any_verdict() -> impl Strategy<Value = (Verdict, Option<Date>)> {
    let ruling = prop::sample::select(vec![
        Ruling::Covered,
        Ruling::NotCovered,
        Ruling::Referred,
        Ruling::FactsMissing,
    ]);
    let remedy = prop::sample::select(vec![
        Remedy::Repair,
        Remedy::Replace,
        Remedy::Refund,
        Remedy::Credit,
        Remedy::Service,
        Remedy::ReturnToSender,
        Remedy::RedirectToCarrier,
        Remedy::Decline,
    ]);
    let one = (remedy, any::<bool>(), any::<bool>()).prop_map(|(remedy, free, owed)| Offer {
        charge: if free { Charge::Free } else { Charge::Quoted },
        discretion: (!owed).then(|| "manager".into()),
        ..offer(remedy)
    });
    let until = prop::option::of((1i8..28).prop_map(|day| Date::constant(2040, 5, day)));
    (ruling, prop::collection::vec(one, 0..4), until)
        .prop_map(|(ruling, offers, until)| (verdict(ruling, offers), until))
}

proptest! {
    #[test]
    fn sto_41_the_consumer_never_gets_less_than_either(own in any_verdict(), floor in any_verdict()) {
        let favour = |(verdict, until): &(Verdict, Option<Date>)| Favour::of(verdict, *until);
        let decided = match decides((&own.0, own.1), (&floor.0, floor.1)) {
            DecidedBy::Own => &own,
            DecidedBy::Floor => &floor,
        };
        prop_assert!(favour(decided) >= favour(&own), "never worse than the own policy");
        if floor.0.ruling != Ruling::FactsMissing {
            prop_assert!(favour(decided) >= favour(&floor), "nor than the law");
        }
        let same = decides((&own.0, own.1), (&own.0, own.1));
        prop_assert_eq!(same, DecidedBy::Own);
    }
}
