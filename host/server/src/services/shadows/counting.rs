//! What candidates answered, counted exactly and added to the database every second.

use super::{Run, Shadows, Waiting};
use crate::app::App;
use crate::services::tickets::tape::word;
use sanbao_domain::failure::FailureKind;
use sanbao_domain::ids::{PartyId, ShadowId};
use sanbao_policy::back_test::Asked;
use sanbao_policy::compare::{Change, Difference};
use sanbao_store::shadow::{self, Count, Divergence};
use sanbao_store::{Scope, StoreError, policy_health};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use uuid::Uuid;

/// Divergences that are kept of one run.
pub(super) const KEPT: u64 = 1000;
/// Divergences that a host holds of one run until it has added them.
const HELD: usize = 200;

/// By run.
pub(super) type Counts = BTreeMap<(PartyId, ShadowId), Tally>;

/// What this host has counted of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    counts: BTreeMap<(&'static str, String), i64>,
    divergences: Vec<Divergence>,
}

/// Counts on their way to the database, under a name by which it knows them again.
#[derive(Clone)]
pub(super) struct Addition {
    id: Uuid,
    counts: Arc<Counts>,
}

impl Tally {
    fn add(&mut self, figure: &'static str, subject: &str, amount: i64) {
        let sum = self.counts.entry((figure, subject.to_owned())).or_default();
        *sum = sum.saturating_add(amount);
    }

    fn differs(&mut self, difference: &Difference) {
        self.add(if difference.is_wording() { "reworded" } else { "changed" }, "", 1);
        for change in &difference.changes {
            self.add("change", &change.word(), 1);
            match change {
                Change::Money { of, currency, from, to } => {
                    let subject = format!("{} {currency}", of.word());
                    self.add("money", &subject, 1);
                    self.add("money-from", &subject, *from);
                    self.add("money-to", &subject, *to);
                }
                Change::Deadline { milestone, .. } => self.add("milestone", milestone, 1),
                _ => {}
            }
        }
        difference.newly.iter().for_each(|rule| self.add("newly", rule, 1));
        difference.no_longer.iter().for_each(|rule| self.add("no-longer", rule, 1));
    }
}

impl Shadows {
    fn tally(&self, run: &Run, count: impl FnOnce(&mut Tally)) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        count(counts.entry((run.shadow.party, run.shadow.id)).or_default());
    }

    /// A live call was not put to the candidate.
    pub(super) fn dropped(&self, run: &Run) {
        self.tally(run, |tally| tally.add("dropped", "", 1));
    }

    /// A live call cannot be put to the candidate.
    pub(super) fn unreadable(&self, run: &Run) {
        self.tally(run, |tally| tally.add("settings-missing", "", 1));
    }

    /// The candidate answered.
    pub(super) fn compared(
        &self,
        run: &Run,
        waiting: &Waiting,
        asked: Asked,
        failed: Option<FailureKind>,
        app: &App,
    ) {
        let Asked { difference, .. } = asked;
        // A difference is made of words and numbers: it can always be written.
        let doc = difference.as_ref().and_then(|difference| serde_json::to_string(difference).ok());
        self.tally(run, |tally| {
            tally.add("asked", "", 1);
            if let Some(kind) = failed {
                tally.add("failure", &word(&kind), 1);
            }
            match &difference {
                Some(difference) => tally.differs(difference),
                None => tally.add("same", "", 1),
            }
            if let Some(doc) = doc
                && tally.divergences.len() < HELD
            {
                tally.divergences.push(Divergence {
                    id: app.id(),
                    receipt: waiting.receipt,
                    interface: waiting.function.clone(),
                    doc,
                    at: app.now(),
                });
            }
        });
    }
}

/// Adds what this host has counted to the database, each addition once; see
/// [`policy_health::flush`](crate::services::policy_health::flush).
///
/// # Errors
/// The database; the counts are kept for the next time.
pub async fn flush(app: &App) -> Result<(), StoreError> {
    let shadows = app.shadows();
    let mut adding = shadows.adding.lock().await;
    if let Some(left) = adding.as_ref() {
        add(app, left.clone()).await?;
        *adding = None;
    }
    let counts = std::mem::take(&mut *shadows.counts.lock().unwrap_or_else(PoisonError::into_inner));
    if counts.is_empty() {
        return Ok(());
    }
    let addition = Addition { id: app.id(), counts: Arc::new(counts) };
    *adding = Some(addition.clone());
    add(app, addition).await?;
    *adding = None;
    Ok(())
}

async fn add(app: &App, addition: Addition) -> Result<(), StoreError> {
    let now = app.now();
    app.store()
        .write_again(3, Scope::Platform, move |conn| {
            let Addition { id, counts } = addition.clone();
            Box::pin(async move {
                if !policy_health::begin(conn, id, now).await? {
                    return Ok(());
                }
                for (run, tally) in counts.iter() {
                    let rows: Vec<Count> = tally.counts.iter().map(row).collect();
                    shadow::add(conn, *run, &rows, &tally.divergences, KEPT).await?;
                }
                Ok(())
            })
        })
        .await
}

fn row(((figure, subject), amount): (&(&'static str, String), &i64)) -> Count {
    Count { figure: (*figure).to_owned(), subject: subject.clone(), amount: *amount }
}
