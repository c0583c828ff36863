//! Tickets at a steady rate, whether or not the host keeps up.

use crate::shared::Failure;
use crate::shared::client::Client;
use crate::shared::host::{Host, Store};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Connections: so many requests may wait for their answers before one is sent late. The time that it is late
/// counts as its own.
const CONNECTIONS: usize = 32;

pub(crate) struct Steady {
    address: SocketAddr,
    key: String,
    body: Vec<u8>,
    rate: u32,
}

impl Steady {
    pub(crate) fn new(host: &Host, store: &Store, rate: u32) -> Self {
        Self { address: host.address(), key: store.key.clone(), body: host.ticket(), rate }
    }

    /// How long each took of those that were due in so much time. The clients have a thread of their own, so that
    /// they do not wait for turns on the host's.
    pub(crate) async fn run(&mut self, time: Duration) -> Result<Vec<Duration>, Failure> {
        let (address, key, body) = (self.address, self.key.clone(), Arc::new(self.body.clone()));
        let (between, count) = (Duration::from_secs(1) / self.rate, self.rate * time.as_secs() as u32);
        let clients = move || -> Result<Vec<Duration>, Failure> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async move {
                let next = Arc::new(AtomicU32::new(0));
                let begin = Instant::now() + Duration::from_millis(50);
                let mut clients = Vec::new();
                for _ in 0..CONNECTIONS {
                    let mut client = Client::connect(address, &key).await?;
                    let (next, body) = (Arc::clone(&next), Arc::clone(&body));
                    clients.push(tokio::spawn(async move {
                        let mut took = Vec::new();
                        loop {
                            let number = next.fetch_add(1, Relaxed);
                            if number >= count {
                                return Ok::<_, Failure>(took);
                            }
                            took.push(open(&mut client, &body, begin + between * number).await?);
                        }
                    }));
                }
                let mut took = Vec::new();
                for client in clients {
                    took.extend(client.await??);
                }
                Ok(took)
            })
        };
        tokio::task::spawn_blocking(clients).await?
    }
}

/// Opens a ticket when it is due, or now if that is past.
async fn open(client: &mut Client, body: &[u8], due: Instant) -> Result<Duration, Failure> {
    let early = due.saturating_duration_since(Instant::now());
    let mut since = due;
    if !early.is_zero() {
        tokio::time::sleep(early).await;
        // A timer is a millisecond late, which is not the host's doing.
        since = Instant::now();
    }
    let once = uuid::Uuid::now_v7().to_string();
    let (status, answer) = client.post("/v1/tickets", "application/json", &once, body).await?;
    if status != 201 {
        return Err(format!("{status}: {}", String::from_utf8_lossy(&answer)).into());
    }
    Ok(since.elapsed())
}
