//! The threads that ask: of the lowest priority, and not at all while live calls wait for their turn.

use crate::app::App;
use sanbao_policy::back_test::{Candidate, KeepsState, Recorded, Summary, Tester, yield_to_others};
use sanbao_store::history::Page;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// Decisions between two looks at whether live calls wait.
const LOOK: usize = 16;
/// How long a thread steps aside at a time, and how often at most: a host that is always crowded must not keep a
/// back-test from ever ending.
const ASIDE: (Duration, u32) = (Duration::from_millis(2), 25);

/// Some of the history, and where it ends.
pub(super) struct Batch {
    /// Its place in the order of reading.
    pub(super) number: u64,
    /// Which function, by its place in the request.
    pub(super) function: usize,
    pub(super) name: Arc<str>,
    /// The last decision in it.
    pub(super) last: Uuid,
    pub(super) page: Page,
}

/// What was found in a batch.
pub(super) struct Done {
    pub(super) number: u64,
    pub(super) function: usize,
    /// The last decision in it.
    pub(super) last: Uuid,
    pub(super) found: Result<Summary, KeepsState>,
}

/// Ends the threads that it was given to, at their next decision.
#[derive(Clone, Default)]
pub(super) struct Halt(Arc<AtomicBool>);

impl Halt {
    fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// Halts when the run that owns it ends, however that comes.
pub(super) struct HaltOnDrop(pub(super) Halt);

impl Drop for HaltOnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Relaxed);
    }
}

type Batches = Arc<Mutex<mpsc::Receiver<Batch>>>;

/// Starts `count` threads, which end when there are no more batches, or nobody wants what they find.
pub(super) fn start(
    app: &App,
    count: usize,
    candidate: &Arc<Candidate>,
    fresh_only: bool,
    batches: mpsc::Receiver<Batch>,
    halt: &Halt,
) -> io::Result<mpsc::Receiver<Done>> {
    let batches: Batches = Arc::new(Mutex::new(batches));
    let (send, done) = mpsc::channel(2 * count);
    for _ in 0..count {
        let tester = Tester::new(Arc::clone(candidate), fresh_only);
        let (app, batches, send, halt) = (app.clone(), Arc::clone(&batches), send.clone(), halt.clone());
        std::thread::Builder::new()
            .name("back-test".into())
            .stack_size(2 << 20)
            .spawn(move || run(&app, tester, &batches, &send, &halt))?;
    }
    Ok(done)
}

fn run(app: &App, mut tester: Tester, batches: &Batches, send: &mpsc::Sender<Done>, halt: &Halt) {
    yield_to_others();
    loop {
        let next = batches.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(batch) = next else { return };
        let Some(found) = ask(app, &mut tester, &batch, halt) else { return };
        let Batch { number, function, last, .. } = batch;
        if send.blocking_send(Done { number, function, last, found }).is_err() {
            return;
        }
    }
}

/// Nothing where it was halted.
fn ask(app: &App, tester: &mut Tester, batch: &Batch, halt: &Halt) -> Option<Result<Summary, KeepsState>> {
    let mut summary = Summary::default();
    for (at, one) in batch.page.decisions().enumerate() {
        if halt.is_set() {
            return None;
        }
        if at % LOOK == 0 {
            let mut waited = 0;
            while waited < ASIDE.1 && app.runner().is_crowded() {
                std::thread::sleep(ASIDE.0);
                waited += 1;
            }
        }
        let recorded =
            Recorded { id: one.receipt.0, function: &batch.name, input: one.input, output: one.output };
        if let Err(stateful) = tester.test(recorded, &mut summary) {
            return Some(Err(stateful));
        }
    }
    Some(Ok(summary))
}
