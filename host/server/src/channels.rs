//! How messages leave the host: e-mail, a party's own program, and a folder for development. Each channel
//! takes a letter and says what became of it; when to try again is the outbox's affair.

pub mod file;
pub mod smtp;
pub mod templates;
pub mod webhook;

use crate::config::Outbox;
use futures::future::BoxFuture;
use sanbao_domain::message::Message;
use sanbao_domain::time::Timestamp;
use std::sync::Arc;

/// A message on its way to an address.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'m> {
    /// What it says.
    pub message: &'m Message,
    /// Where to.
    pub address: &'m str,
    /// Known to the recipient too; signs the letter where the channel can.
    pub secret: Option<&'m str>,
    /// The time by the host's clock.
    pub at: Timestamp,
}

/// A letter did not reach its recipient.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// It may go better later.
    #[error("{0}")]
    Later(String),
    /// It will never go like this.
    #[error("{0}")]
    Never(String),
}

/// A way for letters to leave.
pub trait Channel: Send + Sync {
    /// Sends a letter. It may have been sent before: its id lets the recipient tell.
    fn send<'l>(&'l self, letter: Letter<'l>) -> BoxFuture<'l, Result<(), NotSent>>;
}

/// The ways that this host has.
#[derive(Clone)]
pub struct Channels {
    /// E-mail; absent where the host was given neither a server nor a folder.
    pub mail: Option<Arc<dyn Channel>>,
    /// Parties' programs.
    pub webhook: Arc<dyn Channel>,
}

/// The outbox is set up wrongly.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// Not an address of a mail server.
    #[error("{url:?} is not an address of a mail server: {why}")]
    Server {
        /// The address, without its password.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// Not an e-mail address.
    #[error("{0:?} is not an e-mail address to send from")]
    From(String),
    /// The folder cannot be made.
    #[error("the folder {0:?} for messages cannot be made")]
    Folder(std::path::PathBuf, #[source] std::io::Error),
}

impl Channels {
    /// Sets up the ways that the configuration names. A mail server comes before a folder.
    pub fn open(config: &Outbox) -> Result<Self, ChannelError> {
        let mail: Option<Arc<dyn Channel>> = match (&config.smtp_url, &config.dir) {
            (Some(url), _) => Some(Arc::new(smtp::Smtp::open(url, &config.mail_from)?)),
            (None, Some(dir)) => Some(Arc::new(file::Folder::open(dir)?)),
            (None, None) => None,
        };
        Ok(Self { mail, webhook: Arc::new(webhook::Webhooks::new(config.loopback)) })
    }
}
