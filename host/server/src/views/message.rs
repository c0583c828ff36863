//! A message, as one party may see it.

use sanbao_domain::ids::{ClaimId, MessageId, PartyId, TicketId};
use sanbao_domain::message::{Addressee, Means, Message, MessageState};
use sanbao_domain::text::Language;
use sanbao_domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// One message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Its id; it travels with it.
    #[schema(value_type = String, format = Uuid)]
    pub id: MessageId,
    /// The ticket; absent where it is about one of your policies.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub ticket: Option<TicketId>,
    /// The claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub claim: Option<ClaimId>,
    /// What it tells of: the policy's id of the notice, or superior-told, post-goods, deadline-missed,
    /// policy-returned, policy-failing.
    #[schema(example = "collect")]
    pub about: String,
    /// `to` is customer, with a name, or party, with its id and perhaps a role.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub addressee: Addressee,
    /// email, webhook, phone, in-person or post.
    #[schema(value_type = String, example = "email")]
    pub means: Means,
    /// Where to; another party's own address is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// zh or en.
    #[schema(value_type = String)]
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
    /// Rules behind it.
    pub rules: Vec<String>,
    /// queued, sent, failed, held, to-do or done.
    #[schema(value_type = String, example = "sent")]
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_attempt_at: Option<Timestamp>,
    /// Why it is held or failed, or what went wrong the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was sent or done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub settled_at: Option<Timestamp>,
    /// What the person who carried it remarks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Who carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_by: Option<String>,
}

impl MessageView {
    /// Shows a message to a party.
    pub fn new(message: Message, viewer: PartyId, language: Language) -> Self {
        let hidden = message.addressee.party().is_some_and(|party| party != viewer);
        Self {
            id: message.id,
            ticket: message.ticket,
            claim: message.claim,
            about: message.about,
            addressee: message.addressee,
            means: message.means,
            address: message.address.filter(|_| !hidden),
            language: message.language,
            subject: message.subject,
            body: message.body,
            rules: message.rules,
            state: message.state,
            attempts: message.attempts,
            next_attempt_at: message.next_attempt_at,
            reason: message.reason.map(|reason| reason.get(language).to_owned()),
            created_at: message.created_at,
            settled_at: message.settled_at,
            remark: message.remark,
            done_by: message.done_by,
        }
    }
}
