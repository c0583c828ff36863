//! The customer's signature. One that is asked for before the service has ended is refused, and that it was
//! asked for goes into the journal, where findings can cite it (BUS-13).

use super::body::SignJob;
use super::{checked, taken};
use crate::app::App;
use crate::http::auth::{Caller, May, TicketsWrite};
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::ids::{Ids, IfMatch};
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::post::Post;
use crate::http::problem::Problem;
use crate::http::reply::Answer;
use crate::services::tickets::command;
use crate::views::ticket::TicketView;
use axum::extract::State;
use sanbao_domain::claim::jobs::Step;
use sanbao_domain::ids::{ClaimId, JobId, TicketId};
use sanbao_domain::text::Language;

/// The code of the refusal.
const TOO_EARLY: &str = "signature-before-end";

/// The customer signs the report: once the service has ended, and never again (BUS-12…14).
#[utoipa::path(
    post,
    path = "/v1/tickets/{ticket}/claims/{claim}/jobs/sign",
    tag = "procedures",
    params(
        ("ticket" = String, Path, format = Uuid, description = "Id of the ticket"),
        ("claim" = String, Path, format = Uuid, description = "Id of the claim"),
    ),
    request_body = SignJob,
    responses((status = 200, description = "The ticket after the command", body = TicketView), Problems)
)]
pub(super) async fn sign(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(ids): Ids<(TicketId, ClaimId)>,
    lang: Lang,
    if_match: IfMatch,
    post: Post<SignJob>,
) -> Answer {
    let SignJob { job, by, comment, hash } = post.body;
    checked(&[("by", &by)])?;
    Checks::new()
        .optional("comment", comment.as_deref(), 0..=5000)
        .optional("hash", hash.as_deref(), 64..=64)
        .done()?;
    let order = taken(job, Step::Sign { by, comment, hash });
    match command::give(&app, &caller, lang.0, ids, if_match, &post.once, order).await {
        Err(problem) if problem.code() == TOO_EARLY => {
            Err(noted(&app, &caller, lang.0, ids, job, problem).await)
        }
        answer => answer,
    }
}

/// Takes the attempt down; where the service has ended in the very moment, there is nothing to take down.
async fn noted(
    app: &App,
    caller: &Caller,
    language: Language,
    ids: (TicketId, ClaimId),
    job: Option<JobId>,
    refusal: Problem,
) -> Problem {
    let note = taken(job, Step::NoteEarlySignature);
    match command::give(app, caller, language, ids, IfMatch(None), &Once::keyless(), note).await {
        Err(fault) if fault.status().is_server_error() => fault,
        _ => refusal,
    }
}
