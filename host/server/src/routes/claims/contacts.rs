//! `…/contacts/…`: calls, letters, messages and visits in the order of their time, with what was answered
//! (BUS-37…40; ZZC-05, 07, 08; CTL-14).

use super::steps::steps;
use crate::app::App;
use crate::http::check::Checks;
use crate::http::problem::Problem;
use sanbao_domain::case::Channel;
use sanbao_domain::claim::contacts::{Command, Direction, Note, Tone};
use sanbao_domain::claim::procedure;
use sanbao_domain::ids::ContactId;
use sanbao_domain::time::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(record)).routes(routes!(clarify)).routes(routes!(reply))
}

/// A call, a letter, a message or a visit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecordContact {
    /// incoming or outgoing.
    #[schema(value_type = String, example = "incoming")]
    direction: Direction,
    /// phone, written (letter, fax, e-mail), message, in-person, on-site or post.
    #[schema(value_type = String, example = "phone")]
    channel: Channel,
    /// When it took place; now when nothing is said.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Whom to ask for; needed where it is unresolved (ZZC-07).
    person: Option<String>,
    /// Telephone number; needed where it is unresolved (ZZC-07).
    phone: Option<String>,
    /// What was said.
    words: String,
    /// neutral, praise, complaint or suggestion; neutral when nothing is said (CTL-13).
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "neutral")]
    tone: Tone,
    /// What is meant must be made clear before it is answered (BUS-39).
    #[serde(default)]
    unclear: bool,
    /// It cannot be solved at once: a reply is owed (ZZC-07).
    #[serde(default)]
    unresolved: bool,
    /// What was answered on the spot.
    answer: Option<String>,
}

/// What an unclear contact means.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClarifyContact {
    /// Id of the contact.
    #[schema(value_type = String, format = Uuid)]
    contact: ContactId,
    /// What is meant.
    words: String,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyToContact {
    /// Id of the contact.
    #[schema(value_type = String, format = Uuid)]
    contact: ContactId,
    /// phone, written, message, in-person, on-site or post.
    #[schema(value_type = String, example = "written")]
    channel: Channel,
    /// What was answered.
    words: String,
}

steps! {
    /// Takes down a call, a letter, a message or a visit, in the order of time (BUS-37).
    record "contacts/record" RecordContact => |given, app| procedure::Command::from(recorded(given, &app)?);
    /// Takes down what an unclear contact means, so that it can be answered (BUS-39).
    clarify "contacts/clarify" ClarifyContact => |given, app| {
        words(&given.words)?;
        procedure::Command::from(Command::Clarify { contact: given.contact, words: given.words })
    };
    /// Answers a contact; the reply is kept (BUS-09, 40). Where a rule demands a channel, only that one meets
    /// the deadline (BUS-08).
    reply "contacts/reply" ReplyToContact => |given, app| {
        words(&given.words)?;
        let ReplyToContact { contact, channel, words } = given;
        procedure::Command::from(Command::Reply { contact, channel, words })
    };
}

fn words(words: &str) -> Result<(), Problem> {
    Checks::new().text("words", words, 0..=5000).done()
}

fn recorded(given: RecordContact, app: &App) -> Result<Command, Problem> {
    let RecordContact { direction, channel, at, person, phone, words, tone, unclear, unresolved, answer } =
        given;
    Checks::new()
        .text("words", &words, 0..=5000)
        .optional("person", person.as_deref(), 1..=200)
        .optional("phone", phone.as_deref(), 1..=50)
        .optional("answer", answer.as_deref(), 1..=5000)
        .done()?;
    let at = at.unwrap_or_else(|| app.now());
    let id = app.id();
    let note = Note { id, direction, channel, at, person, phone, words, tone, unclear, unresolved, answer };
    Ok(Command::Record(note))
}
