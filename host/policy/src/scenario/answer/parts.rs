//! What parts, work and wrongs come to.

use super::{Short, behind, cites, decimal, ids, money, or_why, plain, short, span, word};
use sanbao_domain::calendar::Calendar;
use sanbao_domain::charges::{Line, Quote};
use sanbao_domain::penalty::Measure;
use sanbao_domain::retention::{Keeping, OldPart, RequiredStock};
use sanbao_domain::time::Moment;
use serde_json::json;

/// `measures` ("fine against claimant, at least 20000 CNY, at most 30000 CNY"), `cites`.
pub(in crate::scenario) fn measures(measures: &[Measure]) -> Short {
    let stated = |measure: &Measure| {
        let (sanction, against) = (word(measure.sanction), word(measure.against));
        let mut text = format!("{} against {}", plain(&sanction), plain(&against));
        if let Some(least) = &measure.at_least {
            text.push_str(&format!(", at least {}", money(least)));
        }
        if let Some(most) = &measure.at_most {
            text.push_str(&format!(", at most {}", money(most)));
        }
        text
    };
    short([
        ("measures", measures.iter().map(stated).collect()),
        ("cites", cites(measures.iter().map(|measure| &measure.citations))),
    ])
}

/// `kept` ("3 years", or "not required"), `cites`, and where the model is discontinued the last day of it,
/// `until`.
pub(in crate::scenario) fn keeping(
    keeping: Option<&Keeping>,
    discontinued: Option<Moment>,
    calendar: &Calendar,
) -> Short {
    let Some(keeping) = keeping else {
        return short([("kept", json!("not required")), ("cites", json!([]))]);
    };
    let mut parts = short([("kept", json!(span(keeping.term))), ("cites", ids(&keeping.citations))]);
    if let Some(discontinued) = discontinued {
        let until = or_why(calendar.last_day(discontinued.on, keeping.term));
        parts.insert("until".to_owned(), until);
    }
    parts
}

/// `comes-back` (true or false), `within` and `scrap-after` (spans, where there are any), `goes-to`, `cites`.
pub(in crate::scenario) fn old_part(part: &OldPart) -> Short {
    let mut parts = short([
        ("comes-back", json!(part.must_come_back)),
        ("goes-to", word(part.goes_to)),
        ("cites", ids(&part.citations)),
    ]);
    let spans = [("within", part.within), ("scrap-after", part.scrap_after)];
    parts.extend(spans.into_iter().filter_map(|(name, given)| Some((name.to_owned(), json!(span(given?))))));
    parts
}

/// `stock` ("electronic: 5"), `cites`.
pub(in crate::scenario) fn required_stock(stock: &[RequiredStock]) -> Short {
    let stated = |required: &RequiredStock| format!("{}: {}", required.kind, required.at_least);
    short([
        ("stock", stock.iter().map(stated).collect()),
        ("cites", cites(stock.iter().map(|required| &required.citations))),
    ])
}

/// `lines` ("part P-1 × 2: 5000 CNY"), `total` ("8000 CNY", where there are lines), `collect`, `consent`,
/// `obligations` (rule ids), `cites`.
pub(in crate::scenario) fn quote(quote: &Quote) -> Short {
    let stated = |line: &Line| {
        let kind = word(line.kind);
        let quantity = decimal(line.quantity);
        format!("{} {} × {quantity}: {}", plain(&kind), line.code, money(&line.amount))
    };
    let mut parts = short([
        ("lines", quote.lines.iter().map(stated).collect()),
        ("collect", word(quote.collect)),
        ("consent", word(quote.consent)),
        ("obligations", behind(&quote.obligations)),
        ("cites", ids(&quote.citations)),
    ]);
    parts.extend(quote.total().map(|total| ("total".to_owned(), json!(money(&total)))));
    parts
}
