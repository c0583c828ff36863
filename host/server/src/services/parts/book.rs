//! What every booking of parts has in common.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::parts::{Account, Ledger, Movement, Part, Place, Posting};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_store::Conn;
use sanbao_store::dealership;
use sanbao_store::parts::{balance, catalogue};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A movement as it is booked now; what stands behind it is added by the caller.
pub(super) fn posting(
    app: &App,
    caller: &Caller,
    movement: Movement,
    reason: Option<String>,
    at: Timestamp,
) -> Posting {
    Posting {
        id: app.id(),
        owner: caller.party.id,
        movement,
        requisition: None,
        document: None,
        reason,
        by: caller.name.clone(),
        at,
    }
}

/// Looks parts up; an unknown one is noted against its field.
pub(super) async fn known(
    conn: &mut Conn,
    checks: &mut Checks,
    caller: &Caller,
    named: Vec<(String, String)>,
) -> Result<BTreeMap<String, Part>, Problem> {
    let mut parts = BTreeMap::new();
    for (field, number) in named {
        if parts.contains_key(&number) {
            continue;
        }
        match catalogue::find(conn, caller.party.id, &number).await? {
            Some(part) => drop(parts.insert(number, part)),
            None => unknown(checks, field),
        }
    }
    Ok(parts)
}

fn unknown(checks: &mut Checks, field: String) {
    checks.that(
        false,
        field,
        Text::new("没有登记这个配件", "there is no such part in your ledger"),
        Text::new("先用 POST /v1/parts 登记。", "List it first with POST /v1/parts."),
    );
}

/// A station that parts are sent to deals for the caller.
pub(super) async fn station(
    conn: &mut Conn,
    checks: &mut Checks,
    caller: &Caller,
    field: &str,
    place: &Place,
) -> Result<(), Problem> {
    let Some(station) = place.holder() else { return Ok(()) };
    let bond = dealership::find(conn, caller.party.id, station).await?;
    checks.that(
        bond.is_some_and(|bond| bond.ended_at.is_none()),
        field,
        Text::new("不是您的服务站", "this is no service station of yours"),
        Text::new("先用 POST /v1/dealerships 指定。", "Name it first with POST /v1/dealerships."),
    );
    Ok(())
}

/// Sees whether everything that is to be taken is there: the book says no again if it is gone by then.
///
/// # Errors
/// The ledger's refusal.
pub(super) async fn rehearse(
    conn: &mut Conn,
    caller: &Caller,
    movements: &[Movement],
) -> Result<(), Problem> {
    let mut ledger = BTreeMap::new();
    for movement in movements {
        for spot in [&movement.from, &movement.to] {
            let account = Account { part: movement.part.clone(), spot: spot.clone() };
            if let Entry::Vacant(unread) = ledger.entry(account) {
                let quantity = balance::one(conn, caller.party.id, unread.key()).await?;
                unread.insert(quantity);
            }
        }
    }
    let mut ledger = Ledger::with(ledger);
    for movement in movements {
        ledger.post(movement).map_err(|refusal| super::refused::refused(&refusal))?;
    }
    Ok(())
}
