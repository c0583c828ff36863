//! The engine alone, on texts in memory: no database, no host.

use crate::native;
use crate::shared::claims::Asked;
use crate::shared::{Failure, processor};
use sanbao_domain::ids::PartyId;
use sanbao_policy::back_test::{Candidate, Merge, Recorded, Summary, Tester};
use sanbao_policy::decision::Terms;
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::runner::Runner;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Threads, as in a host.
const THREADS: usize = 2;

/// How fast something was done.
#[derive(Clone, Copy)]
pub(crate) struct Rate {
    /// In a second.
    pub(crate) per_second: f64,
    /// Microseconds of processor for each: on a busy machine, says more.
    pub(crate) processor: f64,
}

/// A count that was begun.
struct Timed {
    count: usize,
    begun: Instant,
    used: Duration,
}

impl Timed {
    fn begin(count: usize) -> Self {
        Self { count, used: processor().0, begun: Instant::now() }
    }

    fn end(self) -> Rate {
        let elapsed = self.begun.elapsed();
        let used = processor().0.saturating_sub(self.used);
        let count = self.count as f64;
        Rate { per_second: count / elapsed.as_secs_f64(), processor: used.as_secs_f64() * 1e6 / count }
    }
}

/// Decisions of the back-test, warm.
pub(crate) fn back_test(
    policy: &Arc<Policy>,
    terms: &Terms,
    asked: &[Asked],
    count: usize,
) -> (Rate, Summary) {
    let candidate = Arc::new(Candidate::new(policy.clone(), terms.calendar.clone(), None));
    let timed = Timed::begin(count);
    let summaries: Vec<Summary> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let candidate = candidate.clone();
                scope.spawn(move || {
                    let mut tester = Tester::new(candidate, false);
                    let mut summary = Summary::default();
                    for number in (thread..count).step_by(THREADS) {
                        let one = &asked[number % asked.len()];
                        let id = Uuid::from_u128(number as u128);
                        let (function, input, output) = ("coverage.decide", &*one.input, &*one.output);
                        let recorded = Recorded { id, function, input, output };
                        tester.test(recorded, &mut summary).expect("the pack keeps no state");
                    }
                    summary
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let rate = timed.end();
    let mut sum = Summary::default();
    summaries.into_iter().for_each(|part| sum.merge(part));
    (rate, sum)
}

/// Calls of the rule as a native function, its questions ready in memory and its answers dropped.
pub(crate) fn native(asked: &[Asked], count: usize) -> Rate {
    let cases: Vec<_> = asked.iter().map(|one| native::claim(&one.case)).collect();
    let timed = Timed::begin(count);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let cases = &cases;
            scope.spawn(move || {
                for number in (thread..count).step_by(THREADS) {
                    black_box(sanbao_store_pack::coverage::decide(black_box(&cases[number % cases.len()])));
                }
            });
        }
    });
    timed.end()
}

/// Decisions of the live path: through the runner, a fresh instance each, recorded and hashed.
pub(crate) async fn live(
    policy: &Arc<Policy>,
    terms: &Terms,
    asked: &[Asked],
    count: usize,
) -> Result<Rate, Failure> {
    let runner = Arc::new(Runner::new(policy.engine().clone()));
    let cases: Arc<Vec<_>> = Arc::new(asked.iter().map(|one| one.case.clone()).collect());
    let timed = Timed::begin(count);
    let tasks: Vec<_> = (0..THREADS)
        .map(|task| {
            let (runner, policy, terms, cases) =
                (runner.clone(), policy.clone(), terms.clone(), cases.clone());
            tokio::spawn(async move {
                for number in (task..count).step_by(THREADS) {
                    let question = Coverage { case: cases[number % cases.len()].clone() };
                    black_box(runner.ask(PartyId(Uuid::from_u128(1)), &policy, &terms, question).await);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await?;
    }
    Ok(timed.end())
}
