//! One host's work on one back-test: read ahead, ask, add up in order, save.

use super::progress::Progress;
use super::request::Request;
use super::threads::{self, Batch, Done, Halt, HaltOnDrop};
use crate::app::App;
use crate::http::problem::Problem;
use crate::services::{parties, policies};
use jiff::SignedDuration;
use sanbao_domain::text::Text;
use sanbao_policy::back_test::{Candidate, Merge};
use sanbao_store::back_test::{self, BackTest, BackTestState, Save};
use sanbao_store::history::{self, Page, Span};
use sanbao_store::{Scope, Store, StoreError, policy};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

/// Decisions read at a time.
const PAGE: u32 = 512;
/// Pages that wait to be asked about: what is read ahead.
const AHEAD: usize = 4;
/// How often it is saved where a job stands; also renews the lease.
const SAVE: Duration = Duration::from_secs(2);
/// How long a job belongs to a host that says nothing.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// What came of an attempt to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// No back-test waits.
    Nothing,
    /// One ended, or belongs to another host now.
    Ended,
    /// One was given back before its end.
    GivenBack,
}

/// How a pass over the history ended.
enum Pass {
    Finished,
    KeepsState,
    Lost,
    Stopped,
    Broken,
}

struct Job {
    app: App,
    row: BackTest,
    request: Request,
    progress: Progress,
    lease: Uuid,
    total: u64,
    saved: Instant,
    /// Pages that may still be counted before the job is given back.
    pages: Option<u64>,
}

/// Takes the oldest back-test that waits and works on it until it ends, until `stop`, or until so many pages of
/// decisions were counted. Where it stops before the end, another host, or this one later, goes on.
///
/// # Errors
/// The database; the lease then runs out by itself.
pub async fn work(app: &App, stop: &CancellationToken, pages: Option<u64>) -> Result<Worked, StoreError> {
    let now = app.now();
    let waits = {
        let mut conn = app.store().read(Scope::Platform).await?;
        back_test::waits(&mut conn, now).await?
    };
    if !waits {
        return Ok(Worked::Nothing);
    }
    let (lease, until) = (app.id::<Uuid>(), now.saturating_add(LEASE).unwrap_or(now));
    let taken = app
        .store()
        .write_again(3, Scope::Platform, move |conn| Box::pin(back_test::take(conn, now, lease, until)));
    let Some(row) = taken.await? else { return Ok(Worked::Nothing) };
    let read = serde_json::from_str(&row.request)
        .and_then(|request| Ok((request, serde_json::from_str::<Progress>(&row.progress)?)));
    let (request, progress) = read?;
    let job = Job { app: app.clone(), row, request, progress, lease, total: 0, saved: Instant::now(), pages };
    job.run(stop).await
}

impl Job {
    async fn run(mut self, stop: &CancellationToken) -> Result<Worked, StoreError> {
        let candidate = match self.candidate().await {
            Ok(candidate) => Arc::new(candidate),
            Err(problem) => {
                tracing::error!(back_test = %self.row.id, ?problem, "a back-test cannot be run");
                return self.fail(Text::new("候选版本无法加载", "the candidate does not load")).await;
            }
        };
        loop {
            match self.pass(&candidate, stop).await? {
                Pass::Finished => {
                    self.save(BackTestState::Finished, None).await?;
                    return Ok(Worked::Ended);
                }
                Pass::KeepsState => {
                    tracing::info!(back_test = %self.row.id, "the candidate keeps state: starting over");
                    self.progress.start_over();
                }
                Pass::Lost => return Ok(Worked::Ended),
                Pass::Stopped => {
                    self.give_back().await?;
                    return Ok(Worked::GivenBack);
                }
                Pass::Broken => {
                    return self.fail(Text::new("主机内部错误", "the host failed")).await;
                }
            }
        }
    }

    async fn candidate(&mut self) -> Result<Candidate, Problem> {
        let owner = self.row.party;
        let version = {
            let mut conn = self.app.store().read(owner).await?;
            policy::find(&mut conn, owner, self.row.policy).await?.ok_or_else(Problem::not_found)?
        };
        let policy = policies::loaded(&self.app, &version).await?;
        let party = parties::known(&self.app, owner).await?.ok_or_else(Problem::not_found)?;
        self.total = match self.row.total {
            Some(total) => total,
            None => {
                let mut total = 0;
                for function in &self.request.functions {
                    let mut conn = self.app.store().read(owner).await?;
                    total += history::count(&mut conn, &span(&self.row, &self.request, function)).await?;
                }
                total
            }
        };
        self.row.total = Some(self.total);
        let settings = self.request.settings.clone();
        Ok(Candidate::new(policy, Arc::clone(&party.calendar), settings)
            .wanted(self.request.wanted.clone())
            .sampled(self.request.share(self.total), self.request.seed))
    }

    /// Reads on from where the job stands to the end.
    async fn pass(
        &mut self,
        candidate: &Arc<Candidate>,
        stop: &CancellationToken,
    ) -> Result<Pass, StoreError> {
        let halt = Halt::default();
        let _ends_with_this = HaltOnDrop(halt.clone());
        let (send, batches) = mpsc::channel(AHEAD);
        let threads = self.app.config().back_test_threads.clamp(1, 2);
        let started =
            threads::start(&self.app, threads, candidate, self.progress.keeps_state, batches, &halt);
        let Ok(mut done) = started else { return Ok(Pass::Broken) };
        let mut reading = AbortOnDropHandle::new(tokio::spawn(read(
            self.app.store().clone(),
            self.row.clone(),
            self.request.clone(),
            (self.progress.functions, self.progress.after),
            send,
        )));
        // What ended out of turn waits for what was read before it.
        let mut early: BTreeMap<u64, Done> = BTreeMap::new();
        let (mut next, mut read) = (0, None);
        loop {
            if read == Some(next) {
                return Ok(self.finished());
            }
            tokio::select! {
                () = stop.cancelled() => return Ok(Pass::Stopped),
                ended = &mut reading, if read.is_none() => match ended {
                    Ok(pages) => read = Some(pages?),
                    Err(_) => return Ok(Pass::Broken),
                },
                found = done.recv() => match found {
                    Some(found) => { early.insert(found.number, found); }
                    // The threads have ended: there is nothing more to read, or they could not go on.
                    None => {
                        let pages = match read {
                            Some(pages) => pages,
                            None => match (&mut reading).await {
                                Ok(pages) => pages?,
                                Err(_) => return Ok(Pass::Broken),
                            },
                        };
                        return Ok(if pages == next { self.finished() } else { Pass::Broken });
                    }
                },
                () = tokio::time::sleep_until((self.saved + SAVE).into()) => {
                    if !self.save(BackTestState::Running, None).await? {
                        return Ok(Pass::Lost);
                    }
                }
            }
            while let Some(Done { function, last, found, .. }) = early.remove(&next) {
                next += 1;
                let Ok(found) = found else { return Ok(Pass::KeepsState) };
                self.progress.summary.merge(found);
                self.progress.functions = function;
                self.progress.after = last;
                if let Some(pages) = &mut self.pages {
                    *pages = pages.saturating_sub(1);
                    if *pages == 0 {
                        return Ok(Pass::Stopped);
                    }
                }
            }
        }
    }

    fn finished(&mut self) -> Pass {
        self.progress.functions = self.request.functions.len();
        self.progress.after = Uuid::nil();
        Pass::Finished
    }

    /// Keeps where the job stands; false when it is no longer this host's.
    async fn save(&mut self, state: BackTestState, why: Option<&Text>) -> Result<bool, StoreError> {
        let now = self.app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        self.put(state, why, (!state.is_final()).then_some(until)).await
    }

    /// Keeps where the job stands, for whoever takes it next.
    async fn give_back(&mut self) -> Result<bool, StoreError> {
        self.put(BackTestState::Running, None, None).await
    }

    async fn fail(&mut self, why: Text) -> Result<Worked, StoreError> {
        self.save(BackTestState::Failed, Some(&why)).await?;
        Ok(Worked::Ended)
    }

    async fn put(
        &mut self,
        state: BackTestState,
        why: Option<&Text>,
        leased_until: Option<jiff::Timestamp>,
    ) -> Result<bool, StoreError> {
        let ran = std::mem::replace(&mut self.saved, Instant::now()).elapsed();
        let ppm = self.progress.summary.changed_ppm();
        let save = Save {
            lease: self.lease,
            state,
            total: self.row.total,
            done: self.progress.summary.read,
            progress: serde_json::to_string(&self.progress)?,
            ran_ms: u64::try_from(ran.as_millis()).unwrap_or(u64::MAX),
            changed_ppm: (state == BackTestState::Finished).then_some(ppm),
            why: why.map(serde_json::to_string).transpose()?,
            leased_until,
            finished_at: state.is_final().then(|| self.app.now()),
        };
        let (owner, id) = (self.row.party, self.row.id);
        self.app
            .store()
            .write_again(3, owner, move |conn| {
                let save = save.clone();
                Box::pin(async move { back_test::save(conn, owner, id, &save).await })
            })
            .await
    }
}

fn span(row: &BackTest, request: &Request, function: &str) -> Span {
    Span {
        respondent: row.party,
        function: function.to_owned(),
        before: row.id.0,
        from: request.decided_from,
        until: request.decided_until,
    }
}

/// Reads page after page; how many there were.
async fn read(
    store: Store,
    row: BackTest,
    request: Request,
    (first, mut after): (usize, Uuid),
    send: mpsc::Sender<Batch>,
) -> Result<u64, StoreError> {
    let mut number = 0;
    for (function, name) in request.functions.iter().enumerate().skip(first) {
        let span = span(&row, &request, name);
        let name: Arc<str> = name.as_str().into();
        loop {
            let page: Page = {
                let mut conn = store.read(row.party).await?;
                history::page(&mut conn, &span, after, PAGE).await?
            };
            let Some(last) = page.last() else { break };
            after = last.0;
            // Nobody wants to know any more.
            if send
                .send(Batch { number, function, name: Arc::clone(&name), last: after, page })
                .await
                .is_err()
            {
                return Ok(number);
            }
            number += 1;
        }
        after = Uuid::nil();
    }
    Ok(number)
}
