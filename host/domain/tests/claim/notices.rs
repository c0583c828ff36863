//! Sequences of notices: what begins, repeats, stops and follows (STO-27, 28, 36).

use crate::counter::completed;
use crate::fixtures::*;
use proptest::prelude::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::case::{CaseEvent, Side};
use sanbao_domain::claim::counter::Command as Step;
use sanbao_domain::claim::notices::{Command as Tell, Event as Told, Sequence, Standing};
use sanbao_domain::claim::{Claim, Command, Event, procedure};
use sanbao_domain::notices::{LastResort, Notice, Recipient};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;

const DAY: i64 = 24 * 3600;

fn notice(id: &str, stopped_by: Vec<CaseEvent>, at_last: LastResort) -> Notice {
    Notice {
        id: id.to_owned(),
        recipient: Recipient::Side(Side::Claimant),
        subject: Text::new("请来取", "come"),
        body: Text::new("请来取", "come"),
        after: None,
        repeat: None,
        stopped_by,
        at_last,
        channels: vec![],
        citations: vec![],
    }
}

/// Now, after three days and after six; after nine all was in vain.
fn collect(now: Timestamp, at_last: LastResort) -> Sequence {
    let later = |days: i64| now + jiff::SignedDuration::from_secs(days * DAY);
    let gives_up = (at_last != LastResort::Nothing).then(|| later(9));
    Sequence::new(
        notice("collect", vec![CaseEvent::Collected], at_last),
        CaseEvent::ReadyToCollect,
        vec![now, later(3), later(6)],
        gives_up,
    )
}

/// Gives a command at a time and applies what follows.
fn give(claim: &mut Claim, who: &Actor, command: impl Into<Command>, now: Timestamp) -> Vec<Event> {
    let events = claim.handle(who, command.into(), now).unwrap();
    events.iter().for_each(|event| claim.apply(event, now));
    events
}

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::kind).collect()
}

fn clock() -> Actor {
    Actor::host("clock")
}

#[test]
fn sto_27_28_three_notices_then_the_superior_and_the_post() {
    let mut claim = completed();
    give(&mut claim, &brand(), Step::Ready, at(0));
    let begun = give(
        &mut claim,
        &clock(),
        Tell::Begin(vec![collect(at(0), LastResort::TellSuperiorAndPostGoods)]),
        at(0),
    );
    assert_eq!(kinds(&begun), ["notices/begun", "notices/told"]);
    assert_eq!(claim.procedures.wake_at(), Some(at(3 * DAY)));
    assert_eq!(give(&mut claim, &clock(), Command::Wake, at(3 * DAY - 1)), []);
    assert_eq!(kinds(&give(&mut claim, &clock(), Command::Wake, at(3 * DAY))), ["notices/told"]);
    assert_eq!(kinds(&give(&mut claim, &clock(), Command::Wake, at(6 * DAY))), ["notices/told"]);
    assert_eq!(claim.procedures.wake_at(), Some(at(9 * DAY)), "the third has its days too");
    let last = give(&mut claim, &clock(), Command::Wake, at(9 * DAY));
    assert_eq!(kinds(&last), ["notices/exhausted", "counter/post-due"]);
    assert_eq!(claim.procedures.wake_at(), None);
    let post = Step::Post { carrier: "SF".into(), waybill: "1".into(), on_wish: false };
    assert_eq!(kinds(&give(&mut claim, &brand(), post, at(9 * DAY + 5))), ["counter/posted", "handed-over"]);
}

#[test]
fn sto_27_collected_goods_need_no_third_notice() {
    for step in [Step::Collect { by: "李华".into() }.into(), Command::HandOver { to: "李华".into() }] {
        let mut claim = completed();
        give(&mut claim, &brand(), Step::Ready, at(0));
        give(&mut claim, &clock(), Tell::Begin(vec![collect(at(0), LastResort::TellSuperior)]), at(0));
        give(&mut claim, &clock(), Command::Wake, at(3 * DAY));
        let events = give(&mut claim, &brand(), step, at(4 * DAY));
        assert!(kinds(&events).contains(&"notices/ended"), "{events:?}");
        assert_eq!(claim.procedures.wake_at(), None);
        assert_eq!(give(&mut claim, &clock(), Command::Wake, at(30 * DAY)), []);
    }
}

#[test]
fn sto_28_a_good_reason_ends_the_notices() {
    let mut claim = completed();
    give(&mut claim, &clock(), Tell::Begin(vec![collect(at(0), LastResort::PostGoods)]), at(0));
    let stop = |sequence, reason: &str| Command::from(Tell::Stop { sequence, reason: reason.to_owned() });
    assert_eq!(claim.handle(&brand(), stop(1, " "), at(1)).unwrap_err().code(), "reason-missing");
    assert_eq!(claim.handle(&brand(), stop(2, "abroad"), at(1)).unwrap_err().code(), "notices-not-running");
    assert!(claim.handle(&actor(STRANGER, &["*"]), stop(1, "abroad"), at(1)).is_err());
    give(&mut claim, &brand(), stop(1, "abroad until May"), at(1));
    assert_eq!(give(&mut claim, &clock(), Command::Wake, at(30 * DAY)), []);
    assert!(claim.handle(&brand(), stop(1, "again"), at(1)).is_err(), "it is at its end");
}

#[test]
fn a_host_that_stood_still_keeps_the_distance_between_notices() {
    let mut claim = completed();
    give(&mut claim, &clock(), Tell::Begin(vec![collect(at(0), LastResort::TellSuperior)]), at(0));
    give(&mut claim, &clock(), Command::Wake, at(10 * DAY));
    assert_eq!(claim.procedures.wake_at(), Some(at(13 * DAY)));
    give(&mut claim, &clock(), Command::Wake, at(13 * DAY));
    assert_eq!(claim.procedures.wake_at(), Some(at(16 * DAY)));
}

#[test]
fn what_runs_already_does_not_begin_again_and_nobody_but_the_host_begins() {
    let mut claim = completed();
    let begin = |now| Tell::Begin(vec![collect(now, LastResort::Nothing)]);
    assert!(claim.handle(&brand(), begin(at(0)).into(), at(0)).is_err());
    give(&mut claim, &clock(), begin(at(0)), at(0));
    assert_eq!(give(&mut claim, &clock(), begin(at(5)), at(5)), []);
    for day in [3, 6] {
        give(&mut claim, &clock(), Command::Wake, at(day * DAY));
    }
    let notices = &claim.procedures.notices;
    assert!(matches!(notices.sequences[0].standing, Standing::Exhausted { .. }));
    assert_eq!(
        kinds(&give(&mut claim, &clock(), begin(at(8 * DAY)), at(8 * DAY))),
        ["notices/begun", "notices/told"]
    );
    assert_eq!(claim.procedures.notices.sequence(2).map(|sequence| sequence.told_at.len()), Some(1));
}

#[test]
fn a_claim_without_an_answer_is_closed_where_nothing_is_owed() {
    let close = |claim: &mut Claim| {
        let mut silent = collect(at(0), LastResort::Close);
        silent.planned.truncate(1);
        silent.gives_up_at = Some(at(7 * DAY));
        give(claim, &clock(), Tell::Begin(vec![silent]), at(0));
        kinds(&give(claim, &clock(), Command::Wake, at(7 * DAY)))
    };
    assert_eq!(close(&mut claim()), ["notices/exhausted", "closed"]);
    assert_eq!(close(&mut completed()), ["notices/exhausted"], "goods go back first");
}

#[derive(Clone, Debug)]
enum Move {
    Ready,
    Begin(LastResort, bool),
    Collect,
    Post(bool),
    HandOver,
    Stop(u32),
    Cancel,
    Wake,
}

fn moves() -> impl Strategy<Value = (i64, Move)> {
    let resort = prop::sample::select(vec![
        LastResort::Nothing,
        LastResort::TellSuperior,
        LastResort::PostGoods,
        LastResort::TellSuperiorAndPostGoods,
        LastResort::Close,
    ]);
    let step = prop_oneof![
        2 => Just(Move::Ready),
        3 => (resort, any::<bool>()).prop_map(|(resort, alone)| Move::Begin(resort, alone)),
        1 => Just(Move::Collect),
        1 => any::<bool>().prop_map(Move::Post),
        1 => Just(Move::HandOver),
        1 => (1u32..4).prop_map(Move::Stop),
        1 => Just(Move::Cancel),
        8 => Just(Move::Wake),
    ];
    (0i64..5 * DAY, step)
}

fn told(events: &[Event], sequence: u32) -> usize {
    let is = |event: &&Event| matches!(event, Event::Procedure(procedure::Event::Notices(Told::Told { sequence: one, .. })) if *one == sequence);
    events.iter().filter(is).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_sequence_of_steps_breaks_the_notices(moves in prop::collection::vec(moves(), 1..40)) {
        let mut current = completed();
        let start = current.clone();
        let mut journal: Vec<(Event, Timestamp)> = Vec::new();
        let mut now = at(20);
        for (wait, step) in moves {
            now += jiff::SignedDuration::from_secs(wait);
            let before = current.clone();
            let (who, command): (Actor, Command) = match step {
                Move::Ready => (brand(), Step::Ready.into()),
                // A policy asks for these notices when goods become ready.
                Move::Begin(..) if current.procedures.counter.left.is_some() => continue,
                Move::Begin(resort, alone) => {
                    let mut sequence = collect(now, resort);
                    if alone {
                        sequence.planned.truncate(1);
                        sequence.gives_up_at = sequence.gives_up_at.map(|_| now);
                    }
                    (clock(), Tell::Begin(vec![sequence]).into())
                }
                Move::Collect => (dealer(), Step::Collect { by: "li".into() }.into()),
                Move::Post(on_wish) => {
                    (brand(), Step::Post { carrier: "c".into(), waybill: "w".into(), on_wish }.into())
                }
                Move::HandOver => (brand(), Command::HandOver { to: "li".into() }),
                Move::Stop(sequence) => (brand(), Tell::Stop { sequence, reason: "abroad".into() }.into()),
                Move::Cancel => (dealer(), Command::Cancel { reason: "no".into() }),
                Move::Wake => (clock(), Command::Wake),
            };
            let name = command.name();
            let Ok(events) = current.handle(&who, command, now) else { continue };
            prop_assert!(before.check(&who, name).is_ok());
            for event in &events {
                current.apply(event, now);
                // Through JSON, as the journal keeps it.
                let kept = serde_json::to_string(event).unwrap();
                journal.push((serde_json::from_str(&kept).unwrap(), now));
                if let Event::Procedure(procedure::Event::Counter(happened)) = event {
                    use sanbao_domain::claim::counter::Event as Happened;
                    if *happened == Happened::PostDue {
                        let over = current.procedures.notices.sequences.iter().any(|sequence| {
                            sequence.planned.is_empty() && sequence.at_last.posts_goods()
                                && matches!(sequence.standing, Standing::Exhausted { .. })
                        });
                        prop_assert!(over, "STO-28: all notices were sent first");
                    }
                }
            }
            for sequence in &current.procedures.notices.sequences {
                let old = before.procedures.notices.sequence(sequence.number);
                if old.is_some_and(|old| !old.is_running()) {
                    prop_assert_eq!(told(&events, sequence.number), 0, "what ended says no more");
                    prop_assert_eq!(old, Some(sequence));
                }
                prop_assert!(told(&events, sequence.number) <= 1, "one notice at a time");
                for pair in sequence.told_at.windows(2) {
                    prop_assert!(pair[1].duration_since(pair[0]).as_secs() >= 3 * DAY - 3600,
                        "notices keep a distance");
                }
            }
            let running = current.procedures.notices.sequences.iter().filter(|one| one.is_running());
            prop_assert!(running.count() <= 1, "the same notices do not run twice");
            let gone = current.procedures.counter.left.is_some();
            if gone {
                prop_assert!(current.state.settlement().is_none_or(|_| current.state.name().as_str() == "handed-over"));
            }
            if current.procedures.notices.sequences.iter().any(Sequence::is_running) {
                prop_assert!(!gone, "nobody is told to collect what has left");
            }
        }
        // Whatever waits is carried out in the end, and then nothing waits.
        for _ in 0..20 {
            let Some(at) = current.procedures.wake_at() else { break };
            now = now.max(at);
            let events = give(&mut current, &clock(), Command::Wake, now);
            prop_assert!(!events.is_empty(), "a claim is not woken in vain");
            journal.extend(events.into_iter().map(|event| (event, now)));
        }
        prop_assert_eq!(current.procedures.wake_at(), None);
        let mut rebuilt = start;
        journal.iter().for_each(|(event, when)| rebuilt.apply(event, *when));
        prop_assert_eq!(&rebuilt, &current);
        let stored = serde_json::to_string(&current).unwrap();
        prop_assert_eq!(serde_json::from_str::<Claim>(&stored).unwrap(), current);
    }
}
