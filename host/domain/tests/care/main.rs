//! What runs beside a claim for the customer's sake: contacts, complaints, stock requests, training, surveys
//! and follow-ups. What each allows step by step, and what no sequence of commands can reach.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // A test that cannot go on says so by stopping.

#[allow(dead_code)] // The claim's own tests use the rest of it.
#[path = "../claim/fixtures.rs"]
mod fixtures;

mod contacts;
mod follow_ups;
mod matter;
mod sequences;
mod steps;
