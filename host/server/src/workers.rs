//! What the host does by itself.

pub mod back_tests;
pub mod cleaning;
pub mod deadlines;
pub mod outbox;
pub mod policy_health;
pub mod readiness;
pub mod shadows;
pub mod uploads;
pub mod wake;
