//! Tickets: stored as a whole, changed by version, found by whoever takes part.

use crate::sample::*;
use sanbao_domain::claim::{State, StateName};
use sanbao_domain::ids::{PartyId, TicketId};
use sanbao_domain::journal::Entry;
use sanbao_domain::party::PartyKind;
use sanbao_domain::ticket::TicketState;
use sanbao_store::ticket::{Change, Filter, Saved};
use sanbao_store::{Engine, Entity, Store, StoreError, deadline, idempotency, journal, ticket};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    a_ticket_is_read_as_it_was_written,
    a_ticket_is_written_in_few_messages,
    the_other_side_changes_a_ticket,
    a_respondent_changes_its_own_claim_among_others,
    one_of_many_changes_of_a_version_wins,
    one_of_many_requests_under_a_key_wins,
    a_reference_is_taken_once,
    lists_turn_pages_and_filter,
    numbers_rise_and_are_never_given_twice,
);

async fn a_ticket_is_read_as_it_was_written(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let change = opening(dealer, brand, 1, 3);
    assert_eq!(open_ticket(&store, &change).await.unwrap(), 1);
    let expected = Saved {
        ticket: change.ticket.clone(),
        version: 1,
        entries: 1,
        receipts: 1,
        receipt_head: Some([1; 32]),
        updated_at: at(0),
    };
    for viewer in [dealer, brand] {
        let mut conn = reader(&store, viewer).await;
        let found = ticket::find(&mut conn, viewer, change.ticket.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&expected));
        let due = deadline::list(&mut conn, viewer, &deadline::Filter::default(), 10).await.unwrap();
        let listed: Vec<_> = due.into_iter().map(|due| due.deadline).collect();
        assert_eq!(listed, change.ticket.claims[0].deadlines);
    }
}

async fn a_ticket_is_written_in_few_messages(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let mut change = opening(dealer, brand, 1, 3);
    change.answer = Some(answer(dealer, "k"));
    let before = store.stats();
    open_ticket(&store, &change).await.unwrap();
    let after = store.stats();
    let (trips, commits) = (after.round_trips - before.round_trips, after.commits - before.commits);
    let expected = match database.engine() {
        // BEGIN and the party; the ticket and all its parts; COMMIT.
        Engine::Postgres => 3,
        // BEGIN and a savepoint; ticket, answer, claims, deadlines, journal, receipts; COMMIT.
        Engine::Sqlite => 8,
    };
    assert_eq!((trips, commits), (expected, 1));
}

/// The next state of a ticket: its claim withdrawn, one more entry and receipt.
fn next(saved: &Saved) -> Change {
    let mut ticket = saved.ticket.clone();
    let mut entries = Vec::new();
    for index in 0..ticket.claims.len() {
        ticket.claims[index].state = State::Cancelled { reason: "found it".to_owned() };
        let claim = ticket.claims[index].id;
        entries.push(Entry { claim, ..entry(&ticket, saved.entries + 1 + index as u64) });
    }
    let receipts = vec![receipt(&ticket, saved.receipts + 1)];
    Change { ticket, entries, receipts, messages: vec![], answer: None, now: at(60) }
}

async fn save(store: &Store, actor: PartyId, read: i64, change: Change) -> Result<i64, StoreError> {
    commit!(store, actor, |conn| ticket::save(conn, read, change)).await
}

async fn the_other_side_changes_a_ticket(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let change = opening(dealer, brand, 1, 1);
    open_ticket(&store, &change).await.unwrap();
    let mut conn = reader(&store, brand).await;
    let saved = ticket::find(&mut conn, brand, change.ticket.id).await.unwrap().unwrap();
    let change = next(&saved);
    assert_eq!(save(&store, brand, saved.version, change.clone()).await.unwrap(), 2);
    let found = ticket::find(&mut conn, brand, saved.ticket.id).await.unwrap().unwrap();
    assert_eq!(found.ticket, change.ticket);
    assert_eq!((found.version, found.entries, found.receipts), (2, 2, 2));
    assert_eq!((found.receipt_head, found.updated_at), (Some([2; 32]), at(60)));
    let quiet = Change { entries: vec![], receipts: vec![], ..change };
    assert_eq!(save(&store, brand, 2, quiet).await.unwrap(), 3);
    let found = ticket::find(&mut conn, brand, saved.ticket.id).await.unwrap().unwrap();
    assert_eq!((found.entries, found.receipt_head), (2, Some([2; 32])));
}

async fn a_respondent_changes_its_own_claim_among_others(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let mut change = opening(dealer, brand, 1, 1);
    // The second claim is the dealer's own affair: the brand is no side of it.
    change.ticket.claims.push(claim(dealer, dealer, 1));
    let second = change.ticket.claims[1].id;
    change.entries.push(Entry { claim: second, ..entry(&change.ticket, 2) });
    open_ticket(&store, &change).await.unwrap();

    let mut conn = reader(&store, dealer).await;
    let mut states = async || {
        let saved = ticket::find(&mut conn, dealer, change.ticket.id).await.unwrap().unwrap();
        let mut listed = Vec::new();
        for state in [TicketState::Open, TicketState::Cancelled] {
            let filter = Filter { state: Some(state), ..Filter::default() };
            listed.push(ticket::list(&mut conn, dealer, &filter, None, 9).await.unwrap().len());
        }
        (saved, listed)
    };
    let withdrawn = |saved: &Saved, claim: usize| {
        let mut ticket = saved.ticket.clone();
        ticket.claims[claim].state = State::Cancelled { reason: "found it".to_owned() };
        let entries = vec![Entry { claim: ticket.claims[claim].id, ..entry(&ticket, saved.entries + 1) }];
        Change { ticket, entries, receipts: vec![], messages: vec![], answer: None, now: at(60) }
    };
    let (saved, listed) = states().await;
    assert_eq!(listed, [1, 0]);
    assert_eq!(save(&store, brand, 1, withdrawn(&saved, 0)).await.unwrap(), 2);
    let (saved, listed) = states().await;
    assert_eq!(listed, [1, 0], "the other claim keeps it open");
    assert_eq!(save(&store, dealer, 2, withdrawn(&saved, 1)).await.unwrap(), 3);
    assert_eq!(states().await.1, [0, 1]);
}

async fn one_of_many_changes_of_a_version_wins(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let change = opening(dealer, brand, 1, 1);
    open_ticket(&store, &change).await.unwrap();
    let mut conn = reader(&store, dealer).await;
    let saved = ticket::find(&mut conn, dealer, change.ticket.id).await.unwrap().unwrap();
    let racing: Vec<_> = (0..8)
        .map(|racer| {
            let (store, change) = (store.clone(), next(&saved));
            let actor = if racer % 2 == 0 { brand } else { dealer };
            tokio::spawn(async move { save(&store, actor, 1, change).await })
        })
        .collect();
    let mut won = 0;
    for racer in racing {
        match racer.await.unwrap() {
            Ok(version) => {
                assert_eq!(version, 2);
                won += 1;
            }
            Err(StoreError::Stale) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(journal::list(&mut conn, dealer, saved.ticket.id, 0, 99).await.unwrap().len(), 2);
}

async fn one_of_many_requests_under_a_key_wins(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let racing: Vec<_> = (0..8)
        .map(|number| {
            let store = store.clone();
            let mut change = opening(dealer, brand, number + 1, 1);
            change.answer = Some(answer(dealer, "once"));
            tokio::spawn(async move { open_ticket(&store, &change).await })
        })
        .collect();
    let mut won = 0;
    for racer in racing {
        match racer.await.unwrap() {
            Ok(_) => won += 1,
            Err(StoreError::Duplicate(Entity::Idempotency)) => {
                // The winner's answer is there as soon as a loser has lost.
                let mut conn = reader(&store, dealer).await;
                assert!(idempotency::find(&mut conn, dealer, "once").await.unwrap().is_some());
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    let mut conn = reader(&store, dealer).await;
    assert_eq!(ticket::list(&mut conn, dealer, &Filter::default(), None, 99).await.unwrap().len(), 1);
}

async fn a_reference_is_taken_once(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let referred = |handler, number| {
        let mut change = opening(handler, brand, number, 0);
        change.ticket.reference = Some("R-1".to_owned());
        change
    };
    let first = referred(dealer, 1);
    open_ticket(&store, &first).await.unwrap();
    let refused = open_ticket(&store, &referred(dealer, 2)).await;
    assert!(matches!(refused, Err(StoreError::Duplicate(Entity::Ticket))), "{refused:?}");
    open_ticket(&store, &referred(brand, 1)).await.expect("another handler's reference is its own");
    let mut conn = reader(&store, dealer).await;
    let found = ticket::by_reference(&mut conn, dealer, "R-1").await.unwrap().unwrap();
    assert_eq!(found.ticket.id, first.ticket.id);

    let listed = async |viewer, filter| {
        let mut conn = reader(&store, viewer).await;
        ticket::list(&mut conn, viewer, &filter, None, 9).await.unwrap().len()
    };
    let referred = Filter { reference: Some("R-1".to_owned()), ..Filter::default() };
    assert_eq!(listed(dealer, referred.clone()).await, 1);
    let opened = Filter { claim_state: Some(StateName::Opened), ..referred.clone() };
    assert_eq!(listed(dealer, opened).await, 1);
    let closed = Filter { state: Some(TicketState::Closed), ..referred };
    assert_eq!(listed(dealer, closed).await, 0);
    let unknown = Filter { reference: Some("R-2".to_owned()), ..Filter::default() };
    assert_eq!(listed(dealer, unknown).await, 0);
}

async fn lists_turn_pages_and_filter(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let mut ids = Vec::new();
    for number in 1..=5 {
        // The brand handles some itself, and takes part in the others.
        let handler = if number % 2 == 0 { brand } else { dealer };
        let mut change = opening(handler, brand, number, 0);
        // A ticket with several claims is one line of a list.
        for seq in 2..5 {
            change.ticket.claims.push(claim(handler, brand, 0));
            let claim = change.ticket.claims[seq - 1].id;
            change.entries.push(Entry { claim, ..entry(&change.ticket, seq as u64) });
        }
        open_ticket(&store, &change).await.unwrap();
        ids.insert(0, change.ticket.id);
    }
    let mut conn = reader(&store, brand).await;
    let mut page = async |filter: &Filter, after, limit| -> Vec<TicketId> {
        let found = ticket::list(&mut conn, brand, filter, after, limit).await.unwrap();
        found.iter().map(|saved| saved.ticket.id).collect()
    };
    let all = Filter::default();
    assert_eq!(page(&all, None, 2).await, ids[..2]);
    assert_eq!(page(&all, Some(ids[1]), 2).await, ids[2..4]);
    assert_eq!(page(&all, Some(ids[3]), 2).await, ids[4..]);

    let mut conn2 = reader(&store, dealer).await;
    let saved = ticket::find(&mut conn2, dealer, ids[0]).await.unwrap().unwrap();
    save(&store, dealer, 1, next(&saved)).await.unwrap();
    let cancelled = Filter { state: Some(TicketState::Cancelled), ..Filter::default() };
    assert_eq!(page(&cancelled, None, 9).await, ids[..1]);
    let opened = Filter { claim_state: Some(StateName::Opened), ..Filter::default() };
    assert_eq!(page(&opened, None, 9).await, ids[1..]);
    let owed = Filter { respondent: Some(brand), ..Filter::default() };
    assert_eq!(page(&owed, None, 9).await, ids);
    let none = Filter { respondent: Some(dealer), ..Filter::default() };
    assert_eq!(page(&none, None, 9).await, []);
    let mine = ticket::list(&mut conn2, dealer, &all, None, 9).await.unwrap();
    assert_eq!(mine.len(), 3);
}

async fn numbers_rise_and_are_never_given_twice(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Store, "S").await.id;
    for expected in 1..=40 {
        assert_eq!(store.ticket_number(party).await.unwrap(), expected);
    }
    // Another host on the same database.
    let other = database.store().await.unwrap();
    let taking: Vec<_> = (0..60)
        .map(|n| {
            let store = if n % 2 == 0 { store.clone() } else { other.clone() };
            tokio::spawn(async move { store.ticket_number(party).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for number in taking {
        taken.push(number.await.unwrap());
    }
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 60);
    assert!(taken[0] > 40);
}
