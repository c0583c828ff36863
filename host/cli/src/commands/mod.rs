//! One module per command.

pub(crate) mod demo;
pub(crate) mod import;
pub(crate) mod policy;
pub(crate) mod receipt;
pub(crate) mod serve;
