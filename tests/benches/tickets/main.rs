//! What a ticket costs: `POST /v1/tickets` with verdict, receipts and durable commit, by 1, 8 and 64 clients,
//! on SQLite and on PostgreSQL, beside the same rows written by hand in the same run.
//!
//! `cargo bench -p sanbao-tests --bench tickets [-- sqlite|postgres]`. Ratios are what to read: the
//! absolute figures are those of one noisy machine. `SANBAO_BENCH_TICKETS` sets how many tickets a row takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A figure that cannot be had stops the run.

mod client;
mod host;
mod measure;
mod postgres;
mod rows;
mod sqlite;

use measure::{Figures, header, line};
use sanbao_store::Engine;

/// Whatever stops a benchmark.
type Failure = Box<dyn std::error::Error + Send + Sync>;

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
            // The bench process has its own cluster, which flushes what it commits as production does.
            let place = host::Place::new(engine).await?;
            let host = host::Host::start(&place).await?;
            measure::requests(&host, 1, 50).await?;
            for clients in CLIENTS {
                let ours = measure::requests(&host, clients, tickets).await?;
                let by_hand = match &place {
                    host::Place::Sqlite { .. } => sqlite::by_hand(&place, tickets.min(500)).await?,
                    host::Place::Postgres { .. } => postgres::by_hand(&place, clients).await?,
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
