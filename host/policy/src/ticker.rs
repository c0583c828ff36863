//! The wall clock behind deadlines: it advances the engine's epoch every millisecond while policies run,
//! and sleeps when nothing has run for a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::thread::Thread;
use std::time::Duration;
use wasmtime::EngineWeak;

const TICK: Duration = Duration::from_millis(1);
const IDLE_TICKS: u32 = 1000;

#[derive(Default)]
struct State {
    started: AtomicU64,
    ended: AtomicU64,
    asleep: AtomicBool,
}

pub(crate) struct Ticker {
    state: Arc<State>,
    thread: Option<Thread>,
}

impl Ticker {
    /// The thread holds the engine weakly and ends with it.
    pub(crate) fn start(engine: EngineWeak) -> Self {
        let state = Arc::new(State::default());
        let ours = Arc::clone(&state);
        let spawned =
            std::thread::Builder::new().name("policy-clock".into()).spawn(move || run(&engine, &ours));
        if let Err(error) = &spawned {
            tracing::error!(%error, "no clock for policies: only fuel limits them");
        }
        Self { state, thread: spawned.ok().map(|handle| handle.thread().clone()) }
    }

    /// The clock ticks at least while the guard lives.
    pub(crate) fn running(&self) -> Running<'_> {
        self.begin();
        Running(&self.state)
    }

    /// As [`Self::running`], for many calls one after the other: counting each would have the threads of a
    /// back-test wait for each other's.
    pub(crate) fn keeps_running(&self) -> KeepsRunning {
        self.begin();
        KeepsRunning(Arc::clone(&self.state))
    }

    fn begin(&self) {
        self.state.started.fetch_add(1, SeqCst);
        if self.state.asleep.load(SeqCst)
            && let Some(thread) = &self.thread
        {
            thread.unpark();
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(thread) = &self.thread {
            thread.unpark();
        }
    }
}

pub(crate) struct Running<'a>(&'a State);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, SeqCst);
    }
}

pub(crate) struct KeepsRunning(Arc<State>);

impl Drop for KeepsRunning {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, SeqCst);
    }
}

fn run(engine: &EngineWeak, state: &State) {
    let mut seen = 0;
    let mut idle = 0;
    loop {
        match engine.upgrade() {
            Some(engine) => engine.increment_epoch(),
            None => return,
        }
        let started = state.started.load(SeqCst);
        idle = if started == seen && state.ended.load(SeqCst) == started { idle + 1 } else { 0 };
        seen = started;
        if idle < IDLE_TICKS {
            std::thread::sleep(TICK);
            continue;
        }
        // Announce the sleep before the last look, so that a call that begins now wakes us.
        state.asleep.store(true, SeqCst);
        if state.started.load(SeqCst) == seen {
            std::thread::park_timeout(Duration::from_secs(60));
        }
        state.asleep.store(false, SeqCst);
        idle = 0;
    }
}
