//! Uploads that are made to be much work for the compiler, one after the other.

use crate::shared::client::Client;
use crate::shared::host::Host;
use crate::shared::uploads::{upload, variant};
use crate::shared::{Failure, processor};
use sanbao_hostile::Fixture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Kept unfinished, so that one compiles while the next is looked at.
const AT_ONCE: usize = 2;

/// How uploads ended, and after what time.
type Ends = Vec<(String, Duration)>;

pub(crate) struct Bombs {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Result<Ends, Failure>>>,
    begun: Instant,
    used: Duration,
}

impl Bombs {
    pub(crate) async fn start(host: &Host, key: &str) -> Result<Self, Failure> {
        let (stop, number) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let bomb = Arc::new(Fixture::MuchToCompile.component());
        let mut tasks = Vec::new();
        for _ in 0..AT_ONCE {
            let mut client = host.client(key).await?;
            let (stop, number, bomb) = (Arc::clone(&stop), Arc::clone(&number), Arc::clone(&bomb));
            tasks.push(tokio::spawn(async move {
                let mut ends = Vec::new();
                while !stop.load(Relaxed) {
                    ends.push(one(&mut client, &variant(&bomb, number.fetch_add(1, Relaxed))).await?);
                }
                Ok(ends)
            }));
        }
        Ok(Self { stop, tasks, begun: Instant::now(), used: processor().1 })
    }

    /// Waits for the end of those that were begun; how many there were, how they ended and what they used.
    pub(crate) async fn end(self) -> Result<String, Failure> {
        self.stop.store(true, Relaxed);
        let mut ends = Vec::new();
        for task in self.tasks {
            ends.extend(task.await??);
        }
        let (elapsed, used) = (self.begun.elapsed(), processor().1.saturating_sub(self.used));
        let mut counted: BTreeMap<String, (u32, Duration)> = BTreeMap::new();
        for (end, took) in ends {
            let one = counted.entry(end).or_default();
            *one = (one.0 + 1, one.1 + took);
        }
        let counted: Vec<String> = counted
            .into_iter()
            .map(|(end, (count, took))| {
                format!("{count} {end} ({:.1} s each)", took.as_secs_f64() / f64::from(count))
            })
            .collect();
        Ok(format!(
            "bombs: {}; children used {:.1} s of processor in {:.1} s",
            counted.join(", "),
            used.as_secs_f64(),
            elapsed.as_secs_f64()
        ))
    }
}

/// How an upload ended, and after what time.
async fn one(client: &mut Client, bomb: &[u8]) -> Result<(String, Duration), Failure> {
    let begun = Instant::now();
    let ended = upload(client, bomb).await?;
    let codes: Vec<&str> = ended["report"]["problems"]
        .as_array()
        .map(|problems| problems.iter().filter_map(|problem| problem["code"].as_str()).collect())
        .unwrap_or_default();
    let status = ended["status"].as_str().map(str::to_owned).unwrap_or_else(|| Value::to_string(&ended));
    Ok((format!("{status} {}", codes.join("+")).trim_end().to_owned(), begun.elapsed()))
}
