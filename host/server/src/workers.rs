//! What the host does by itself.

pub mod cleaning;
pub mod deadlines;
pub mod outbox;
pub mod wake;
