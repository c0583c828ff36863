//! Deadlines, claims whose time has come, and messages are taken by one worker each.

use crate::sample::*;
use sanbao_domain::ids::DeadlineId;
use sanbao_domain::ids::PartyId;
use sanbao_domain::message::{Addressee, Means, Message, MessageState};
use sanbao_domain::party::PartyKind;
use sanbao_domain::text::Language;
use sanbao_store::ticket::Change;
use sanbao_store::{Scope, Store, deadline, message, wake};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    eight_workers_take_each_deadline_once,
    eight_workers_take_each_sleeping_claim_once,
    eight_workers_take_each_message_once,
    a_message_is_kept_settled_once_and_seen_by_its_sides,
    lists_turn_pages_and_filter,
);

async fn take(store: &Store, now: i64, until: i64) -> Vec<DeadlineId> {
    let taken = store
        .write_again(5, Scope::Platform, move |conn| {
            Box::pin(deadline::claim_due(conn, at(now), at(until), 7))
        })
        .await;
    taken.unwrap().into_iter().map(|due| due.deadline.id).collect()
}

async fn eight_workers_take_each_deadline_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in 1..=20 {
        open_ticket(&store, &opening(dealer, brand, number, 10)).await.unwrap();
    }
    assert_eq!(take(&store, 99, 500).await, [], "nothing is due before its time");

    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    match take(&store, 300, 500).await {
                        some if some.is_empty() => return mine,
                        some => mine.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    // A worker that finds all rows in others' hands stops early; what is left is for the next round.
    taken.extend(take(&store, 300, 500).await);
    let all = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!((all, taken.len()), (200, 200));

    assert_eq!(take(&store, 499, 900).await, [], "a lease holds until its end");
    assert_eq!(take(&store, 500, 900).await.len(), 7, "and no longer");
}

async fn rouse(store: &Store, now: i64, until: i64) -> Vec<wake::Sleeper> {
    let due = store
        .write_again(5, Scope::Platform, move |conn| Box::pin(wake::claim_due(conn, at(now), at(until), 7)))
        .await;
    due.unwrap()
}

async fn eight_workers_take_each_sleeping_claim_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in 1..=60 {
        open_ticket(&store, &opening(dealer, brand, number, 0)).await.unwrap();
    }
    assert_eq!(rouse(&store, 300, 500).await, [], "nothing waits for a time");
    let when = at(100).strftime("%Y-%m-%dT%H:%M:%S.000000Z");
    assert_eq!(database.execute(&format!("UPDATE claim SET wake_at = '{when}'")).await.unwrap(), 60);
    assert_eq!(rouse(&store, 99, 500).await, [], "not before its time");
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    match rouse(&store, 300, 500).await {
                        some if some.is_empty() => return mine,
                        some => mine.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    taken.extend(rouse(&store, 300, 500).await);
    let all = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!((all, taken.len()), (60, 60));
    assert_eq!(rouse(&store, 499, 900).await, [], "a lease holds until its end");
    assert_eq!(rouse(&store, 500, 900).await.len(), 7, "and no longer");
}

async fn lists_turn_pages_and_filter(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let dealers = opening(dealer, brand, 1, 2);
    let own = opening(brand, brand, 1, 2);
    for change in [&dealers, &own] {
        open_ticket(&store, change).await.unwrap();
    }
    let list = async |viewer: PartyId, filter: &deadline::Filter, limit| {
        let mut conn = reader(&store, viewer).await;
        deadline::list(&mut conn, viewer, filter, limit).await.unwrap()
    };
    let all = deadline::Filter::default();
    assert_eq!(list(dealer, &all, 9).await.len(), 2);
    let owed = list(brand, &all, 9).await;
    assert_eq!(owed.len(), 4, "what it owes to others and to itself, each once");
    assert!(owed.is_sorted_by_key(|due| (due.deadline.due_at, due.deadline.id)));
    let after = |due: &deadline::Due| Some((due.deadline.due_at, due.deadline.id));
    let next = deadline::Filter { after: after(&owed[0]), ..all.clone() };
    assert_eq!(list(brand, &next, 2).await, owed[1..3]);
    let next = deadline::Filter { after: after(&owed[3]), ..all.clone() };
    assert_eq!(list(brand, &next, 2).await, []);
    let soon = deadline::Filter { before: Some(owed[2].deadline.due_at), ..all.clone() };
    assert_eq!(list(brand, &soon, 9).await, owed[..2]);
    let running = deadline::Filter { state: Some("running".to_owned()), ..all.clone() };
    assert_eq!(list(brand, &running, 9).await, owed);
    let missed = deadline::Filter { state: Some("missed".to_owned()), ..all };
    assert_eq!(list(brand, &missed, 9).await, []);
}

async fn post(store: &Store, now: i64, until: i64) -> Vec<Message> {
    let due = store
        .write_again(5, Scope::Platform, move |conn| {
            Box::pin(message::claim_due(conn, at(now), at(until), 7))
        })
        .await;
    due.unwrap()
}

/// A message on the ticket of a change, to its respondent.
fn message_of(change: &Change) -> Message {
    let claim = &change.ticket.claims[0];
    Message {
        id: id(),
        handler: change.ticket.handler,
        ticket: Some(change.ticket.id),
        claim: Some(claim.id),
        about: "collect".to_owned(),
        addressee: Addressee::Party { party: claim.respondent, role: Some("manager".to_owned()) },
        means: Means::Email,
        address: Some("a@example.com".to_owned()),
        language: Language::Zh,
        subject: "取货 \"$1\"".to_owned(),
        body: String::new(),
        rules: vec!["STO-27".to_owned()],
        created_at: at(0),
        state: MessageState::Queued,
        attempts: 0,
        next_attempt_at: Some(at(100)),
        reason: None,
        settled_at: None,
        remark: None,
        done_by: None,
    }
}

async fn eight_workers_take_each_message_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in 1..=10 {
        let mut change = opening(dealer, brand, number, 0);
        change.messages = (0..6).map(|_| message_of(&change)).collect();
        open_ticket(&store, &change).await.unwrap();
    }
    assert_eq!(post(&store, 99, 500).await, [], "not before its time");
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    match post(&store, 300, 500).await {
                        some if some.is_empty() => return mine,
                        some => mine.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    taken.extend(post(&store, 300, 500).await);
    let all = taken.len();
    taken.sort_unstable_by_key(|message| message.id);
    taken.dedup();
    assert_eq!((all, taken.len()), (60, 60));
    assert_eq!(post(&store, 499, 900).await, [], "a lease holds until its end");
    assert_eq!(post(&store, 500, 900).await.len(), 7, "and no longer");
}

async fn a_message_is_kept_settled_once_and_seen_by_its_sides(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let stranger = add_party(&store, PartyKind::Brand, "Stranger").await.id;
    let mut change = opening(dealer, brand, 1, 0);
    let read = message_of(&change);
    change.messages = vec![read.clone()];
    open_ticket(&store, &change).await.unwrap();
    for (viewer, sees) in [(dealer, true), (brand, true), (stranger, false)] {
        let mut conn = reader(&store, viewer).await;
        assert_eq!(message::find(&mut conn, viewer, read.id).await.unwrap(), sees.then(|| read.clone()));
        let listed = message::list(&mut conn, viewer, Some(MessageState::Queued), None, 9).await.unwrap();
        assert_eq!(listed.len(), usize::from(sees), "each once");
        assert_eq!(message::list(&mut conn, viewer, Some(MessageState::Sent), None, 9).await.unwrap(), []);
        let on_ticket = message::of_ticket(&mut conn, viewer, change.ticket.id, None, 9).await.unwrap();
        assert_eq!(on_ticket, listed);
    }
    let settle = async |scope: Scope, read: &Message, next: &Message| {
        let (read, next) = (read.clone(), next.clone());
        commit!(store, scope, |conn| message::settle(conn, &read, &next)).await
    };
    let mut sent = read.clone();
    sent.sent(at(120));
    assert!(settle(Scope::Platform, &read, &sent).await.unwrap());
    assert!(!settle(Scope::Platform, &read, &sent).await.unwrap(), "somebody was faster");
    let mut conn = reader(&store, dealer).await;
    assert_eq!(message::find(&mut conn, dealer, read.id).await.unwrap(), Some(sent));
    assert_eq!(post(&store, 900, 999).await, []);
}
