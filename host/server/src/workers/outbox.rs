//! Sends the messages that are queued. Any number of hosts may run this at once: the database hands each
//! message to one of them. A host that dies after sending and before it can say so sends a second copy with
//! the same id; none is lost.

use crate::app::App;
use crate::channels::{Letter, NotSent};
use crate::http::problem::Problem;
use futures::StreamExt;
use sanbao_domain::message::{Means, Message, MessageState};
use sanbao_domain::text::Text;
use sanbao_store::{Scope, StoreError, contact, message};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often to look.
const EVERY: Duration = Duration::from_secs(1);
/// Messages taken at a time, and sent at the same time.
const BATCH: u32 = 16;
/// How long a message belongs to the worker that took it: longer than a channel is patient.
const LEASE: jiff::SignedDuration = jiff::SignedDuration::from_secs(90);

/// Looks every second until told to stop.
pub async fn run(app: App, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_some() {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "could not send the messages that are queued");
        }
    }
}

/// Tries every message that is due and in nobody's hands; how many were sent.
///
/// # Errors
/// The database.
pub async fn sweep(app: &App) -> Result<usize, Problem> {
    Ok(round(app).await?)
}

async fn round(app: &App) -> Result<usize, StoreError> {
    // Whoever asks for a sweep finds, when it ends, that one which had begun before has ended too.
    let _turn = app.delivering().lock().await;
    let mut sent = 0;
    loop {
        let now = app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        let due = app
            .store()
            .write_again(3, Scope::Platform, move |conn| {
                Box::pin(message::claim_due(conn, now, until, BATCH))
            })
            .await?;
        let taken = due.len();
        let mut tried =
            futures::stream::iter(due).map(|message| attempt(app, message)).buffer_unordered(BATCH as usize);
        while let Some(outcome) = tried.next().await {
            sent += usize::from(outcome?);
        }
        if taken < BATCH as usize {
            return Ok(sent);
        }
    }
}

/// Tries to send one message and keeps what came of it; whether it was sent.
async fn attempt(app: &App, read: Message) -> Result<bool, StoreError> {
    let mut message = read.clone();
    let outcome = send(app, &read).await?;
    let now = app.now();
    match outcome {
        Ok(()) => message.sent(now),
        Err(Unsent::Later(why)) => {
            tracing::info!(message = %read.id, attempts = read.attempts + 1, why, "a message was not sent");
            message.put_off(now, Text::new(format!("发送失败：{why}"), why));
        }
        Err(Unsent::Never(why)) => {
            tracing::warn!(message = %read.id, why, "a message was refused");
            message.refused(Text::new(format!("对方拒收：{why}"), why));
        }
        Err(Unsent::Held(why)) => message.hold(why),
    }
    let sent = message.state == MessageState::Sent;
    let id = read.id;
    let kept = app
        .store()
        .write_again(3, Scope::Platform, move |conn| {
            let (read, message) = (read.clone(), message.clone());
            Box::pin(async move { message::settle(conn, &read, &message).await })
        })
        .await?;
    if !kept {
        tracing::info!(message = %id, "somebody else changed a message while it was sent");
    }
    Ok(sent)
}

enum Unsent {
    Later(String),
    Never(String),
    Held(Text),
}

impl From<NotSent> for Unsent {
    fn from(error: NotSent) -> Self {
        match error {
            NotSent::Later(why) => Self::Later(why),
            NotSent::Never(why) => Self::Never(why),
        }
    }
}

async fn send(app: &App, message: &Message) -> Result<Result<(), Unsent>, StoreError> {
    let at = app.now();
    Ok(match (message.means, &message.address, message.addressee.party()) {
        (Means::Email, Some(address), _) => match &app.channels().mail {
            Some(mail) => {
                mail.send(Letter { message, address, secret: None, at }).await.map_err(Unsent::from)
            }
            None => Err(Unsent::Held(Text::new(
                "此主机未设置邮件服务器（--smtp-url）",
                "this host was given no mail server (--smtp-url)",
            ))),
        },
        (Means::Webhook, _, Some(party)) => {
            let contact = {
                let mut conn = app.store().read(Scope::Platform).await?;
                contact::find(&mut conn, party).await?
            };
            match contact.webhook {
                Some(program) => {
                    let letter = Letter { message, address: &program.url, secret: Some(&program.secret), at };
                    app.channels().webhook.send(letter).await.map_err(Unsent::from)
                }
                None => Err(Unsent::Held(Text::new(
                    "该主体已取消 webhook",
                    "the party's program no longer listens: it set no webhook",
                ))),
            }
        }
        _ => Err(Unsent::Held(crate::services::messages::write::no_address())),
    })
}
