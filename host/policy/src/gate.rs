//! A few turns, for threads that may block.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often somebody who may give up looks whether to.
const LOOK: Duration = Duration::from_millis(50);

pub(crate) struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// Gives the turn back when dropped.
pub(crate) struct Turn<'a>(&'a Gate);

impl Gate {
    pub(crate) fn new(turns: usize) -> Self {
        Self { free: Mutex::new(turns.max(1)), freed: Condvar::new() }
    }

    /// Waits until a turn is free.
    pub(crate) fn turn(&self) -> Turn<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Turn(self)
    }

    /// Waits until a turn is free, or nobody wants it any more.
    pub(crate) fn turn_unless(&self, given_up: impl Fn() -> bool) -> Option<Turn<'_>> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if given_up() {
                return None;
            }
            if *free > 0 {
                *free -= 1;
                return Some(Turn(self));
            }
            free = self.freed.wait_timeout(free, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}
