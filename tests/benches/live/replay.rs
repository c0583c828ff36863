//! Back-tests, one after the other.

use crate::shared::host::{Host, Store};
use crate::shared::{Failure, history};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Instant;
use tokio::task::JoinHandle;

pub(crate) struct Replay {
    stop: Arc<AtomicBool>,
    /// Decisions that were asked again.
    task: JoinHandle<Result<u64, Failure>>,
    begun: Instant,
}

impl Replay {
    pub(crate) async fn start(host: &Host, store: &Store) -> Result<Self, Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        let (mut client, store, stopped) = (host.client(&store.key).await?, store.clone(), Arc::clone(&stop));
        let task = tokio::spawn(async move {
            let mut done = 0;
            while !stopped.load(Relaxed) {
                let path = history::begin(&mut client, &store).await?;
                let shown = history::follow(&mut client, &path, |_| !stopped.load(Relaxed)).await?;
                done += shown["progress"]["done"].as_u64().unwrap_or_default();
            }
            Ok(done)
        });
        Ok(Self { stop, task, begun: Instant::now() })
    }

    /// Cancels the one that runs; what was done.
    pub(crate) async fn end(self) -> Result<String, Failure> {
        self.stop.store(true, Relaxed);
        let done = self.task.await??;
        let elapsed = self.begun.elapsed().as_secs_f64();
        Ok(format!("{done} decisions asked again, {:.0} a second", done as f64 / elapsed))
    }
}
