//! What may move where: the whole table.

use crate::fixtures::*;
use sanbao_domain::parts::{Account, Condition, Ledger, Movement, MovementKind, Place, Refusal, Spot};

const KINDS: [MovementKind; 10] = [
    MovementKind::Received,
    MovementKind::Transferred,
    MovementKind::Issued,
    MovementKind::ReturnedUnused,
    MovementKind::OldPartBack,
    MovementKind::WrittenOff,
    MovementKind::Repaired,
    MovementKind::Sold,
    MovementKind::Scrapped,
    MovementKind::Counted,
];

fn places() -> Vec<Place> {
    vec![
        shelf(),
        Place::Store("back".into()),
        Place::Station(STATION),
        technician(),
        Place::Transit,
        Place::Customer,
        Place::Supplier,
        Place::Scrap,
        Place::Difference,
    ]
}

/// Every movement that the table allows.
fn allowed() -> Vec<Movement> {
    let spots: Vec<Spot> = places()
        .into_iter()
        .flat_map(|place| Condition::EVERY.map(|condition| Spot::new(place.clone(), condition)))
        .collect();
    let mut found = Vec::new();
    for kind in KINDS {
        for from in &spots {
            for to in &spots {
                found.extend(Movement::new(kind, "P-1", from.clone(), to.clone(), 1).ok());
            }
        }
    }
    found
}

/// LGT-47: nothing that was repaired, old or scrapped becomes good; good stock comes from outside only.
#[test]
fn lgt_47_nothing_becomes_good_stock_again() {
    for movement in allowed() {
        let (from, to) = (movement.from.condition, movement.to.condition);
        if to == Condition::Good {
            assert_eq!(from, Condition::Good, "{movement:?}");
        }
        if to == Condition::AfterSales {
            assert!(matches!(from, Condition::AfterSales | Condition::Old), "{movement:?}");
        }
        if from == Condition::Scrapped {
            assert_eq!(movement.from.place, Place::Scrap, "what is scrapped stays: {movement:?}");
        }
    }
}

/// LGT-47: a repaired part reaches a customer by a requisition's write-off only, never by a sale.
#[test]
fn lgt_47_repaired_parts_are_not_sold() {
    let sold = |condition| {
        let (from, to) = (Spot::new(shelf(), condition), Spot::new(Place::Customer, condition));
        Movement::new(MovementKind::Sold, "P-1", from, to, 1)
    };
    assert!(sold(Condition::Good).is_ok());
    assert_eq!(sold(Condition::AfterSales), Err(Refusal::NeverSold { part: "P-1".into() }));
    for movement in allowed() {
        if movement.from.condition == Condition::AfterSales && movement.to.place == Place::Customer {
            assert_eq!(movement.kind, MovementKind::WrittenOff);
        }
    }
}

/// BUS-41, 42: only an issue puts parts into somebody's hands, only a write-off takes used ones out.
#[test]
fn bus_41_custody_is_entered_by_issue_and_left_by_write_off_or_return() {
    for movement in allowed() {
        if movement.to.place.is_custody() {
            assert_eq!(movement.kind, MovementKind::Issued, "{movement:?}");
        }
        if movement.from.place.is_custody() {
            let left = matches!(movement.kind, MovementKind::WrittenOff | MovementKind::ReturnedUnused);
            assert!(left, "{movement:?}");
        }
    }
}

/// BUS-49: a station's account is a place of its own, and parts reach it from the store.
#[test]
fn bus_49_a_station_has_an_account_of_its_own() {
    let mut ledger = stock(5, 0);
    let station = Place::Station(STATION);
    let send = Movement::new(
        MovementKind::Transferred,
        "P-1",
        Spot::new(shelf(), Condition::Good),
        Spot::new(station.clone(), Condition::Good),
        2,
    );
    ledger.post(&send.unwrap()).unwrap();
    assert_eq!(ledger.balance(&Account::new("P-1", shelf(), Condition::Good)), 3);
    assert_eq!(ledger.balance(&Account::new("P-1", station, Condition::Good)), 2);
}

#[test]
fn a_shelf_never_goes_below_nothing_and_a_refusal_books_nothing() {
    let mut ledger = stock(1, 0);
    let before = ledger.clone();
    let (from, to) = (Spot::new(shelf(), Condition::Good), Spot::new(technician(), Condition::Good));
    let issue = Movement::new(MovementKind::Issued, "P-1", from, to, 2).unwrap();
    let Err(Refusal::Short(short)) = ledger.post(&issue) else { panic!("booked") };
    assert_eq!((short.have, short.need), (1, 2));
    assert_eq!(ledger, before);
    let forged = Movement { kind: MovementKind::Received, ..issue };
    assert!(matches!(Ledger::default().post(&forged), Err(Refusal::NoSuchMovement { .. })));
}

#[test]
fn places_are_written_as_text_and_read_back() {
    for place in places() {
        assert_eq!(place.to_string().parse::<Place>(), Ok(place.clone()));
        let json = serde_json::to_string(&place).unwrap();
        assert_eq!(serde_json::from_str::<Place>(&json).unwrap(), place);
    }
    for text in ["", "store", "store:", "store: ", "station:x", "shop:a", "transit:a", "store:a\nb"] {
        assert!(text.parse::<Place>().is_err(), "{text:?}");
    }
}
