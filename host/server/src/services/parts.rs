//! Spare parts: what is kept where, who draws it for which claim, and what becomes of old parts.

mod book;
pub mod catalogue;
pub mod disposals;
mod refused;
pub mod required;
pub mod requisitions;
pub mod stock;
