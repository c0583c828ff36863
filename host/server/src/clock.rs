//! What time it is: the machine's clock, or one that can be moved forward for stories over weeks.

use sanbao_domain::time::Timestamp;
use sanbao_store::{Scope, Store, StoreError};
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that tells microseconds, as both databases store them.
#[derive(Debug)]
pub enum Clock {
    /// The machine's.
    Real,
    /// Runs with the machine's, ahead by some microseconds. The database keeps them, so that a host that
    /// starts again goes on from its own time.
    Movable(AtomicI64),
}

/// The clock did not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The host runs by the machine's clock.
    #[error("this host runs by the machine's clock")]
    Fixed,
    /// The time asked for is not later than the present.
    #[error("the clock moves forward only; it is {now} already")]
    Backwards {
        /// The present.
        now: Timestamp,
    },
    /// The offset could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Clock {
    /// The clock of a host; a movable one goes on from the database's offset.
    pub async fn open(movable: bool, store: &Store) -> Result<Self, StoreError> {
        if !movable {
            return Ok(Self::Real);
        }
        let mut conn = store.read(Scope::Platform).await?;
        Ok(Self::Movable(AtomicI64::new(sanbao_store::clock::offset(&mut conn).await?)))
    }

    /// Whether it can be moved.
    pub fn is_movable(&self) -> bool {
        matches!(self, Self::Movable(_))
    }

    /// The present, in whole microseconds.
    #[allow(clippy::disallowed_methods)] // The one place that looks.
    pub fn now(&self) -> Timestamp {
        let machine = Timestamp::now().as_microsecond();
        let ahead = match self {
            Self::Real => 0,
            Self::Movable(offset) => offset.load(Ordering::Relaxed),
        };
        Timestamp::from_microsecond(machine.saturating_add(ahead)).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock to a later time, here and in the database.
    pub async fn move_to(&self, to: Timestamp, store: &Store) -> Result<(), MoveError> {
        let Self::Movable(offset) = self else { return Err(MoveError::Fixed) };
        let now = self.now();
        let by = to.as_microsecond().saturating_sub(now.as_microsecond());
        if by <= 0 {
            return Err(MoveError::Backwards { now });
        }
        let ahead = offset.fetch_add(by, Ordering::Relaxed).saturating_add(by);
        store
            .write(Scope::Platform, move |conn| Box::pin(sanbao_store::clock::set_offset(conn, ahead)))
            .await
            .map_err(MoveError::Store)
    }
}
