//! The table of the demo's tickets, and what to try next.

use super::play::Act;
use crate::terminal::table;
use crate::verdict::Claim;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// One line a ticket.
pub(super) fn tickets(acts: &[Act]) {
    let mut rows = table(&["ticket", "facts", "verdict", "until", "rules", "now", "next deadline", "ms"]);
    for Act { scene, ticket, took_ms } in acts {
        let Some(claim) = ticket.claims.first() else { continue };
        rows.add_row([
            format!("{} {} #{}", scene.reference, scene.by.key(), ticket.number),
            scene.facts.to_owned(),
            claim.verdict(),
            claim.cover.as_ref().and_then(|cover| cover.until.clone()).unwrap_or_default(),
            claim.rules().join(" "),
            claim.state.clone(),
            deadline(claim),
            if *took_ms > 0.0 { format!("{took_ms:.1}") } else { String::new() },
        ]);
    }
    out!("{rows}");
    out!("ms: from sending the ticket to its verdict, recorded on disk, over HTTP");
}

/// A missed deadline first, else the one that comes next.
fn deadline(claim: &Claim) -> String {
    if let Some(missed) = claim.deadlines.iter().find(|deadline| deadline.state == "missed") {
        return format!("missed: {}, {}", missed.title, local(&missed.due_at));
    }
    claim.next_deadline().map(|next| format!("{}, {}", next.title, local(&next.due_at))).unwrap_or_default()
}

/// An instant as the demo's parties read it.
fn local(instant: &str) -> String {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    match instant.parse::<Timestamp>() {
        Ok(at) => at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => instant.to_owned(),
    }
}

/// How to go on by hand.
pub(super) fn try_it(base: &str, store_key: &str, brand_key: &str) {
    out!("");
    out!("The host runs at {base}, its API reference is at {base}/docs");
    out!("  store's key  {store_key}");
    out!("  brand's key  {brand_key}");
    out!("Try:");
    out!(
        "  curl -s '{base}/v1/tickets?limit=1' -H 'Authorization: Bearer {store_key}' -H 'Accept-Language: zh'"
    );
    out!("");
    out!("Ctrl-C stops it; `make demo` goes on from here, `make demo FRESH=1` starts over.");
}
