//! The day's business, by store (STO-22).

use super::Table;
use crate::http::schema;
use crate::views::claim::{Names, PartyName};
use sanbao_domain::ids::PartyId;
use sanbao_domain::money::Money;
use sanbao_domain::time::Date;
use sanbao_store::money;
use sanbao_store::report::{Day, Sum, Tally};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What happened on one day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DailyView {
    /// The day, in the caller's time zone.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// By store; the caller's own is always there.
    pub stores: Vec<StoreDayView>,
}

/// What happened in one store.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoreDayView {
    /// The party that handles the tickets.
    pub store: PartyName,
    /// Claims opened.
    pub opened: i64,
    /// Claims opened, by matter.
    pub by_matter: BTreeMap<String, i64>,
    /// Claims opened and judged, by ruling.
    pub by_ruling: BTreeMap<String, i64>,
    /// Claims closed.
    pub closed: i64,
    /// Claims withdrawn.
    pub cancelled: i64,
    /// Claims closed, by the remedy carried out.
    pub by_remedy: BTreeMap<String, i64>,
    /// Deadlines that fell due and were not met in time.
    pub missed_deadlines: i64,
    /// Charges that everybody agreed to who must, by currency.
    #[schema(value_type = Vec<schema::Money>)]
    pub charges_agreed: Vec<Money>,
    /// Charges collected, by currency.
    #[schema(value_type = Vec<schema::Money>)]
    pub charges_collected: Vec<Money>,
    /// Compensation granted to complainants or advanced for claimants, by currency.
    #[schema(value_type = Vec<schema::Money>)]
    pub compensation: Vec<Money>,
    /// Fines confirmed, by currency; what an appeal changes later is not taken off.
    #[schema(value_type = Vec<schema::Money>)]
    pub penalties: Vec<Money>,
}

impl DailyView {
    /// Shows a day to `viewer`.
    pub fn new(date: Date, viewer: PartyId, day: Day, names: &Names) -> Self {
        let mut stores: BTreeMap<PartyId, StoreDayView> = BTreeMap::new();
        stores.insert(viewer, StoreDayView::empty(viewer, names));
        let mut add = |tallies: Vec<Tally>, count: fn(&mut StoreDayView, String, i64)| {
            for Tally { store, kind, count: amount } in tallies {
                let view = stores.entry(store).or_insert_with(|| StoreDayView::empty(store, names));
                count(view, kind.unwrap_or_default(), amount);
            }
        };
        add(day.opened, |view, matter, amount| {
            view.opened += amount;
            view.by_matter.insert(matter, amount);
        });
        add(day.verdicts, |view, ruling, amount| {
            view.by_ruling.insert(ruling, amount);
        });
        add(day.ended, |view, state, amount| match state.as_str() {
            "cancelled" => view.cancelled += amount,
            _ => view.closed += amount,
        });
        add(day.remedies, |view, remedy, amount| {
            view.by_remedy.insert(remedy, amount);
        });
        add(day.missed, |view, _, amount| view.missed_deadlines += amount);
        for Sum { store, kind, currency, amount } in day.money {
            let view = stores.entry(store).or_insert_with(|| StoreDayView::empty(store, names));
            let sums = match kind.as_str() {
                money::CHARGES_AGREED => &mut view.charges_agreed,
                money::CHARGES_COLLECTED => &mut view.charges_collected,
                money::COMPENSATION => &mut view.compensation,
                money::PENALTIES => &mut view.penalties,
                _ => continue,
            };
            sums.push(Money { minor: amount, currency });
        }
        Self { date, stores: stores.into_values().collect() }
    }
}

impl StoreDayView {
    fn empty(store: PartyId, names: &Names) -> Self {
        Self {
            store: PartyName::new(store, names),
            opened: 0,
            by_matter: BTreeMap::new(),
            by_ruling: BTreeMap::new(),
            closed: 0,
            cancelled: 0,
            by_remedy: BTreeMap::new(),
            missed_deadlines: 0,
            charges_agreed: Vec::new(),
            charges_collected: Vec::new(),
            compensation: Vec::new(),
            penalties: Vec::new(),
        }
    }
}

impl Table for DailyView {
    const COLUMNS: &'static [&'static str] =
        &["date", "store", "store_name", "figure", "kind", "count", "amount", "currency"];

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for view in &self.stores {
            let line = |figure: &str, kind: &str, count: String, money: Option<&Money>| {
                vec![
                    self.date.to_string(),
                    view.store.id.to_string(),
                    view.store.name.clone(),
                    figure.to_owned(),
                    kind.to_owned(),
                    count,
                    money.map(|money| money.minor.to_string()).unwrap_or_default(),
                    money.map(|money| money.currency.clone()).unwrap_or_default(),
                ]
            };
            let mut row = |figure: &str, kind: &str, count: i64| {
                rows.push(line(figure, kind, count.to_string(), None));
            };
            row("opened", "", view.opened);
            view.by_matter.iter().for_each(|(kind, count)| row("by_matter", kind, *count));
            view.by_ruling.iter().for_each(|(kind, count)| row("by_ruling", kind, *count));
            row("closed", "", view.closed);
            row("cancelled", "", view.cancelled);
            view.by_remedy.iter().for_each(|(kind, count)| row("by_remedy", kind, *count));
            row("missed_deadlines", "", view.missed_deadlines);
            for (figure, sums) in [
                ("charges_agreed", &view.charges_agreed),
                ("charges_collected", &view.charges_collected),
                ("compensation", &view.compensation),
                ("penalties", &view.penalties),
            ] {
                rows.extend(sums.iter().map(|money| line(figure, "", String::new(), Some(money))));
            }
        }
        rows
    }
}
