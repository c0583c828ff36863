//! Giving up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Says to whoever compiles that nobody waits any more; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

/// Cancels when dropped: for a future whose work goes on in a thread of its own.
#[derive(Debug)]
pub struct CancelOnDrop(Cancel);

impl Cancel {
    /// Gives up, for good.
    pub fn cancel(&self) {
        self.0.store(true, SeqCst);
    }

    /// Whether somebody gave up.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(SeqCst)
    }

    /// Gives up when the guard is dropped.
    pub fn on_drop(&self) -> CancelOnDrop {
        CancelOnDrop(self.clone())
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
