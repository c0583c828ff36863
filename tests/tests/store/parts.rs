//! Spare parts: booked as a whole, never below nothing, seen by whom they concern.

use crate::sample::*;
use sanbao_domain::actor::Actor;
use sanbao_domain::ids::{PartyId, PostingId};
use sanbao_domain::parts::requisition::{Proposal, StateName, old_part_baseline};
use sanbao_domain::parts::{
    Account, Condition, Movement, MovementKind, Part, Place, Posting, Requisition, Spot,
};
use sanbao_domain::party::PartyKind;
use sanbao_store::parts::document::{Document, DocumentKind};
use sanbao_store::parts::requisition::{Filter, Saved};
use sanbao_store::parts::{Booking, balance, book, catalogue, document, posting, requisition};
use sanbao_store::{Entity, Store, StoreError};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(
    a_part_is_read_as_it_was_written,
    a_posting_changes_both_sides_and_never_itself,
    one_of_many_takes_the_last_piece,
    a_booking_is_written_whole_or_not_at_all,
    a_requisition_is_changed_by_version,
    a_station_and_a_brand_see_what_concerns_them,
);

fn part(owner: PartyId, number: &str, brand: Option<PartyId>) -> Part {
    Part {
        owner,
        number: number.to_owned(),
        kind: "electronic".to_owned(),
        title: "驱动器 \"24V\"".to_owned(),
        category: Some("downlight".to_owned()),
        model: Some("DL-9".to_owned()),
        brand,
        discontinued_on: None,
        created_at: at(0),
    }
}

fn shelf() -> Place {
    Place::Store("main".to_owned())
}

fn posting(owner: PartyId, kind: MovementKind, from: Place, to: Place, quantity: u32) -> Posting {
    let good = |place| Spot::new(place, Condition::Good);
    Posting {
        id: id(),
        owner,
        movement: Movement::new(kind, "P-1", good(from), good(to), quantity).unwrap(),
        requisition: None,
        document: None,
        reason: Some("because".to_owned()),
        by: "keeper".to_owned(),
        at: at(1),
    }
}

fn received(owner: PartyId, quantity: u32) -> Posting {
    posting(owner, MovementKind::Received, Place::Supplier, shelf(), quantity)
}

async fn booked(store: &Store, owner: PartyId, postings: Vec<Posting>) -> Result<(), StoreError> {
    let booking = Booking { postings, ..Booking::new(owner, at(1)) };
    commit!(store, owner, |conn| book(conn, booking)).await
}

async fn list_part(store: &Store, part: Part) -> Result<(), StoreError> {
    let owner = part.owner;
    commit!(store, owner, |conn| catalogue::insert(conn, &part)).await
}

async fn held(store: &Store, owner: PartyId, place: Place) -> i64 {
    let mut conn = reader(store, owner).await;
    balance::one(&mut conn, owner, &Account::new("P-1", place, Condition::Good)).await.unwrap()
}

async fn a_part_is_read_as_it_was_written(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    for number in ["P-2", "P-1", "P-3"] {
        list_part(&store, part(dealer, number, Some(brand))).await.unwrap();
    }
    let again = list_part(&store, part(dealer, "P-1", None)).await;
    assert!(matches!(again, Err(StoreError::Duplicate(Entity::Part))), "{again:?}");
    let day = "2026-05-10".parse().unwrap();
    let ended = commit!(store, dealer, |conn| catalogue::discontinue(conn, dealer, "P-1", Some(day))).await;
    assert!(ended.unwrap());
    let mut conn = reader(&store, dealer).await;
    let expected = Part { discontinued_on: Some(day), ..part(dealer, "P-1", Some(brand)) };
    assert_eq!(catalogue::find(&mut conn, dealer, "P-1").await.unwrap(), Some(expected));
    assert_eq!(catalogue::find(&mut conn, brand, "P-1").await.unwrap(), None);
    let page = catalogue::list(&mut conn, dealer, Some("P-1"), 1).await.unwrap();
    assert_eq!(page[0].number, "P-2");
}

async fn a_posting_changes_both_sides_and_never_itself(database: Database) {
    let store = database.store().await.unwrap();
    let (owner, _) = brand_and_dealer(&store).await;
    list_part(&store, part(owner, "P-1", None)).await.unwrap();
    let station = Place::Station(id());
    let came = received(owner, 5);
    let sent = posting(owner, MovementKind::Transferred, shelf(), station.clone(), 2);
    booked(&store, owner, vec![came.clone(), sent.clone()]).await.unwrap();
    for (place, quantity) in [(Place::Supplier, -5), (shelf(), 3), (station, 2)] {
        assert_eq!(held(&store, owner, place).await, quantity);
    }
    let mut conn = reader(&store, owner).await;
    let all = balance::of_part(&mut conn, owner, "P-1").await.unwrap();
    assert_eq!(all.iter().map(|balance| balance.quantity).sum::<i64>(), 0, "both sides agree");
    let listed = posting::list(&mut conn, owner, Some("P-1"), None, 9).await.unwrap();
    assert_eq!(listed[0], sent);
    let older = posting::list(&mut conn, owner, None, Some(sent.id), 9).await.unwrap();
    assert_eq!(older, [came]);
    for sql in ["UPDATE part_posting SET quantity = 1", "DELETE FROM part_posting"] {
        database.execute(sql).await.unwrap_err();
    }
    let unknown = commit!(store, owner, |conn| {
        let mut posting = received(owner, 1);
        posting.movement.part = "P-9".to_owned();
        book(conn, Booking { postings: vec![posting], ..Booking::new(owner, at(1)) })
    })
    .await;
    assert!(matches!(unknown, Err(StoreError::Dangling)), "{unknown:?}");
}

async fn one_of_many_takes_the_last_piece(database: Database) {
    let store = database.store().await.unwrap();
    let (owner, _) = brand_and_dealer(&store).await;
    list_part(&store, part(owner, "P-1", None)).await.unwrap();
    booked(&store, owner, vec![received(owner, 3)]).await.unwrap();
    let racing: Vec<_> = (0..8)
        .map(|racer| {
            let store = store.clone();
            let to = Place::Technician(format!("T{racer}"));
            let issue = posting(owner, MovementKind::Issued, shelf(), to, 1);
            tokio::spawn(async move { booked(&store, owner, vec![issue]).await })
        })
        .collect();
    let mut won = 0;
    for racer in racing {
        match racer.await.unwrap() {
            Ok(()) => won += 1,
            Err(StoreError::Short) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((won, held(&store, owner, shelf()).await), (3, 0));
    let mut conn = reader(&store, owner).await;
    assert_eq!(posting::list(&mut conn, owner, None, None, 99).await.unwrap().len(), 4);
}

fn form(number: &str) -> Document {
    Document {
        id: id(),
        kind: DocumentKind::Receipt,
        number: Some(number.to_owned()),
        doc: "{}".to_owned(),
        by: "keeper".to_owned(),
        at: at(1),
    }
}

async fn a_booking_is_written_whole_or_not_at_all(database: Database) {
    let store = database.store().await.unwrap();
    let (owner, _) = brand_and_dealer(&store).await;
    list_part(&store, part(owner, "P-1", None)).await.unwrap();
    let receive = async |document: Document| {
        let postings = vec![received(owner, 1)];
        let booking = Booking { document: Some(document), postings, ..Booking::new(owner, at(1)) };
        commit!(store, owner, |conn| book(conn, booking)).await
    };
    let first = form("R-1");
    receive(first.clone()).await.unwrap();
    let again = receive(form("R-1")).await;
    assert!(matches!(again, Err(StoreError::Duplicate(Entity::PartDocument))), "{again:?}");
    let too_much = posting(owner, MovementKind::Sold, shelf(), Place::Customer, 9);
    let short = booked(&store, owner, vec![received(owner, 1), too_much]).await;
    assert!(matches!(short, Err(StoreError::Short)), "{short:?}");
    assert_eq!(held(&store, owner, shelf()).await, 1);
    let mut conn = reader(&store, owner).await;
    let kept = document::list(&mut conn, owner, DocumentKind::Receipt, None, 9).await.unwrap();
    assert_eq!(kept, [first]);
    assert_eq!(document::list(&mut conn, owner, DocumentKind::Disposal, None, 9).await.unwrap(), []);
}

fn requisition_of(owner: PartyId) -> Requisition {
    let proposal = Proposal {
        ticket: id(),
        claim: id(),
        job: None,
        part: "P-1".to_owned(),
        condition: Condition::Good,
        quantity: 1,
        from: shelf(),
        to: Place::Technician("Wang".to_owned()),
        reason: "worn".to_owned(),
    };
    let by = Actor { party: Some(owner), name: "staff".to_owned(), roles: vec![] };
    Requisition::propose(id(), owner, proposal, vec![], old_part_baseline(), &by, at(1)).unwrap()
}

async fn a_requisition_is_changed_by_version(database: Database) {
    let store = database.store().await.unwrap();
    let (owner, other) = brand_and_dealer(&store).await;
    list_part(&store, part(owner, "P-1", None)).await.unwrap();
    let one = requisition_of(owner);
    let save = async |read, one: &Requisition, postings| {
        let requisitions = vec![(read, one.clone())];
        let booking = Booking { requisitions, postings, ..Booking::new(owner, at(2)) };
        commit!(store, owner, |conn| book(conn, booking)).await
    };
    save(None, &one, vec![]).await.unwrap();
    let mut conn = reader(&store, owner).await;
    let found = requisition::find(&mut conn, owner, one.id).await.unwrap();
    assert_eq!(found, Some(Saved { requisition: one.clone(), version: 1 }));
    assert_eq!(requisition::find(&mut conn, other, one.id).await.unwrap(), None);

    let mut next = one.clone();
    next.used = 1;
    let back = sanbao_domain::parts::requisition::OldLot {
        on: "2026-03-05".parse().unwrap(),
        place: shelf(),
        quantity: 1,
        scrap_from: None,
        repaired: 0,
        scrapped: 0,
    };
    next.old.push(back);
    save(Some(1), &next, vec![]).await.unwrap();
    // What was decided on an older version stays out, with everything that it would book.
    let stale = save(Some(1), &next, vec![received(owner, 1)]).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
    assert_eq!(held(&store, owner, shelf()).await, 0);
    let with_old = requisition::with_old_parts(&mut conn, owner, 9).await.unwrap();
    assert_eq!(with_old, [Saved { requisition: next, version: 2 }]);

    let mut count =
        async |filter: Filter| requisition::list(&mut conn, owner, &filter, None, 9).await.unwrap().len();
    assert_eq!(count(Filter::default()).await, 1);
    assert_eq!(count(Filter { state: Some(StateName::Issued), ticket: None }).await, 0);
    assert_eq!(count(Filter { state: None, ticket: Some(one.ticket) }).await, 1);
    assert_eq!(count(Filter { state: None, ticket: Some(id()) }).await, 0);
}

async fn a_station_and_a_brand_see_what_concerns_them(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let station = add_party(&store, PartyKind::ServiceStation, "Station").await.id;
    let stranger = add_party(&store, PartyKind::Brand, "Stranger").await.id;
    list_part(&store, part(dealer, "P-1", Some(brand))).await.unwrap();
    let account = Place::Station(station);
    let sent = posting(dealer, MovementKind::Transferred, shelf(), account, 2);
    booked(&store, dealer, vec![received(dealer, 5), sent]).await.unwrap();

    let mut conn = reader(&store, station).await;
    let held = balance::held(&mut conn, station, 9).await.unwrap();
    assert_eq!((held.len(), held[0].owner, held[0].quantity), (1, dealer, 2), "BUS-49");
    let mut conn = reader(&store, brand).await;
    let stock = balance::stock(&mut conn, dealer, brand).await.unwrap();
    assert_eq!(stock, [("electronic".to_owned(), 3)].into(), "LGT-44: what is on its own shelves");
    let mut conn = reader(&store, stranger).await;
    assert_eq!(balance::held(&mut conn, stranger, 9).await.unwrap(), []);
    assert_eq!(balance::stock(&mut conn, dealer, stranger).await.unwrap(), [].into());
    assert_eq!(posting::list(&mut conn, stranger, None, None::<PostingId>, 9).await.unwrap(), []);
}
