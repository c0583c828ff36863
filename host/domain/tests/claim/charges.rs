//! Work that is paid for: told and agreed to before, collected when the policy allows, handed in in full.

use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{CaseEvent, Channel, Remedy};
use sanbao_domain::charges::{Collection, Consent, Item, ItemKind, Line, Quote};
use sanbao_domain::claim::charges::*;
use sanbao_domain::claim::{Claim, Command as ClaimCommand, CommandName, Event as ClaimEvent, State};
use sanbao_domain::ids::QuoteId;
use sanbao_domain::money::{Decimal, Money};
use sanbao_domain::text::Text;
use sanbao_domain::verdict::{Charge, Ruling};
use uuid::Uuid;

fn yuan(minor: i64) -> Money {
    Money { minor, currency: "CNY".into() }
}

fn terms(amounts: &[i64], collect: Collection, consent: Consent) -> Quote {
    let line = |minor: &i64| Line {
        kind: ItemKind::Labour,
        code: "L".into(),
        title: Text::default(),
        quantity: Decimal { digits: 1, scale: 0 },
        amount: yuan(*minor),
    };
    let lines = amounts.iter().map(line).collect();
    Quote { lines, collect, consent, obligations: vec![], citations: vec![] }
}

fn quote(n: u128, terms: Quote) -> ClaimCommand {
    let quote = QuoteId(Uuid::from_u128(n));
    Command::Quote { quote, terms: Box::new(terms), plan: plan(&["leader"]) }.into()
}

fn disclose() -> ClaimCommand {
    Command::Disclose { quote: None, to: "Ms Chen".into(), channel: Channel::Phone }.into()
}

fn consent() -> ClaimCommand {
    Command::Consent { quote: None, by: "Ms Chen".into() }.into()
}

fn approve() -> ClaimCommand {
    Command::Approve { quote: None, note: None }.into()
}

fn collect(minor: i64) -> ClaimCommand {
    Command::Collect { quote: None, amount: yuan(minor), receipt: "R-1".into() }.into()
}

fn hand_in(minor: i64) -> ClaimCommand {
    Command::HandIn { quote: None, amount: yuan(minor), receipt: "C-1".into() }.into()
}

/// A claim whose agreed offer is a charged repair.
fn charged() -> Claim {
    let mut claim = claim();
    let mut paid = offer(Remedy::Repair);
    paid.charge = Charge::Quoted;
    run(&mut claim, &dealer(), ClaimCommand::Judge(verdict(Ruling::NotCovered, vec![paid])));
    run(&mut claim, &dealer(), ClaimCommand::Agree { choice: 0, plan: plan(&[]) });
    claim
}

fn start() -> ClaimCommand {
    ClaimCommand::StartWork { goods_received_at: None }
}

fn refused(claim: &Claim, who: &Actor, command: ClaimCommand) -> &'static str {
    claim.handle(who, command, at(10)).unwrap_err().code()
}

fn stage(claim: &Claim) -> Stage {
    claim.procedures.charges.current().unwrap().stage
}

#[test]
fn sto_30_31_told_and_agreed_before_the_work_and_paid_after_it() {
    let mut claim = charged();
    assert_eq!(refused(&claim, &brand(), start()), "consent-missing");
    run(&mut claim, &brand(), quote(1, terms(&[300, 200], Collection::AfterWork, Consent::Claimant)));
    assert_eq!(claim.procedures.charges.current().unwrap().total, Some(yuan(500)));
    assert_eq!(refused(&claim, &dealer(), consent()), "not-disclosed", "STO-30");
    run(&mut claim, &brand(), disclose());
    assert_eq!(refused(&claim, &brand(), start()), "consent-missing");
    assert_eq!(refused(&claim, &brand(), consent()), "wrong-side", "nobody consents for the claimant");
    assert_eq!(refused(&claim, &brand(), collect(500)), "consent-missing");
    run(&mut claim, &dealer(), consent());
    assert_eq!(refused(&claim, &brand(), collect(500)), "work-first", "STO-31");
    run(&mut claim, &brand(), start());
    run(&mut claim, &brand(), ClaimCommand::Complete { note: None });
    assert_eq!(refused(&claim, &brand(), collect(501)), "wrong-amount");
    run(&mut claim, &brand(), collect(200));
    let events = claim.handle(&brand(), collect(300), at(10)).unwrap();
    let heard: Vec<_> = events.iter().flat_map(ClaimEvent::case_events).collect();
    assert_eq!(heard, [(CaseEvent::Paid, None)]);
    run(&mut claim, &brand(), collect(300));
    assert_eq!(stage(&claim), Stage::Collected);
}

#[test]
fn bus_16_the_leader_consents_and_the_money_is_handed_in_in_full() {
    let mut claim = charged();
    run(&mut claim, &brand(), quote(1, terms(&[500], Collection::BeforeWork, Consent::Both)));
    run(&mut claim, &brand(), disclose());
    run(&mut claim, &dealer(), consent());
    assert_eq!(refused(&claim, &brand(), collect(500)), "consent-missing");
    assert_eq!(refused(&claim, &actor(BRAND, &["clerk"]), approve()), "wrong-role");
    run(&mut claim, &actor(BRAND, &["leader"]), approve());
    assert_eq!(refused(&claim, &brand(), hand_in(500)), "nothing-in-hand");
    run(&mut claim, &brand(), collect(500));
    run(&mut claim, &brand(), start());
    run(&mut claim, &brand(), ClaimCommand::Complete { note: None });
    run(&mut claim, &dealer(), ClaimCommand::HandOver { to: "the dealer".into() });
    assert_eq!(refused(&claim, &dealer(), ClaimCommand::Close), "money-in-hand");
    for part in [499, 501, 0] {
        assert_eq!(refused(&claim, &brand(), hand_in(part)), "not-in-full");
    }
    run(&mut claim, &brand(), hand_in(500));
    assert_eq!(stage(&claim), Stage::HandedIn);
    run(&mut claim, &dealer(), ClaimCommand::Close);
}

#[test]
fn bus_16_where_no_fee_is_allowed_none_is_collected() {
    let mut claim = charged();
    run(&mut claim, &brand(), quote(1, terms(&[500], Collection::Never, Consent::None)));
    run(&mut claim, &brand(), disclose());
    assert_eq!(refused(&claim, &brand(), collect(500)), "never-collected");
    run(&mut claim, &brand(), quote(2, terms(&[], Collection::Never, Consent::None)));
    assert_eq!(refused(&claim, &brand(), collect(500)), "nothing-to-pay");
    run(&mut claim, &brand(), start());
}

#[test]
fn lgt_50_a_refused_quote_stops_charged_work_until_another_is_agreed_to() {
    let mut claim = charged();
    run(&mut claim, &brand(), quote(1, terms(&[900], Collection::AfterWork, Consent::Claimant)));
    run(&mut claim, &brand(), disclose());
    let refuse = |reason: &str| {
        ClaimCommand::from(Command::Refuse { quote: None, by: "Ms Chen".into(), reason: reason.into() })
    };
    assert_eq!(refused(&claim, &dealer(), refuse("")), "words-missing");
    run(&mut claim, &dealer(), refuse("Too dear"));
    assert_eq!(stage(&claim), Stage::Refused);
    assert_eq!(refused(&claim, &dealer(), consent()), "quote-refused");
    assert_eq!(refused(&claim, &brand(), start()), "consent-missing");
    run(&mut claim, &brand(), quote(2, terms(&[600], Collection::AfterWork, Consent::Claimant)));
    assert_eq!(claim.procedures.charges.0[0].stage, Stage::Superseded);
    run(&mut claim, &brand(), disclose());
    let old = Command::Consent { quote: Some(QuoteId(Uuid::from_u128(1))), by: "Ms Chen".into() };
    assert_eq!(refused(&claim, &dealer(), old.into()), "no-such-quote");
    run(&mut claim, &dealer(), consent());
    run(&mut claim, &brand(), start());
}

#[test]
fn a_superior_may_say_no() {
    let mut claim = charged();
    run(&mut claim, &brand(), quote(1, terms(&[500], Collection::AfterWork, Consent::Superior)));
    run(&mut claim, &brand(), disclose());
    assert_eq!(refused(&claim, &dealer(), consent()), "consent-not-asked");
    let reject = Command::Reject { quote: None, reason: "Under goodwill".into() };
    run(&mut claim, &brand(), reject.into());
    assert_eq!(stage(&claim), Stage::Refused);
    assert_eq!(refused(&claim, &brand(), start()), "consent-missing");
}

#[test]
fn a_quote_adds_up_in_one_currency_and_stays_once_money_was_taken() {
    let mut claim = charged();
    let mut mixed = terms(&[1, 2], Collection::BeforeWork, Consent::None);
    mixed.lines[1].amount.currency = "USD".into();
    assert_eq!(refused(&claim, &brand(), quote(1, mixed)), "quote-uncountable");
    let negative = terms(&[5, -1], Collection::BeforeWork, Consent::None);
    assert_eq!(refused(&claim, &brand(), quote(1, negative)), "quote-uncountable");
    run(&mut claim, &brand(), quote(1, terms(&[7], Collection::BeforeWork, Consent::None)));
    run(&mut claim, &brand(), disclose());
    run(&mut claim, &brand(), collect(7));
    let again = quote(2, terms(&[8], Collection::BeforeWork, Consent::None));
    assert_eq!(refused(&claim, &brand(), again), "money-taken");
}

#[test]
fn without_a_policy_the_items_cost_what_is_stated() {
    let item = |digits, scale, price| Item {
        kind: ItemKind::Part,
        code: "P-1".into(),
        quantity: Decimal { digits, scale },
        price,
    };
    let quote = baseline(&[item(25, 1, Some(yuan(200))), item(3, 0, Some(yuan(5)))]).unwrap();
    assert_eq!(quote.total(), Some(yuan(515)));
    assert_eq!((quote.collect, quote.consent), (Collection::AfterWork, Consent::Claimant));
    assert_eq!(baseline(&[item(1, 0, None)]), None);
    assert_eq!(baseline(&[item(1, 1, Some(yuan(5)))]), None, "half a cent");
}

fn commands() -> impl Strategy<Value = ClaimCommand> {
    let amounts = prop::collection::vec(0i64..4, 0..3);
    let collections =
        prop::sample::select(vec![Collection::Never, Collection::AfterWork, Collection::BeforeWork]);
    let consents =
        prop::sample::select(vec![Consent::None, Consent::Claimant, Consent::Superior, Consent::Both]);
    prop_oneof![
        2 => (0u128..9, amounts, collections, consents)
            .prop_map(|(n, amounts, collect, consent)| quote(n, terms(&amounts, collect, consent))),
        3 => Just(disclose()),
        3 => Just(consent()),
        1 => Just(Command::Refuse { quote: None, by: "Ms Chen".into(), reason: "Dear".into() }.into()),
        3 => Just(approve()),
        1 => Just(Command::Reject { quote: None, reason: "No".into() }.into()),
        6 => (0i64..6).prop_map(collect),
        4 => (0i64..6).prop_map(hand_in),
        2 => Just(start()),
        1 => Just(ClaimCommand::Complete { note: None }),
        1 => Just(ClaimCommand::HandOver { to: "the dealer".into() }),
        1 => Just(ClaimCommand::Close),
    ]
}

fn actors() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![brand(), brand(), dealer(), actor(BRAND, &[]), actor(STRANGER, &["*"])])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_sequence_collects_before_consent(taken in prop::collection::vec((actors(), commands()), 1..50)) {
        let mut current = charged();
        let mut journal = Vec::new();
        for (second, (who, command)) in taken.into_iter().enumerate() {
            let now = at(20 + second as i64);
            let before = current.clone();
            if let Ok(events) = current.handle(&who, command, now) {
                for event in events {
                    let told = before.procedures.charges.current();
                    if event.kind() == "charges/collected" {
                        let told = told.unwrap();
                        prop_assert!(told.is_agreed() && told.disclosed.is_some(), "STO-30");
                        prop_assert_ne!(told.terms.collect, Collection::Never, "BUS-16");
                        let after = matches!(before.state, State::Completed { .. } | State::HandedOver { .. } | State::Closed { .. });
                        prop_assert!(told.terms.collect == Collection::BeforeWork || after, "STO-31");
                    }
                    if event.kind() == "work-started" {
                        prop_assert!(told.is_some_and(Quoted::is_agreed), "LGT-50");
                    }
                    if event.kind() == "closed" {
                        prop_assert!(before.procedures.charges.0.iter().all(|quoted| quoted.in_hand() == 0), "BUS-16");
                    }
                    current.apply(&event, now);
                    journal.push((serde_json::to_string(&event).unwrap(), now));
                }
            }
            for quoted in &current.procedures.charges.0 {
                prop_assert!((0..=quoted.total.as_ref().map_or(0, |total| total.minor)).contains(&quoted.taken()));
                prop_assert!(quoted.in_hand() == 0 || quoted.in_hand() == quoted.taken() || quoted.handed_in.iter().all(|paid| paid.amount.minor > 0));
                prop_assert!(quoted.in_hand() >= 0);
            }
            let listed = before.possible(&who);
            for command in CommandName::by_people() {
                prop_assert_eq!(listed.contains(&command), before.check(&who, command).is_ok());
            }
        }
        let mut rebuilt = charged();
        for (line, when) in &journal {
            rebuilt.apply(&serde_json::from_str(line).unwrap(), *when);
        }
        prop_assert_eq!(&rebuilt, &current);
        let stored = serde_json::to_string(&current).unwrap();
        prop_assert_eq!(serde_json::from_str::<Claim>(&stored).unwrap(), current);
    }
}
