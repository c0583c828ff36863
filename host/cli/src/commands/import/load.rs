//! Loads rows through the API, a few at once, so that doing it again changes nothing.

use super::rows::{Reject, Row};
use crate::api::{Api, ApiError, Body, escape};
use crate::terminal::Progress;
use crate::verdict::Ticket;
use futures::{StreamExt, TryStreamExt, stream};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use std::time::Duration;

/// A row that is in the host now.
pub(super) struct Loaded {
    pub(super) ticket: Ticket,
    /// An earlier import opened it.
    pub(super) was_there: bool,
}

/// What became of the rows.
pub(super) struct Outcome {
    pub(super) loaded: Vec<Loaded>,
    pub(super) rejects: Vec<Reject>,
}

#[derive(Deserialize)]
struct Found {
    items: Vec<Ticket>,
}

/// Loads every row; a row that the host finds wrong is rejected, a host that cannot be reached ends it all.
pub(super) async fn load(api: &Api, rows: Vec<Row>, jobs: usize) -> Result<Outcome, ApiError> {
    let progress = Progress::start("loading", u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let requests = rows.into_iter().map(|row| {
        let progress = &progress;
        async move {
            let result = patiently(api, &row).await;
            progress.advance();
            match result {
                Ok(loaded) => Ok(Ok(loaded)),
                Err(error) => rejected(&row, error).map(Err),
            }
        }
    });
    let results: Vec<Result<Loaded, Vec<Reject>>> =
        stream::iter(requests).buffer_unordered(jobs).try_collect().await?;
    progress.finish();
    let mut outcome = Outcome { loaded: Vec::new(), rejects: Vec::new() };
    for result in results {
        match result {
            Ok(loaded) => outcome.loaded.push(loaded),
            Err(rejects) => outcome.rejects.extend(rejects),
        }
    }
    Ok(outcome)
}

/// Tries again when the host is busy: opening by reference and idempotency key may be repeated.
async fn patiently(api: &Api, row: &Row) -> Result<Loaded, ApiError> {
    let mut wait = Duration::from_millis(100);
    for _ in 0..5 {
        match open(api, row).await {
            Err(error) if error.is_passing() => tokio::time::sleep(wait).await,
            result => return result,
        }
        wait *= 3;
    }
    open(api, row).await
}

async fn open(api: &Api, row: &Row) -> Result<Loaded, ApiError> {
    // The reference lasts as long as the ticket; the idempotency key guards against two imports at once.
    let path = format!("/v1/tickets?limit=1&reference={}", escape(&row.reference));
    let found: Found = api.get(&path).await?;
    if let Some(ticket) = found.items.into_iter().next() {
        return Ok(Loaded { ticket, was_there: true });
    }
    let key = format!("import:{}", row.reference);
    let answer = api.send(Method::POST, "/v1/tickets", Body::Json(&row.body), Some(&key)).await?;
    Ok(Loaded { ticket: answer.body, was_there: answer.replayed })
}

/// The host's reasons against one row; an error that is not about the row is passed on.
fn rejected(row: &Row, error: ApiError) -> Result<Vec<Reject>, ApiError> {
    let ApiError::Refused { status, problem, .. } = &error else { return Err(error) };
    if !matches!(*status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT) {
        return Err(error);
    }
    let reject = |field: &str, reason: String| Reject {
        line: row.line,
        column: field.to_owned(),
        value: String::new(),
        reason,
    };
    if problem.errors.is_empty() {
        let reason = problem.detail.clone().unwrap_or_else(|| problem.title.clone());
        return Ok(vec![reject(problem.field.as_deref().unwrap_or_default(), reason)]);
    }
    let with_fix = |message: &str, fix: &Option<String>| match fix {
        Some(fix) => format!("{message}; {fix}"),
        None => message.to_owned(),
    };
    Ok(problem.errors.iter().map(|e| reject(&e.field, with_fix(&e.message, &e.fix))).collect())
}
