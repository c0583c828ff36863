//! A back-test as the condition of an activation: a version that changes more than was expected does not come
//! into force by mistake.

use super::request::Request;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use crate::services::activations::settings;
use axum::http::StatusCode;
use jiff::SignedDuration;
use sanbao_domain::case::Attribute;
use sanbao_domain::ids::{BackTestId, PartyId, PolicyId};
use sanbao_domain::manifest::Manifest;
use sanbao_domain::text::Text;
use sanbao_store::activation;
use sanbao_store::back_test::{self, BackTest, BackTestState};
use sanbao_store::history;
use sanbao_store::policy::Policy;
use serde::Deserialize;
use utoipa::ToSchema;

/// Days after which a back-test says too little.
const AGE: i64 = 30;
/// Decisions that came after a back-test, in percent of those that it read, from which on it says too little.
const UNSEEN: u64 = 10;

/// What an activation demands of a back-test.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BackTestDemand)]
pub struct Demand {
    /// Most decisions that may change, in percent of those asked; other words for people do not count.
    #[schema(example = 2.5)]
    pub max_changed_percent: f64,
    /// The back-test; without it, the last one of this version over the whole history, or a sample of it.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub id: Option<BackTestId>,
}

/// Refuses unless a finished back-test of this version, with these settings, meets the demand.
///
/// # Errors
/// 422 for a share that is none or a back-test that is not the party's; 409 `back-test-missing`,
/// `back-test-outdated`, `back-test-settings` or `back-test-changed-too-much`, with figures and a link.
pub async fn check(
    app: &App,
    owner: PartyId,
    version: &Policy,
    settings: &[Attribute],
    demand: &Demand,
) -> Result<(), Problem> {
    Checks::new()
        .that(
            (0.0..=100.0).contains(&demand.max_changed_percent),
            "back_test.max_changed_percent",
            Text::new("百分比超出范围", "this is no percentage"),
            Text::new("填 0 至 100。", "Give a number from 0 to 100."),
        )
        .done()?;
    let Some((job, request)) = find(app, owner, version.id, demand).await? else { return Err(missing()) };
    let link = format!("/v1/back-tests/{}", job.id);
    let untested = untested(app, owner, version, &request, settings).await?;
    if !untested.is_empty() {
        return Err(refused(
            "back-test-settings",
            Text::new("回测使用了其他设置", "The back-test was made with other settings"),
            Text::new("用同样的设置重新回测。", "Make one with the settings of this activation."),
        )
        .detail(Text::new(
            format!("与回测不同的设置：{}。", untested.join("、")),
            format!("Not as in the back-test: {}.", untested.join(", ")),
        ))
        .with("settings", &untested)
        .with("back_test", &link));
    }
    fresh(app, &job, &request, &link).await?;
    let changed = job.changed_ppm.unwrap_or(1_000_000);
    if changed as f64 > demand.max_changed_percent * 10_000.0 {
        let (is, most) = (changed as f64 / 10_000.0, demand.max_changed_percent);
        return Err(refused(
            "back-test-changed-too-much",
            Text::new("回测显示变化过大", "More decisions change than the activation allows"),
            Text::new(
                "查看回测中的例子，修改政策，或放宽上限。",
                "Look at the back-test's examples; mend the policy or raise the limit.",
            ),
        )
        .detail(Text::new(
            format!("{is:.2}% 的决定发生变化，上限为 {most}%。"),
            format!("{is:.2} % of the decisions change; {most} % are allowed."),
        ))
        .with("changed_percent", is)
        .with("max_changed_percent", most)
        .with("back_test", &link));
    }
    Ok(())
}

/// The settings of an activation that are not as in a back-test: neither as it was asked to try them, nor as they
/// are in force now, which is how most of the history was decided.
async fn untested(
    app: &App,
    owner: PartyId,
    version: &Policy,
    request: &Request,
    intended: &[Attribute],
) -> Result<Vec<String>, Problem> {
    let in_force = {
        let mut conn = app.store().read(owner).await?;
        activation::judging(&mut conn, owner, app.now()).await?
    };
    let in_force = in_force.map(|found| settings(&found.settings)).transpose()?.unwrap_or_default();
    let manifest: Manifest = serde_json::from_str(&version.manifest)?;
    let named = |list: &[Attribute], name: &str| {
        list.iter().find(|one| one.name == name).map(|one| one.value.clone())
    };
    let tested = |name: &str| {
        let asked = request.settings.as_deref().and_then(|asked| named(asked, name));
        asked.or_else(|| named(&in_force, name)).or_else(|| {
            manifest.settings.iter().find(|one| one.name == name).and_then(|one| one.default.clone())
        })
    };
    let other = intended.iter().filter(|one| tested(&one.name).as_ref() != Some(&one.value));
    Ok(other.map(|one| one.name.clone()).collect())
}

async fn find(
    app: &App,
    owner: PartyId,
    policy: PolicyId,
    demand: &Demand,
) -> Result<Option<(BackTest, Request)>, Problem> {
    let mut conn = app.store().read(owner).await?;
    let jobs = match demand.id {
        Some(id) => {
            let job = back_test::find(&mut conn, owner, id).await?.filter(|job| job.policy == policy);
            let job = job.ok_or_else(|| {
                Problem::invalid().error(
                    "back_test.id",
                    Text::new("没有该版本的此次回测", "there is no such back-test of this version"),
                    Text::new(
                        "填此版本的回测编号，或省略。",
                        "Name a back-test of this version, or leave it out.",
                    ),
                )
            })?;
            vec![job]
        }
        None => back_test::finished(&mut conn, owner, policy, 20).await?,
    };
    for job in jobs.into_iter().filter(|job| job.state == BackTestState::Finished) {
        let request: Request = serde_json::from_str(&job.request)?;
        if demand.id.is_some() || request.is_whole() {
            return Ok(Some((job, request)));
        }
    }
    Ok(None)
}

/// Refuses a back-test that is old, or since which much was decided.
async fn fresh(app: &App, job: &BackTest, request: &Request, link: &str) -> Result<(), Problem> {
    let outdated = |why: Text| {
        refused(
            "back-test-outdated",
            Text::new("回测已过时", "The back-test is out of date"),
            Text::new("重新回测后再启用。", "Make another one, and activate then."),
        )
        .detail(why)
        .with("back_test", link)
    };
    let age = app.now().duration_since(job.created_at);
    if age > SignedDuration::from_hours(24 * AGE) {
        return Err(outdated(Text::new(
            format!("它是 {AGE} 天以前提交的。"),
            format!("It was asked for more than {AGE} days ago."),
        )));
    }
    let most = job.total.unwrap_or_default() * UNSEEN / 100 + UNSEEN;
    let mut unseen = 0;
    for function in &request.functions {
        let mut conn = app.store().read(job.party).await?;
        unseen += history::since(&mut conn, job.party, function, job.id.0, most + 1).await?;
    }
    if unseen > most {
        return Err(outdated(Text::new(
            format!("此后又作出了至少 {unseen} 个决定，超过其历史的 {UNSEEN}%。"),
            format!("At least {unseen} decisions came after it, more than {UNSEEN} % of its history."),
        )));
    }
    Ok(())
}

fn missing() -> Problem {
    refused(
        "back-test-missing",
        Text::new("没有此版本已完成的回测", "There is no finished back-test of this version"),
        Text::new(
            "先以 POST /v1/back-tests 对全部历史（或其抽样）回测。",
            "Make one first with POST /v1/back-tests, over the whole history or a sample of it.",
        ),
    )
}

fn refused(code: &'static str, title: Text, fix: Text) -> Problem {
    Problem::new(StatusCode::CONFLICT, code, title).field("back_test").fix(fix)
}
