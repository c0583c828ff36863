//! Shadow runs: a candidate is asked what live calls were asked, after they are answered and kept, and where it
//! answers otherwise is taken down for its party alone.
//!
//! A command hands its receipts over when they are stored, and waits for nothing: they go into a queue of
//! bounded length, and what does not fit is dropped and counted. One thread of this host works it off, on
//! instances that live calls never use, and only while no live call waits for its turn.

mod asking;
mod counting;
mod handle;

pub use asking::{close, work};
pub use counting::flush;
pub use handle::{NewShadow, Shown, divergences, end, list, show, start};

use crate::app::App;
use crate::services::parties::Known;
use sanbao_domain::case::Attribute;
use sanbao_domain::ids::{PartyId, PolicyId, ReceiptId};
use sanbao_domain::time::Timestamp;
use sanbao_policy::back_test::draw;
use sanbao_policy::policy::Policy;
use sanbao_store::receipt::Receipt;
use sanbao_store::shadow::Shadow;
use sanbao_store::{Scope, StoreError, shadow};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::{OnceCell, OwnedMutexGuard, mpsc};

/// Most bytes of questions and answers that wait.
const MOST_BYTES: usize = 32 << 20;
/// Versions whose party is remembered.
const OWNERS: usize = 10_000;

/// A run that has not ended, as this host carries it out.
pub struct Run {
    shadow: Shadow,
    settings: Option<Vec<Attribute>>,
    /// The candidate, once it was needed; nothing where it does not load.
    candidate: OnceCell<Option<Arc<Policy>>>,
}

impl Run {
    fn new(shadow: Shadow) -> Result<Self, serde_json::Error> {
        let settings = shadow.settings.as_deref().map(serde_json::from_str).transpose()?;
        Ok(Self { shadow, settings, candidate: OnceCell::new() })
    }

    /// Whether a live call is put to the candidate.
    fn takes(&self, receipt: &Receipt, now: Timestamp) -> bool {
        let asked = receipt.interface.split('.').next().unwrap_or_default();
        let among = &self.shadow.interfaces;
        // The same call is drawn or not on every host.
        let drawn = draw(self.shadow.id.0.as_u64_pair().1, receipt.id.0) % 100 < u64::from(self.shadow.share);
        drawn && now < self.shadow.until && (among.is_empty() || among.iter().any(|one| one == asked))
    }
}

/// A live call that waits to be put to a candidate.
struct Waiting {
    run: Arc<Run>,
    receipt: ReceiptId,
    respondent: PartyId,
    calendar: String,
    function: String,
    input: String,
    output: String,
}

impl Waiting {
    fn bytes(&self) -> usize {
        self.input.len() + self.output.len()
    }
}

/// The runs by party.
type Runs = HashMap<PartyId, Vec<Arc<Run>>>;

/// What this host keeps of shadow runs.
pub struct Shadows {
    /// Whether there are any: most of the time there are none, and live calls look no further.
    any: AtomicBool,
    runs: RwLock<Arc<Runs>>,
    /// Whose version a policy is, as live calls told.
    owners: RwLock<HashMap<PolicyId, PartyId>>,
    queue: mpsc::Sender<Waiting>,
    waiting: tokio::sync::Mutex<mpsc::Receiver<Waiting>>,
    bytes: AtomicUsize,
    counts: Mutex<counting::Counts>,
    adding: tokio::sync::Mutex<Option<counting::Addition>>,
    refreshing: tokio::sync::Mutex<()>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Shadows {
    /// With a queue of this length.
    pub fn new(queue: usize) -> Self {
        let (queue, waiting) = mpsc::channel(queue.max(1));
        Self {
            any: AtomicBool::default(),
            runs: RwLock::default(),
            owners: RwLock::default(),
            queue,
            waiting: tokio::sync::Mutex::new(waiting),
            bytes: AtomicUsize::default(),
            counts: Mutex::default(),
            adding: tokio::sync::Mutex::default(),
            refreshing: tokio::sync::Mutex::default(),
            turn: Arc::default(),
        }
    }

    /// Remembers whose version was just asked.
    pub(crate) fn asked(&self, policy: PolicyId, owner: PartyId) {
        if !self.any.load(Ordering::Acquire)
            || self.owners.read().unwrap_or_else(PoisonError::into_inner).contains_key(&policy)
        {
            return;
        }
        let mut owners = self.owners.write().unwrap_or_else(PoisonError::into_inner);
        if owners.len() >= OWNERS {
            owners.clear();
        }
        owners.insert(policy, owner);
    }

    /// Keeps this host from asking candidates while the guard lives: for maintenance and tests. Live calls go on,
    /// and what they hand over waits.
    pub async fn pause(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.turn).lock_owned().await
    }

    /// The calls of these receipts that are to be put to candidates.
    fn take(&self, receipts: &[Receipt], now: Timestamp) -> Vec<Waiting> {
        if !self.any.load(Ordering::Acquire) {
            return Vec::new();
        }
        let runs = Arc::clone(&self.runs.read().unwrap_or_else(PoisonError::into_inner));
        let owners = self.owners.read().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = Vec::new();
        for receipt in receipts {
            let owner = receipt.policy.and_then(|policy| owners.get(&policy));
            let runs = owner.and_then(|owner| runs.get(owner)).map(Vec::as_slice).unwrap_or_default();
            for run in runs.iter().filter(|run| run.takes(receipt, now)) {
                waiting.push(Waiting {
                    run: Arc::clone(run),
                    receipt: receipt.id,
                    respondent: receipt.respondent,
                    calendar: receipt.calendar.clone(),
                    function: receipt.interface.clone(),
                    input: receipt.input.clone(),
                    output: receipt.output.clone(),
                });
            }
        }
        waiting
    }

    fn enqueue(&self, waiting: Waiting) {
        let bytes = waiting.bytes();
        let held = self.bytes.fetch_add(bytes, Ordering::AcqRel);
        let run = Arc::clone(&waiting.run);
        if held + bytes > MOST_BYTES || self.queue.try_send(waiting).is_err() {
            self.bytes.fetch_sub(bytes, Ordering::AcqRel);
            self.dropped(&run);
        }
    }
}

/// Receipts of a command that is about to be stored.
pub struct Noticed(Vec<Waiting>);

impl Noticed {
    /// What of these receipts concerns a shadow run; nothing, and no more than a glance, where none runs.
    pub fn of(app: &App, receipts: &[Receipt]) -> Self {
        Self(app.shadows().take(receipts, app.now()))
    }

    /// They are stored: puts them into the queue, or counts what does not fit. Never waits.
    pub fn stored(self, app: &App) {
        self.0.into_iter().for_each(|waiting| app.shadows().enqueue(waiting));
    }
}

/// Looks which runs there are, and ends those whose time is over or whose candidate was retired.
///
/// # Errors
/// The database.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let shadows = app.shadows();
    let _turn = shadows.refreshing.lock().await;
    let now = app.now();
    let found = {
        let mut conn = app.store().read(Scope::Platform).await?;
        let due = shadow::any_due(&mut conn, now).await?;
        drop(conn);
        if due {
            app.store()
                .write_again(3, Scope::Platform, move |conn| Box::pin(shadow::end_due(conn, now)))
                .await?;
        }
        let mut conn = app.store().read(Scope::Platform).await?;
        shadow::running(&mut conn).await?
    };
    let before = Arc::clone(&shadows.runs.read().unwrap_or_else(PoisonError::into_inner));
    let mut runs = Runs::new();
    for row in found {
        let known = before.get(&row.party).and_then(|runs| runs.iter().find(|run| run.shadow.id == row.id));
        let (party, id) = (row.party, row.id);
        match known.cloned().map_or_else(|| Run::new(row).map(Arc::new), Ok) {
            Ok(run) => runs.entry(party).or_default().push(run),
            Err(error) => tracing::error!(shadow = %id, %error, "a shadow run cannot be read"),
        }
    }
    shadows.any.store(!runs.is_empty(), Ordering::Release);
    *shadows.runs.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(runs);
    Ok(())
}

/// The calendar that a live call was asked with, unless its party has changed it since.
fn same_calendar(respondent: &Known, version: &str) -> bool {
    respondent.calendar.version() == version
}
