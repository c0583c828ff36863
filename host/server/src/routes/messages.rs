//! `/v1/messages` and `/v1/tickets/{ticket}/messages`: what went out, waits, or is for a person to carry.

use crate::app::App;
use crate::http::auth::{May, TicketsRead, TicketsWrite};
use crate::http::check::Checks;
use crate::http::ids::Ids;
use crate::http::language::Lang;
use crate::http::openapi::Problems;
use crate::http::page::{Listed, Page, PageParams, Params};
use crate::http::post::Post;
use crate::http::reply::{Answer, Reply};
use crate::services::messages;
use crate::views::message::MessageView;
use axum::extract::State;
use sanbao_domain::ids::{MessageId, TicketId};
use sanbao_domain::message::MessageState;
use sanbao_domain::text::Text;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_messages))
        .routes(routes!(ticket_messages))
        .routes(routes!(retry_message))
        .routes(routes!(message_done))
}

/// Which messages to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListMessages {
    /// queued, sent, failed, held, to-do or done.
    state: Option<String>,
    /// Items on a page, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The messages of the tickets that you handle, and those addressed to you; newest first. `state=to-do` is
/// the list of what people must carry.
#[utoipa::path(get, path = "/v1/messages", tag = "messages", params(ListMessages),
    responses((status = 200, description = "A page", body = Listed<MessageView>), Problems))]
async fn list_messages(
    State(app): State<App>,
    caller: May<TicketsRead>,
    lang: Lang,
    Params(query): Params<ListMessages>,
) -> Answer {
    let page = Page::new(query.limit, query.cursor.as_deref())?;
    let words = MessageState::ALL.map(MessageState::as_str);
    let state = query.state.as_deref().map(|word| words.iter().position(|known| *known == word));
    Checks::new()
        .that(
            state != Some(None),
            "state",
            Text::new("没有这种状态", "there is no such state"),
            Text::new(
                format!("从中选一：{}。", words.join("、")),
                format!("Give one of {}.", words.join(", ")),
            ),
        )
        .done()?;
    let state = state.flatten().and_then(|index| MessageState::ALL.get(index).copied());
    Ok(Reply::ok(&messages::list(&app, &caller, lang.0, state, page).await?)?.language(lang.0))
}

/// The messages of one ticket, in the order in which they were written.
#[utoipa::path(get, path = "/v1/tickets/{ticket}/messages", tag = "messages",
    params(("ticket" = String, Path, format = Uuid, description = "Id of the ticket"), PageParams),
    responses((status = 200, description = "A page", body = Listed<MessageView>), Problems))]
async fn ticket_messages(
    State(app): State<App>,
    caller: May<TicketsRead>,
    Ids(ticket): Ids<TicketId>,
    lang: Lang,
    Params(page): Params<PageParams>,
) -> Answer {
    let listed = messages::of_ticket(&app, &caller, lang.0, ticket, page.page()?).await?;
    Ok(Reply::ok(&listed)?.language(lang.0))
}

/// Sends a message again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Retry {
    /// Where to, where the customer gave another address.
    address: Option<String>,
}

/// Sends a message again that is held, failed or waits; a held one finds its address again, or is given one.
#[utoipa::path(post, path = "/v1/messages/{message}/retry", tag = "messages", request_body = Retry,
    params(("message" = String, Path, format = Uuid, description = "Id of the message")),
    responses((status = 200, description = "How it stands", body = MessageView), Problems))]
async fn retry_message(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(id): Ids<MessageId>,
    lang: Lang,
    post: Post<Retry>,
) -> Answer {
    Checks::new().optional("address", post.body.address.as_deref(), 1..=500).done()?;
    messages::retry(&app, &caller, lang.0, id, &post.once, post.body.address).await
}

/// A person carried it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Done {
    /// What came of it.
    remark: Option<String>,
}

/// A person carried the message: called, said it, posted it.
#[utoipa::path(post, path = "/v1/messages/{message}/done", tag = "messages", request_body = Done,
    params(("message" = String, Path, format = Uuid, description = "Id of the message")),
    responses((status = 200, description = "How it stands", body = MessageView), Problems))]
async fn message_done(
    State(app): State<App>,
    caller: May<TicketsWrite>,
    Ids(id): Ids<MessageId>,
    lang: Lang,
    post: Post<Done>,
) -> Answer {
    Checks::new().optional("remark", post.body.remark.as_deref(), 1..=5000).done()?;
    messages::done(&app, &caller, lang.0, id, &post.once, post.body.remark).await
}
