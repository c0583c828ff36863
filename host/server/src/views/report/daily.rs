//! The day's business, by store (STO-22).

use super::Table;
use crate::views::claim::{Names, PartyName};
use sanbao_domain::ids::PartyId;
use sanbao_domain::time::Date;
use sanbao_store::report::{Day, Tally};
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
        }
    }
}

impl Table for DailyView {
    const COLUMNS: &'static [&'static str] = &["date", "store", "store_name", "figure", "kind", "count"];

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for view in &self.stores {
            let mut row = |figure: &str, kind: &str, count: i64| {
                rows.push(vec![
                    self.date.to_string(),
                    view.store.id.to_string(),
                    view.store.name.clone(),
                    figure.to_owned(),
                    kind.to_owned(),
                    count.to_string(),
                ]);
            };
            row("opened", "", view.opened);
            view.by_matter.iter().for_each(|(kind, count)| row("by_matter", kind, *count));
            view.by_ruling.iter().for_each(|(kind, count)| row("by_ruling", kind, *count));
            row("closed", "", view.closed);
            row("cancelled", "", view.cancelled);
            view.by_remedy.iter().for_each(|(kind, count)| row("by_remedy", kind, *count));
            row("missed_deadlines", "", view.missed_deadlines);
        }
        rows
    }
}
