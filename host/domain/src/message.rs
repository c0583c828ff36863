//! Messages that leave the host, or that a person must carry: each is written together with the change
//! that it tells of, and is never lost.

use crate::ids::{ClaimId, MessageId, PartyId, TicketId};
use crate::text::{Language, Text};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How a message reaches its recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// By e-mail.
    Email,
    /// To the party's own program, signed.
    Webhook,
    /// A person calls.
    Phone,
    /// A person says it, at the counter or at the customer's.
    InPerson,
    /// A person posts a letter, or the goods.
    Post,
}

impl Means {
    /// Whether a person must carry it: it waits in the list of what is to do.
    pub fn by_person(self) -> bool {
        matches!(self, Self::Phone | Self::InPerson | Self::Post)
    }
}

/// Who it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Addressee {
    /// The end customer of the ticket.
    Customer {
        /// Name.
        name: String,
    },
    /// A party of the claim.
    Party {
        /// Which.
        party: PartyId,
        /// The role in it that the rule names.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<String>,
    },
}

impl Addressee {
    /// The party, where it is one.
    pub fn party(&self) -> Option<PartyId> {
        match self {
            Self::Customer { .. } => None,
            Self::Party { party, .. } => Some(*party),
        }
    }
}

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageState {
    /// Waits to be sent, for the first time or again.
    Queued,
    /// Taken over by the recipient's server.
    Sent,
    /// Given up after many attempts, or refused for good.
    Failed,
    /// Cannot be sent as it is: an address is missing, or the means to send.
    Held,
    /// A person must carry it.
    ToDo,
    /// A person carried it.
    Done,
}

impl MessageState {
    /// Every state, as lists name them.
    pub const ALL: [Self; 6] = [Self::Queued, Self::Sent, Self::Failed, Self::Held, Self::ToDo, Self::Done];

    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::ToDo => "to-do",
            Self::Done => "done",
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id; it travels with it, so that whoever gets it twice can tell.
    pub id: MessageId,
    /// The party that handles the ticket; without one, the party that it is about.
    pub handler: PartyId,
    /// The ticket; absent where it is about a policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// The claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
    /// What it tells of: the policy's id of the notice, or the host's own word.
    pub about: String,
    /// Who it is for.
    #[serde(flatten)]
    pub addressee: Addressee,
    /// How it goes.
    pub means: Means,
    /// E-mail address, telephone number or postal address; a webhook's is looked up when it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Language that it is written in.
    pub language: Language,
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
    /// Rules behind it.
    #[serde(default)]
    pub rules: Vec<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// How it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it is queued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// Why it is held or failed, or what went wrong the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// When it was sent, or carried by a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<Timestamp>,
    /// What the person who carried it remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Name of the key of who carried it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_by: Option<String>,
}

/// Minutes until the next attempt, after so many that failed: at once, then ever more patiently.
const PATIENCE: [i64; 12] = [1, 2, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440];

impl Message {
    /// Puts it on its way: queued, or in the list of what is to do. Without an address it is held.
    pub fn dispatch(&mut self, now: Timestamp, missing: Text) {
        self.next_attempt_at = None;
        self.reason = None;
        if self.address.is_none() && self.means != Means::Webhook && self.means != Means::InPerson {
            self.state = MessageState::Held;
            self.reason = Some(missing);
        } else if self.means.by_person() {
            self.state = MessageState::ToDo;
        } else {
            self.state = MessageState::Queued;
            self.next_attempt_at = Some(now);
            self.attempts = 0;
        }
    }

    /// It was taken over.
    pub fn sent(&mut self, now: Timestamp) {
        self.state = MessageState::Sent;
        self.attempts += 1;
        self.next_attempt_at = None;
        self.reason = None;
        self.settled_at = Some(now);
    }

    /// It could not be sent now. It is tried again later, until patience ends after about three days.
    pub fn put_off(&mut self, now: Timestamp, why: Text) {
        let wait = PATIENCE.get(self.attempts as usize);
        self.attempts += 1;
        self.reason = Some(why);
        self.next_attempt_at =
            wait.and_then(|minutes| now.checked_add(jiff::SignedDuration::from_mins(*minutes)).ok());
        if self.next_attempt_at.is_none() {
            self.state = MessageState::Failed;
        }
    }

    /// It was refused for good.
    pub fn refused(&mut self, why: Text) {
        self.attempts += 1;
        self.stop(MessageState::Failed, why);
    }

    /// It cannot be sent as things are.
    pub fn hold(&mut self, why: Text) {
        self.stop(MessageState::Held, why);
    }

    /// A person carried it.
    pub fn done(&mut self, by: &str, remark: Option<String>, now: Timestamp) {
        self.state = MessageState::Done;
        self.settled_at = Some(now);
        self.done_by = Some(by.to_owned());
        self.remark = remark;
    }

    fn stop(&mut self, state: MessageState, why: Text) {
        self.state = state;
        self.next_attempt_at = None;
        self.reason = Some(why);
    }
}
