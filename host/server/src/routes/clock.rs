//! `/v1/clock`: what time the host goes by, and moving it where that is allowed.

use crate::app::App;
use crate::clock::MoveError;
use crate::http::auth::{Caller, May, MoveClock};
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::schema;
use crate::services::parties::Known;
use crate::workers::{deadlines, wake};
use axum::extract::State;
use axum::http::StatusCode;
use sanbao_domain::text::Text;
use sanbao_domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(advance))
}

/// The host's clock.
#[derive(Serialize, ToSchema)]
struct ClockView {
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
    /// Whether it can be moved forward.
    movable: bool,
    /// Deadlines that were found missed after a move.
    #[serde(skip_serializing_if = "Option::is_none")]
    missed: Option<usize>,
    /// How often a claim was woken after a move, for something that waited for the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    woken: Option<usize>,
}

/// What time the host goes by.
#[utoipa::path(get, path = "/v1/clock", tag = "host",
    responses((status = 200, description = "The time.", body = ClockView), Problems))]
async fn show(State(app): State<App>, _: Caller) -> Answer {
    Reply::ok(&ClockView { now: app.now(), movable: app.clock().is_movable(), missed: None, woken: None })
}

/// Where to move the clock: `by` a span, or `to` an instant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// In the calendar of the key's party.
    #[schema(value_type = Option<schema::Span>)]
    by: Option<Span>,
    #[schema(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
}

/// Moves the clock forward, for everyone, marks the deadlines that have passed and carries out what waited
/// for the time. Only on a host that was
/// started with a movable clock. Needs `clock`.
#[utoipa::path(post, path = "/v1/clock/advance", tag = "host", request_body = Advance,
    responses((status = 200, description = "The new time.", body = ClockView), Problems))]
async fn advance(State(app): State<App>, caller: Caller, post: Post<Advance>) -> Answer {
    if !app.clock().is_movable() {
        return Err(fixed());
    }
    May::<MoveClock>::of(caller.clone())?;
    let to = match (post.body.by, post.body.to) {
        (Some(by), None) => later(&caller.party, app.now(), by)?,
        (None, Some(to)) => to,
        _ => {
            return Err(Problem::invalid().error(
                "by",
                Text::new("by 和 to 须填其一", "one of `by` and `to` is needed"),
                Text::new("只填其中一个。", "Give one of the two."),
            ));
        }
    };
    app.clock().move_to(to, app.store()).await?;
    let missed = Some(deadlines::sweep(&app).await?);
    let woken = Some(wake::sweep(&app).await?);
    Reply::ok(&ClockView { now: app.now(), movable: true, missed, woken })
}

/// The same time of the day after so many days, months … of the party's calendar.
fn later(party: &Known, now: Timestamp, by: Span) -> Result<Timestamp, Problem> {
    let bad = || {
        Problem::invalid().error(
            "by",
            Text::new("时间超出范围", "it leads beyond what the calendar knows"),
            Text::new("填更短的时间。", "Give a shorter span."),
        )
    };
    if !by.is_sane() {
        return Err(bad());
    }
    party.calendar.same_time(now, by).map_err(|_| bad())
}

impl From<MoveError> for Problem {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Fixed => fixed(),
            MoveError::Backwards { now } => Self::invalid().error(
                "to",
                Text::new("时钟只能向前", "the clock moves forward only"),
                Text::new(
                    format!("现在是 {now}，填更晚的时间。"),
                    format!("It is {now} now; choose a later time."),
                ),
            ),
            MoveError::Store(error) => error.into(),
        }
    }
}

fn fixed() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "clock-not-movable",
        Text::new("时钟不可移动", "The clock cannot be moved"),
    )
    .detail(Text::new("此主机使用机器时间。", "This host goes by the machine's clock."))
    .fix(Text::new(
        "仅以 --dev-clock 启动的主机可以移动时钟。",
        "Only a host started with --dev-clock lets it be moved.",
    ))
}
