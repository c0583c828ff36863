//! Counted requests, and the table they end in.

use crate::shared::Failure;
use crate::shared::host::{Host, Store};
use std::time::{Duration, Instant};

/// Of one row.
pub(crate) struct Figures {
    pub(crate) tickets: usize,
    pub(crate) elapsed: Duration,
    pub(crate) times: Vec<Duration>,
    pub(crate) statements: u64,
    pub(crate) round_trips: u64,
    pub(crate) commits: u64,
}

/// Opens `tickets` tickets by `clients` clients, each one after the other on a connection of its own.
pub(crate) async fn requests(
    host: &Host,
    store: &Store,
    clients: usize,
    tickets: usize,
) -> Result<Figures, Failure> {
    let each = tickets.div_ceil(clients);
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(host.client(&store.key).await?);
    }
    let before = host.stats();
    let started = Instant::now();
    let running: Vec<_> = connections
        .into_iter()
        .map(|mut client| {
            let body = host.ticket();
            tokio::spawn(async move {
                let mut times = Vec::with_capacity(each);
                for _ in 0..each {
                    let once = uuid::Uuid::now_v7().to_string();
                    let sent = Instant::now();
                    let (status, answer) =
                        client.post("/v1/tickets", "application/json", &once, &body).await?;
                    times.push(sent.elapsed());
                    if status != 201 {
                        return Err(format!("{status}: {}", String::from_utf8_lossy(&answer)).into());
                    }
                }
                Ok::<_, Failure>(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for client in running {
        times.extend(client.await?.map_err(|error| error.to_string())?);
    }
    let elapsed = started.elapsed();
    let after = host.stats();
    times.sort();
    Ok(Figures {
        tickets: times.len(),
        elapsed,
        times,
        statements: after.statements - before.statements,
        round_trips: after.round_trips - before.round_trips,
        commits: after.commits - before.commits,
    })
}

pub(crate) fn header() -> String {
    format!(
        "{:<9}{:>8}{:>11}{:>9}{:>9}{:>12}{:>8}{:>12}{:>13}{:>10}",
        "engine",
        "clients",
        "tickets/s",
        "p50 ms",
        "p99 ms",
        "by hand/s",
        "ratio",
        "statements",
        "round trips",
        "commits"
    )
}

pub(crate) fn line(engine: &str, clients: usize, ours: &Figures, by_hand: f64) -> String {
    let at = |part: f64| {
        let index = ((ours.times.len() - 1) as f64 * part) as usize;
        ours.times[index].as_secs_f64() * 1e3
    };
    let rate = ours.tickets as f64 / ours.elapsed.as_secs_f64();
    format!(
        "{engine:<9}{clients:>8}{rate:>11.0}{:>9.2}{:>9.2}{by_hand:>12.0}{:>8.2}{:>12.1}{:>13.1}{:>10.2}",
        at(0.5),
        at(0.99),
        rate / by_hand,
        ours.per_ticket(ours.statements),
        ours.per_ticket(ours.round_trips),
        ours.per_ticket(ours.commits),
    )
}
