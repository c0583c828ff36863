//! Examples of what changed, to click through: what was answered before is read from the receipt, what the
//! candidate answers is asked again.

use super::progress::Progress;
use super::request::Request;
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::services::policies;
use sanbao_domain::ids::{BackTestId, ReceiptId};
use sanbao_policy::back_test::{Asked, Candidate, Example, Recorded, Tester};
use sanbao_store::receipt::{self, Receipt};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// A decision before and after.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What was counted of it.
    pub example: Example,
    /// The decision.
    pub receipt: Receipt,
    /// What the candidate answers; absent where it cannot be asked.
    pub asked: Option<Asked>,
}

/// Some of the examples: of one change, of one rule, of both, or of all.
///
/// # Errors
/// 404 for others' back-tests.
pub async fn examples(
    app: &App,
    caller: &Caller,
    id: BackTestId,
    (change, rule): (Option<&str>, Option<&str>),
    page: Page<(u64, Uuid)>,
) -> Result<Listed<Shown>, Problem> {
    let job = super::find(app, caller, id).await?;
    let progress: Progress = serde_json::from_str(&job.progress)?;
    let request: Request = serde_json::from_str(&job.request)?;
    let samples = &progress.summary.examples.named;
    let by_rule = rule.map(|rule| format!("rule:{rule}"));
    let about = |example: &&Example| {
        rule.is_none_or(|rule| example.newly.iter().chain(&example.no_longer).any(|one| one == rule))
    };
    let mut found: BTreeMap<(u64, Uuid), Example> = BTreeMap::new();
    for (label, sample) in samples {
        let wanted = match (change, &by_rule) {
            (Some(change), _) => label == change,
            (None, Some(rule)) => label == rule,
            (None, None) => true,
        };
        for example in sample.0.iter().filter(|_| wanted).filter(about) {
            found.insert((example.draw, example.receipt), example.clone());
        }
    }
    let after = page.after.unwrap_or((0, Uuid::nil()));
    let rest = found.into_iter().filter(|(key, _)| *key > after).map(|(_, example)| example);
    let rows: Vec<Example> = rest.take(page.fetch() as usize).collect();
    let listed = page.list(rows, |example| (example.draw, example.receipt), |example| example);

    let version = policies::own(app, caller, job.policy).await?;
    let policy = policies::loaded(app, &version).await?;
    let candidate =
        Arc::new(Candidate::new(policy, Arc::clone(&caller.party.calendar), request.settings.clone()));
    let mut items = Vec::with_capacity(listed.items.len());
    for example in listed.items {
        let found = {
            let mut conn = app.store().read(caller.party.id).await?;
            receipt::find(&mut conn, caller.party.id, ReceiptId(example.receipt)).await?
        };
        if let Some(receipt) = found {
            items.push(Shown { example, receipt, asked: None });
        }
    }
    let asked = tokio::task::spawn_blocking(move || {
        for shown in &mut items {
            let Receipt { id, interface, input, output, .. } = &shown.receipt;
            let recorded = Recorded { id: id.0, function: interface, input, output };
            shown.asked = Tester::show(&candidate, recorded);
        }
        items
    });
    let items = asked.await.map_err(Problem::internal)?;
    Ok(Listed { items, next_cursor: listed.next_cursor })
}
