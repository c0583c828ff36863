//! E-mail over SMTP.

use super::{Channel, ChannelError, Letter, NotSent};
use futures::future::BoxFuture;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::{Duration, SystemTime};

/// Longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Takes `smtps://user:password@host`, `smtp://host:587?tls=required`, or `smtp://127.0.0.1:25` without
    /// TLS, on this machine only.
    ///
    /// # Errors
    /// What is wrong with the address of the server or of the sender.
    pub fn open(url: &str, from: &str) -> Result<Self, ChannelError> {
        let from = from.parse().map_err(|_| ChannelError::From(from.to_owned()))?;
        let refused = |why: String| ChannelError::Server { url: without_password(url), why };
        let plain = url.starts_with("smtp://") && !url.contains("tls=required");
        if plain && !is_loopback(url) {
            return Err(refused(
                "without TLS only this machine: write smtps://… or ?tls=required".to_owned(),
            ));
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| refused(error.to_string()))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { server, from })
    }

    fn written(&self, letter: Letter<'_>) -> Result<Message, NotSent> {
        let never = |error: &dyn std::fmt::Display| NotSent::Never(error.to_string());
        let message = letter.message;
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(letter.address.parse().map_err(|error| never(&error))?)
            .date(SystemTime::from(letter.at))
            // The same for every attempt, so that a server or a reader can tell a second copy.
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .subject(message.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())
            .map_err(|error| never(&error))
    }
}

impl Channel for Smtp {
    fn send<'l>(&'l self, letter: Letter<'l>) -> BoxFuture<'l, Result<(), NotSent>> {
        Box::pin(async move {
            let mail = self.written(letter)?;
            match self.server.send(mail).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(NotSent::Never(error.to_string())),
                Err(error) => Err(NotSent::Later(error.to_string())),
            }
        })
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(end)) if start + 3 <= end => format!("{}…{}", &url[..start + 3], &url[end..]),
        _ => url.to_owned(),
    }
}

fn is_loopback(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn without_tls_only_this_machine() {
        for url in ["smtps://u:p@mail.example", "smtp://mail.example:587?tls=required", "smtp://127.0.0.1:25"]
        {
            assert!(Smtp::open(url, "after-sales@example.com").is_ok(), "{url}");
        }
        for url in ["smtp://mail.example", "smtp://mail.example:25?tls=opportunistic", "http://127.0.0.1", ""]
        {
            assert!(Smtp::open(url, "after-sales@example.com").is_err(), "{url}");
        }
        assert!(matches!(Smtp::open("smtps://mail.example", "nobody"), Err(ChannelError::From(_))));
        let refused =
            Smtp::open("smtp://user:secret@mail.example", "a@example.com").err().unwrap().to_string();
        assert!(!refused.contains("secret"), "{refused}");
    }
}
