//! Receipts as files that are verified far from any host.

use super::receipt_keys;
use super::tickets::read;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::problem::Problem;
use crate::services::parties;
use axum::http::StatusCode;
use sanbao_domain::ids::{ReceiptId, TicketId};
use sanbao_domain::text::Text;
use sanbao_policy::digest::Digest;
use sanbao_policy::receipt::file::{Entry, File, Links};
use sanbao_policy::receipt::{KeyPrint, Sheet, Signed};
use sanbao_store::receipt::{self, Receipt};
use sanbao_store::ticket;

/// One receipt as a file.
///
/// # Errors
/// 404 where it does not concern the caller; 409 where it cannot be verified far from here.
pub async fn one(app: &App, caller: &Caller, id: ReceiptId) -> Result<String, Problem> {
    let (_, row) = read::receipt_of(app, caller, id).await?;
    file(app, &[(row, true)]).await
}

/// A ticket's whole chain as a file; of claims that do not concern the caller, its hashes only.
///
/// # Errors
/// As [`one`]; 404 for a ticket on which nothing was decided by a policy.
pub async fn of_ticket(app: &App, caller: &Caller, id: TicketId) -> Result<String, Problem> {
    let me = caller.party.id;
    let (saved, rows) = {
        let mut conn = app.store().read(me).await?;
        let saved = ticket::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
        (saved, receipt::of_ticket(&mut conn, me, id).await?)
    };
    let shown = |row: Receipt| {
        let shown = read::visible(&saved.ticket, row.claim, caller).is_some();
        (row, shown)
    };
    let rows: Vec<(Receipt, bool)> = rows.into_iter().map(shown).collect();
    // Where all fields are withheld there is nothing to verify.
    if !rows.iter().any(|(_, shown)| *shown) {
        return Err(Problem::not_found());
    }
    file(app, &rows).await
}

async fn file(app: &App, rows: &[(Receipt, bool)]) -> Result<String, Problem> {
    let mut file = File::default();
    for (row, shown) in rows {
        let (Some(key), Some(signature)) = (&row.key, &row.signature) else { return Err(unsigned()) };
        let signature = <[u8; 64]>::try_from(signature.as_slice()).map_err(Problem::internal)?;
        let public = receipt_keys::public(app, key).await?.ok_or_else(unsigned)?;
        let print: KeyPrint = public.print();
        let respondent = parties::known(app, row.respondent).await?.ok_or_else(Problem::not_found)?;
        if *shown && respondent.calendar.version() != row.calendar {
            return Err(other_calendar(&row.calendar, respondent.calendar.version()));
        }
        let sheet = shown.then(|| sheet(row));
        let body = match &sheet {
            Some(sheet) => sheet.body(),
            None => self::sheet(row).body(),
        };
        let links = Links {
            previous: row.prev_hash.map_or(Digest::ZERO, Digest),
            body,
            hash: Digest(row.hash),
            signed: Signed { key: print, signature },
        };
        file.add(Entry { sheet, links }, public, Some(&respondent.calendar));
    }
    Ok(file.text())
}

/// The fields as they were sealed.
fn sheet(row: &Receipt) -> Sheet<'_> {
    let id = |id: Option<String>| id.unwrap_or_default().into();
    Sheet([
        row.id.to_string().into(),
        row.ticket.to_string().into(),
        row.claim.to_string().into(),
        row.seq.to_string().into(),
        row.respondent.to_string().into(),
        id(row.policy.map(|policy| policy.to_string())),
        id(row.activation.map(|activation| activation.to_string())),
        row.decided_at.to_string().into(),
        row.interface.as_str().into(),
        id(row.digest.map(hex::encode)),
        row.contract.as_str().into(),
        row.engine.as_str().into(),
        row.calendar.as_str().into(),
        row.fuel.to_string().into(),
        row.input.as_str().into(),
        row.output.as_str().into(),
        row.log.as_str().into(),
    ])
}

fn unsigned() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "receipt-unsigned",
        Text::new("该记录未签名", "The receipt is not signed"),
    )
    .detail(Text::new(
        "它作出时主机尚未签名，无法离线核验。",
        "It was given before hosts signed receipts, so it cannot be verified far from here.",
    ))
}

fn other_calendar(then: &str, now: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "calendar-changed",
        Text::new("当时的日历已更新", "The calendar is no longer the one of then"),
    )
    .detail(Text::new(
        format!("当时的日历版本是 {then}，现在是 {now}。"),
        format!("The receipt was given with calendar {then}; the host's holidays make it {now} now."),
    ))
    .fix(Text::new(
        "在随附当时节假日数据的版本上导出。",
        "Export it from a host of the release that shipped those holidays.",
    ))
}
