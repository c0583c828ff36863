//! A verdict on edited facts, at another time or by another version; nothing is stored.

mod base;
mod edit;

pub use base::StatedFacts;

use super::ask::{Found, Governed, Trial};
use super::policies;
use super::tickets::{facts, show::Words};
use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::views::claim::PartyName;
use crate::views::verdict::VerdictView;
use crate::views::what_if::{TriedView, WhatIfView};
use base::Base;
use sanbao_domain::case::Attribute;
use sanbao_domain::claim::{Claim, Judgement, PolicyRef};
use sanbao_domain::ids::{ActivationId, ClaimId, PolicyId, ReceiptId, TicketId};
use sanbao_domain::manifest::{plain, typed_settings};
use sanbao_domain::text::{Language, Text};
use sanbao_domain::ticket::Ticket;
use sanbao_domain::time::Timestamp;
use sanbao_policy::compare::{At, outputs};
use sanbao_policy::digest::Digest;
use sanbao_store::Scope;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// A recorded decision on coverage as the base.
    pub receipt: Option<ReceiptId>,
    /// A ticket, with `claim`, as the base.
    pub ticket: Option<TicketId>,
    /// The claim.
    pub claim: Option<ClaimId>,
    /// Facts as the base.
    pub facts: Option<StatedFacts>,
    /// What is otherwise.
    pub edit: Map<String, Json>,
    /// When.
    pub now: Option<Timestamp>,
    /// By which version of the caller's own.
    pub policy: Option<PolicyId>,
    /// With which settings of the caller's own.
    pub settings: Option<Map<String, Json>>,
    /// coverage.
    pub interface: Option<String>,
}

/// Asks, and keeps nothing.
///
/// # Errors
/// 404 for a base that does not concern the caller, 422 with every fact that cannot be.
pub async fn ask(
    app: &App,
    caller: &Caller,
    language: Language,
    question: Question,
) -> Result<WhatIfView, Problem> {
    if question.interface.as_deref().is_some_and(|interface| interface != "coverage") {
        return Err(Problem::invalid().error(
            "interface",
            Text::new("只能就保修范围提问", "only coverage can be asked about"),
            Text::new("填写 coverage，或不填。", "Write coverage, or leave it out."),
        ));
    }
    let now = question.now.unwrap_or_else(|| app.now());
    let mut checks = Checks::new();
    let Base { mut claim, respondent, before } = base::of(app, caller, &question, &mut checks, now).await?;
    edit::apply(&mut claim, &question.edit, &mut checks, &respondent, now)?;
    checks.done()?;
    let own = respondent.id == caller.party.id;
    for (field, given) in [("policy", question.policy.is_some()), ("settings", question.settings.is_some())] {
        checks.that(
            own || !given,
            field,
            Text::new(
                "只有责任方可以换用自己的版本和设置",
                "only the respondent tries its own versions and settings",
            ),
            Text::new("去掉该项。", "Leave it out."),
        );
    }
    checks.done()?;
    let found = {
        let mut conn = app.store().read(Scope::Platform).await?;
        Found::read(&mut conn, &claim, respondent.clone(), now).await?
    };
    let mut governed = found.load(app).await?;
    let mut by_activation = true;
    if own && (question.policy.is_some() || question.settings.is_some()) {
        by_activation = version(app, caller, &question, &mut governed, &mut checks).await?;
        checks.done()?;
    }
    if let Some(policy) = &governed.policy {
        let problems = policy.problems(&claim.facts.attributes);
        facts::attributes(&mut checks, if question.edit.is_empty() { "" } else { "edit." }, &problems);
        checks.done()?;
    }
    let Trial { judgement, asked } = governed.trial(app, &claim, now).await?;
    let after = output(&judgement);
    let at = At { calendar: &respondent.calendar, now: Some(respondent.calendar.moment(now)) };
    let difference = match (&before, &after) {
        (Some(before), Some(after)) => {
            let difference = outputs("coverage.decide", before, after, at).map_err(Problem::internal)?;
            let same = json!({ "changes": [], "newly": [], "no_longer": [] });
            Some(difference.map_or(Ok(same), serde_json::to_value)?)
        }
        _ => None,
    };
    let outcome = match &judgement {
        Judgement::Verdict { .. } => "verdict",
        Judgement::Failed { .. } => "failed",
        Judgement::NoPolicy { .. } => "no-policy",
    };
    let basis = governed.basis;
    claim.judgement = Some(judgement);
    let logs = asked.iter().filter(|asked| asked.owner == caller.party.id);
    let log = logs.map(|asked| serde_json::to_value(&asked.record.log)).next().transpose()?;
    Ok(WhatIfView {
        outcome,
        respondent: PartyName { id: respondent.id, name: respondent.name.clone() },
        now,
        basis,
        policy: claim.judged_by().map(|by| tried(by, by_activation)),
        verdict: verdict(app, caller, language, &claim).await?,
        difference,
        fuel: asked.iter().map(|asked| asked.record.fuel).sum(),
        log,
    })
}

fn tried(by: &PolicyRef, by_activation: bool) -> TriedView {
    TriedView {
        id: by.policy,
        name: by.name.clone(),
        version: by.version.clone(),
        digest: by.digest.clone(),
        activation: Some(by.activation).filter(|activation| by_activation && !activation.0.is_nil()),
    }
}

/// Puts the version and the settings that are to be tried in place; whether an activation is behind them.
async fn version(
    app: &App,
    caller: &Caller,
    question: &Question,
    governed: &mut Governed,
    checks: &mut Checks,
) -> Result<bool, Problem> {
    let in_force = governed
        .policy
        .as_ref()
        .map(|policy| (policy.policy().clone(), policy.component().clone(), policy.settings().to_vec()));
    let (by, policy, settings) = match (question.policy, in_force) {
        (Some(id), Some(found)) if found.0.policy == id => found,
        (Some(id), found) => {
            let row = policies::own(app, caller, id).await?;
            let policy = policies::loaded(app, &row).await?;
            let by = PolicyRef {
                policy: row.id,
                activation: ActivationId(Uuid::nil()),
                name: row.name,
                version: row.version,
                digest: Digest(row.digest).to_string(),
                basis: governed.basis,
            };
            // What the party has chosen already, as far as this version knows it.
            (by, policy, found.map(|(_, _, settings)| settings).unwrap_or_default())
        }
        (None, Some(found)) => found,
        (None, None) => return Ok(true),
    };
    let declared = &policy.manifest().settings;
    let known = settings.iter().filter(|setting| declared.iter().any(|known| known.name == setting.name));
    let mut given: Map<String, Json> =
        known.map(|setting| (setting.name.clone(), plain(&setting.value))).collect();
    given.extend(question.settings.clone().unwrap_or_default());
    let settings: Vec<Attribute> = match typed_settings(declared, &given) {
        Ok(settings) => settings,
        Err(problems) => {
            facts::attributes(checks, "", &problems);
            Vec::new()
        }
    };
    let by_activation = !by.activation.0.is_nil() && question.settings.is_none();
    governed.try_version(caller.party.id, by, policy, settings);
    Ok(by_activation)
}

/// The judgement as a receipt would hold it.
fn output(judgement: &Judgement) -> Option<String> {
    match judgement {
        Judgement::Verdict { verdict, .. } => Some(json!({ "answer": verdict }).to_string()),
        Judgement::Failed { failure, .. } => Some(json!({ "failure": failure }).to_string()),
        Judgement::NoPolicy { .. } => None,
    }
}

async fn verdict(
    app: &App,
    caller: &Caller,
    language: Language,
    claim: &Claim,
) -> Result<VerdictView, Problem> {
    // The words are gathered for a ticket; this one is nobody's.
    let ticket = Ticket {
        id: app.id(),
        number: 0,
        reference: None,
        handler: claim.handler,
        unit: None,
        customer: None,
        opened_at: app.now(),
        claims: vec![claim.clone()],
    };
    let words = Words::gather(app, &[&ticket]).await?;
    let actor = caller.actor();
    let book = words.lens(&actor, language).book(claim);
    let mut view = VerdictView::new(claim, &book);
    view.receipt = None;
    view.policy = None;
    if let Some(beside) = &mut view.beside {
        beside.receipt = None;
    }
    Ok(view)
}
