//! What a ticket costs: `POST /v1/tickets` with verdict, receipts and durable commit, by 1, 8 and 64 clients,
//! on SQLite and on PostgreSQL, beside the same rows written by hand in the same run.
//!
//! `cargo bench -p sanbao-tests --bench tickets [-- sqlite|postgres]`. Ratios are what to read: the
//! absolute figures are those of one noisy machine. `SANBAO_BENCH_TICKETS` sets how many tickets a row takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A figure that cannot be had stops the run.

mod measure;
mod postgres;
mod rows;
#[path = "../shared/mod.rs"]
mod shared;
mod sqlite;

use measure::{Figures, header, line};
use sanbao_store::Engine;
use shared::Failure;
use shared::host::{Host, Place};

const CLIENTS: [usize; 3] = [1, 8, 64];

fn main() -> Result<(), Failure> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let tickets = std::env::var("SANBAO_BENCH_TICKETS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        println!("{}", header());
        for (engine, name) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
            if !wanted.is_empty() && !wanted.iter().any(|word| word == name) {
                continue;
            }
            let place = Place::new(engine).await?;
            let host = Host::start(&place).await?;
            let store = host.store("Bench").await?;
            measure::requests(&host, &store, 1, 50).await?;
            for clients in CLIENTS {
                let ours = measure::requests(&host, &store, clients, tickets).await?;
                let by_hand = match engine {
                    Engine::Sqlite => sqlite::by_hand(&place, tickets.min(500)).await?,
                    Engine::Postgres => postgres::by_hand(&place, clients).await?,
                };
                println!("{}", line(name, clients, &ours, by_hand));
            }
            host.stop().await;
        }
        Ok(())
    })
}

/// What a request cost the store, on average.
impl Figures {
    fn per_ticket(&self, total: u64) -> f64 {
        total as f64 / self.tickets as f64
    }
}
