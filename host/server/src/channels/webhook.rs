//! A party's own program: the message as JSON, signed with a secret that both sides know.
//!
//! `Sanbao-Signature: v1=HEX` is HMAC-SHA-256 over `TIMESTAMP.BODY`, where `TIMESTAMP` is the header
//! `Sanbao-Timestamp` in seconds. `Sanbao-Message` is the same for every attempt. Addresses inside the host's
//! own network are not called, whatever a name resolves to.

use super::{Channel, Letter, NotSent};
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use sanbao_domain::message::Message;
use sanbao_domain::text::{Language, Text};
use sanbao_domain::time::Timestamp;
use serde::Serialize;
use sha2::Sha256;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Header with the message's id.
pub const MESSAGE: &str = "sanbao-message";
/// Header with the time of the attempt, in seconds since 1970.
pub const TIMESTAMP: &str = "sanbao-timestamp";
/// Header with the signature.
pub const SIGNATURE: &str = "sanbao-signature";
/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a program gets.
#[derive(Debug, Serialize)]
struct Body<'m> {
    id: sanbao_domain::ids::MessageId,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<sanbao_domain::ids::TicketId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<sanbao_domain::ids::ClaimId>,
    about: &'m str,
    #[serde(flatten)]
    to: &'m sanbao_domain::message::Addressee,
    language: Language,
    subject: &'m str,
    body: &'m str,
    rules: &'m [String],
    created_at: Timestamp,
}

/// Calls programs.
pub struct Webhooks {
    client: OnceLock<Client>,
    loopback: bool,
}

impl Webhooks {
    /// `loopback` lets programs on this machine be called, without TLS: for development.
    pub fn new(loopback: bool) -> Self {
        Self { client: OnceLock::new(), loopback }
    }

    /// The client, made when it is needed first: most hosts call nobody.
    fn client(&self) -> Result<&Client, NotSent> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let made = Client::builder()
            .timeout(PATIENCE)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(PublicOnly { loopback: self.loopback }))
            .build()
            .map_err(|error| NotSent::Later(error.to_string()))?;
        Ok(self.client.get_or_init(|| made))
    }
}

impl Channel for Webhooks {
    fn send<'l>(&'l self, letter: Letter<'l>) -> BoxFuture<'l, Result<(), NotSent>> {
        Box::pin(async move {
            let url = allowed(letter.address, self.loopback).map_err(|why| NotSent::Never(why.en))?;
            let body = serde_json::to_vec(&Body::of(letter.message))
                .map_err(|error| NotSent::Never(error.to_string()))?;
            let seconds = letter.at.as_second().to_string();
            let signature = sign(letter.secret.unwrap_or_default(), &seconds, &body);
            let answer = self
                .client()?
                .post(url)
                .header("content-type", "application/json")
                .header(MESSAGE, letter.message.id.to_string())
                .header(TIMESTAMP, &seconds)
                .header(SIGNATURE, format!("v1={signature}"))
                .body(body)
                .send()
                .await
                // The address may hold a token of its own: it is not repeated.
                .map_err(|error| NotSent::Later(error.without_url().to_string()))?;
            let status = answer.status();
            if status.is_success() {
                Ok(())
            } else {
                Err(NotSent::Later(format!("the program answered {status}")))
            }
        })
    }
}

impl<'m> Body<'m> {
    fn of(message: &'m Message) -> Self {
        Self {
            id: message.id,
            ticket: message.ticket,
            claim: message.claim,
            about: &message.about,
            to: &message.addressee,
            language: message.language,
            subject: &message.subject,
            body: &message.body,
            rules: &message.rules,
            created_at: message.created_at,
        }
    }
}

/// HMAC-SHA-256 over `timestamp.body`, in hex.
pub fn sign(secret: &str, timestamp: &str, body: &[u8]) -> String {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

/// The address, where the host may call it.
///
/// # Errors
/// Why it may not.
pub fn allowed(address: &str, loopback: bool) -> Result<Url, Text> {
    let url = Url::parse(address).map_err(|_| Text::new("不是网址", "this is not an address"))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(Text::new("网址不得带用户名、密码或片段", "it carries a user, a password or a fragment"));
    }
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let here = host == "localhost" || literal.is_some_and(|address| address.is_loopback());
    if here && loopback && matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    if url.scheme() != "https" {
        return Err(Text::new("必须是 https", "it is not https"));
    }
    if here || literal.is_some_and(|address| !is_public(address)) {
        return Err(Text::new("不是公网地址", "it is not an address on the public network"));
    }
    Ok(url)
}

/// Resolves names to public addresses only: a name that leads into the host's own network leads nowhere.
struct PublicOnly {
    loopback: bool,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found
                .filter(|found| is_public(found.ip()) || (loopback && found.ip().is_loopback()))
                .collect();
            if public.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether anybody on the internet could own this address.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // 2000::/3 is all that is given out; 2001:db8::/32 is for books, 2002::/16 and 2001::/32 lead elsewhere.
    let [first, second, ..] = address.segments();
    (0x2000..0x4000).contains(&first)
        && first != 0x2002
        && !(first == 0x2001 && (second == 0x0db8 || second == 0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_over_tls_are_called() {
        for url in ["https://erp.example/hook?k=1", "https://8.8.8.8/", "https://[2606:4700::1]/"] {
            assert!(allowed(url, false).is_ok(), "{url}");
        }
        for url in [
            "http://erp.example/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://[::1]/",
            "https://10.1.2.3/",
            "https://169.254.169.254/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "https://0.0.0.0/",
            "https://0x7f.1/",
            "https://u:p@erp.example/",
            "ftp://erp.example/",
            "erp.example",
            "",
        ] {
            assert!(allowed(url, false).is_err(), "{url}");
        }
        assert!(allowed("http://127.0.0.1:9/hook", true).is_ok());
        assert!(allowed("http://10.0.0.1/hook", true).is_err(), "this machine, not its network");
    }

    #[test]
    fn the_signature_is_hmac_sha_256() {
        // RFC 4231, test case 2: the data is cut at the first full stop of ours.
        let whole = sign("Jefe", "what do ya want for nothing?", b"");
        assert_ne!(whole, sign("Jefe", "what do ya want for nothing", b"?"));
        // Made with: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        assert_eq!(
            sign("secret", "1700000000", br#"{"a":1}"#),
            "49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686"
        );
    }
}
