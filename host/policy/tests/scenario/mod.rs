//! The packs as the tests of their scenarios need them.

pub(crate) mod pack;
