//! Who judges when, against asking instant by instant; and how versions stand by the clock.

#![allow(clippy::unwrap_used)] // Helpers outside #[test] functions are tests too.

use proptest::prelude::*;
use sanbao_domain::activation::{Period, Standing, State, judges, reigns};
use sanbao_domain::ids::{ActivationId, PolicyId};
use sanbao_domain::time::Timestamp;
use uuid::Uuid;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn version(number: u128) -> PolicyId {
    PolicyId(Uuid::from_u128(number))
}

fn period(number: u128, policy: u128, from: i64, until: Option<i64>) -> Period {
    Period {
        id: ActivationId(Uuid::from_u128(number)),
        policy: version(policy),
        from: at(from),
        until: until.map(at),
        made: at(i64::try_from(number).unwrap() / 2),
        retired: false,
    }
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    let one = (0..4_u128, 0..30_i64, proptest::option::of(-3..30_i64), proptest::bool::weighted(0.2));
    proptest::collection::vec(one, 0..8).prop_map(|all| {
        let all = all.into_iter().zip(1..);
        all.map(|((policy, from, length, retired), number)| {
            // An activation that was rolled back from its start ends before it begins.
            let until = length.map(|length| from + length);
            Period { retired, ..period(number, policy, from, until) }
        })
        .collect()
    })
}

proptest! {
    #[test]
    fn reigns_tell_who_judges_at_every_instant(periods in periods()) {
        let reigns = reigns(&periods);
        for second in -1..64 {
            let reigning: Vec<_> =
                reigns.iter().filter(|reign| reign.covers(at(second))).map(|reign| reign.activation).collect();
            let judge: Vec<_> = judges(&periods, at(second)).map(|period| period.id).into_iter().collect();
            prop_assert_eq!(reigning, judge, "at {}", second);
        }
        prop_assert!(reigns.windows(2).all(|pair| pair[0].until.is_some_and(|until| until <= pair[1].from)));
    }

    #[test]
    fn a_version_is_active_exactly_while_one_of_its_activations_judges(periods in periods(), now in 0..40_i64) {
        let reigns = reigns(&periods);
        let now = at(now);
        for number in 0..4 {
            let version = version(number);
            let standing = Standing::of(version, &reigns, now);
            let active = judges(&periods, now).is_some_and(|period| period.policy == version);
            prop_assert_eq!(standing.state == State::Active, active);
            if active {
                prop_assert!(standing.active_from.unwrap() <= now);
                prop_assert!(standing.active_until.is_none_or(|until| now < until));
            } else {
                prop_assert!(standing.active_until.is_none_or(|until| until <= now));
                let later = standing.scheduled_from.is_some();
                prop_assert_eq!(standing.state, if later { State::Scheduled } else { State::Checked });
            }
            prop_assert!(standing.scheduled_from.is_none_or(|from| now < from));
        }
    }
}

#[test]
fn a_later_activation_interrupts_an_earlier_one() {
    let list = [period(1, 1, 0, None), period(2, 2, 10, Some(20))];
    let told: Vec<_> = reigns(&list).iter().map(|reign| (reign.policy, reign.from, reign.until)).collect();
    let expected =
        [(version(1), at(0), Some(at(10))), (version(2), at(10), Some(at(20))), (version(1), at(20), None)];
    assert_eq!(told, expected);
    let standing = |number, now| Standing::of(version(number), &reigns(&list), at(now));
    let before = standing(2, 5);
    assert_eq!((before.state, before.scheduled_from), (State::Scheduled, Some(at(10))));
    let interrupted = standing(1, 15);
    assert_eq!(interrupted.state, State::Scheduled);
    assert_eq!((interrupted.active_until, interrupted.scheduled_from), (Some(at(10)), Some(at(20))));
    let over = standing(2, 25);
    assert_eq!(
        (over.state, over.active_from, over.active_until),
        (State::Checked, Some(at(10)), Some(at(20)))
    );
}

#[test]
fn new_settings_do_not_end_a_version() {
    let list = [period(1, 1, 0, Some(10)), period(2, 1, 10, Some(20))];
    let standing = Standing::of(version(1), &reigns(&list), at(12));
    assert_eq!((standing.active_from, standing.active_until), (Some(at(0)), Some(at(20))));
}
