//! Readers of other projects, which take more for granted than an upload keeps to.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the reader says, or nothing where it panics: `wit-parser` does over valid components that no WIT can
/// describe, such as one that imports an instance with the type of a component in it.
pub(super) fn unless_it_panics<T>(read: impl FnOnce() -> T) -> Option<T> {
    // Nothing is shared with the reader but the upload, which it cannot change.
    catch_unwind(AssertUnwindSafe(read)).ok()
}
