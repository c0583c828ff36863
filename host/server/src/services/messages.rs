//! Messages: writing them, and what people do with those that cannot leave by themselves.

pub mod write;

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::views::message::MessageView;
use axum::http::StatusCode;
use sanbao_domain::ids::{MessageId, TicketId};
use sanbao_domain::message::{Means, Message, MessageState};
use sanbao_domain::text::{Language, Text};
use sanbao_store::{StoreError, message, ticket};

/// The messages on the caller's tickets and those addressed to it, newest first.
///
/// # Errors
/// The database.
pub async fn list(
    app: &App,
    caller: &Caller,
    language: Language,
    state: Option<MessageState>,
    page: Page<MessageId>,
) -> Result<Listed<MessageView>, Problem> {
    let me = caller.party.id;
    let rows = {
        let mut conn = app.store().read(me).await?;
        message::list(&mut conn, me, state, page.after, page.fetch()).await?
    };
    Ok(page.list(rows, |message| message.id, |message| MessageView::new(message, me, language)))
}

/// The messages of one ticket, in the order in which they were written.
///
/// # Errors
/// 404 where it does not concern the caller.
pub async fn of_ticket(
    app: &App,
    caller: &Caller,
    language: Language,
    id: TicketId,
    page: Page<MessageId>,
) -> Result<Listed<MessageView>, Problem> {
    let me = caller.party.id;
    let rows = {
        let mut conn = app.store().read(me).await?;
        ticket::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
        message::of_ticket(&mut conn, me, id, page.after, page.fetch()).await?
    };
    Ok(page.list(rows, |message| message.id, |message| MessageView::new(message, me, language)))
}

/// Sends a message again that was held, failed or is waiting, perhaps to another address.
///
/// # Errors
/// 404 for a message that does not concern the caller, 409 for one that was sent or done, 422 for an address
/// that cannot be.
pub async fn retry(
    app: &App,
    caller: &Caller,
    language: Language,
    id: MessageId,
    once: &Once,
    address: Option<String>,
) -> Answer {
    let read = found(app, caller, id).await?;
    if matches!(read.state, MessageState::Sent | MessageState::Done) {
        return Err(settled());
    }
    let mut next = read.clone();
    if let Some(address) = address {
        if next.means == Means::Webhook || next.addressee.party().is_some() {
            return Err(Problem::invalid().error(
                "address",
                Text::new("主体的地址不在这里填写", "a party's address is not given here"),
                Text::new(
                    "用 PUT /v1/parties/{party}/contact 或 /webhook 设置。",
                    "Set it with PUT /v1/parties/{party}/contact or /webhook.",
                ),
            ));
        }
        if next.means == Means::Email {
            super::contacts::check_email("address", &address)?;
        }
        next.address = Some(address);
    } else if next.address.is_none() {
        write::address_again(app, &mut next).await?;
    }
    next.dispatch(app.now(), write::no_address());
    settle(app, caller, language, once, read, next).await
}

/// A person carried a message: called, said it, posted the goods.
///
/// # Errors
/// 404 for a message that does not concern the caller, 409 for one that was sent or done.
pub async fn done(
    app: &App,
    caller: &Caller,
    language: Language,
    id: MessageId,
    once: &Once,
    remark: Option<String>,
) -> Answer {
    let read = found(app, caller, id).await?;
    if matches!(read.state, MessageState::Sent | MessageState::Done) {
        return Err(settled());
    }
    let mut next = read.clone();
    next.next_attempt_at = None;
    next.done(&caller.name, remark, app.now());
    settle(app, caller, language, once, read, next).await
}

async fn found(app: &App, caller: &Caller, id: MessageId) -> Result<Message, Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    message::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)
}

async fn settle(
    app: &App,
    caller: &Caller,
    language: Language,
    once: &Once,
    read: Message,
    next: Message,
) -> Answer {
    let me = caller.party.id;
    let reply = Reply::ok(&MessageView::new(next.clone(), me, language))?.language(language);
    once.commit(app, me, reply, move |conn| {
        Box::pin(async move {
            if message::settle(conn, &read, &next).await? { Ok(()) } else { Err(StoreError::Stale) }
        })
    })
    .await
}

fn settled() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "message-settled",
        Text::new("消息已送出或已完成", "The message was sent or done already"),
    )
    .fix(Text::new("无需再处理。", "Nothing is left to do with it."))
}
