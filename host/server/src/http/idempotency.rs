//! `Idempotency-Key`: the same request again gets the same answer, and nothing happens twice.
//!
//! The answer is kept in the transaction of the change itself. A second request with the key is answered
//! from there; while the first still runs in this host, it is refused (409); where two hosts run both, the
//! key's uniqueness lets one transaction through and the other host replays its answer.

use super::auth::Caller;
use super::problem::Problem;
use super::reply::{Answer, Reply};
use super::secret::Salt;
use crate::app::App;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use futures::future::BoxFuture;
use sanbao_domain::ids::PartyId;
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_store::{Conn, Scope, StoreError, idempotency};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The header that names a request.
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// Set on an answer that was kept.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key.
const LONGEST: usize = 200;

/// One request that must happen once at most. Without a key it does nothing.
#[derive(Debug)]
pub struct Once(Option<Keyed>);

#[derive(Debug)]
struct Keyed {
    caller: Caller,
    key: String,
    operation: String,
    request_hash: [u8; 32],
    /// Held until the handler ends.
    _slot: Slot,
}

/// The keys whose first request still runs in this host.
#[derive(Clone, Debug, Default)]
pub struct Running(Arc<Mutex<HashSet<(PartyId, String)>>>);

#[derive(Debug)]
struct Slot {
    running: Running,
    held: (PartyId, String),
}

impl Running {
    fn begin(&self, party: PartyId, key: &str) -> Option<Slot> {
        let held = (party, key.to_owned());
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(held.clone()).then(|| Slot { running: self.clone(), held })
    }

    pub(crate) fn has(&self, party: PartyId, key: &str) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.contains(&(party, key.to_owned()))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut running = self.running.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.held);
    }
}

/// Whether the request is new.
pub(super) enum Begun {
    /// Carry it out.
    New(Once),
    /// It was carried out; this is its answer.
    Done(Reply),
}

/// Looks at the key of a request before anything is done.
pub(super) async fn begin(
    app: &App,
    caller: Caller,
    key: Option<&HeaderValue>,
    (method, uri): (&Method, &Uri),
    (body, signature): (&[u8], &[u8]),
) -> Result<Begun, Problem> {
    let Some(key) = key else { return Ok(Begun::New(Once(None))) };
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=LONGEST).contains(&key.len()))
        .ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "idempotency-key",
                Text::new("Idempotency-Key 无效", "The Idempotency-Key is not usable"),
            )
            .fix(Text::new("用 1 至 200 个可见的 ASCII 字符。", "Use 1 to 200 visible ASCII characters."))
        })?
        .to_owned();
    let slot = app.running().begin(caller.party.id, &key).ok_or_else(in_flight)?;
    let operation = format!("{method} {}", uri.path());
    let mut hash = Sha256::new();
    for part in [operation.as_bytes(), uri.query().unwrap_or_default().as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.update(body);
    hash.update(signature);
    let keyed = Keyed { caller, key, operation, request_hash: hash.finalize().into(), _slot: slot };
    match keyed.find(app).await? {
        Some(kept) => keyed.replay(kept).map(Begun::Done),
        None => Ok(Begun::New(Once(Some(keyed)))),
    }
}

impl Once {
    /// A change that has no key, such as one that the host makes beside the request.
    pub fn keyless() -> Self {
        Self(None)
    }

    /// The row that keeps `reply` for a replay: put it into the same transaction as the change.
    pub fn record(&self, reply: &Reply, now: Timestamp) -> Option<idempotency::Answer> {
        let keyed = self.0.as_ref()?;
        let mut body = reply.body.to_vec();
        let mut sealed = None;
        if let Some((secret, salt)) = &reply.sealed
            && let Some(at) = find(&body, secret.digits().as_bytes())
        {
            body[at..at + secret.digits().len()].fill(b'*');
            sealed = Some(Sealed { at, salt: salt.to_hex(), key: keyed.caller.key.0.to_string() });
        }
        let headers = reply
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let kept = Kept { headers: headers.collect(), sealed };
        Some(idempotency::Answer {
            party: keyed.caller.party.id,
            key: keyed.key.clone(),
            operation: keyed.operation.clone(),
            request_hash: keyed.request_hash,
            status: reply.status.as_u16(),
            headers: serde_json::to_string(&kept).ok()?,
            body,
            created_at: now,
        })
    }

    /// Carries a change out and keeps its answer in the same transaction. The change is complete or not at
    /// all, whatever becomes of the client.
    ///
    /// # Errors
    /// The problem that belongs to the store's error; see [`Problem`]'s `From<StoreError>`.
    pub async fn commit<F>(&self, app: &App, scope: impl Into<Scope>, reply: Reply, work: F) -> Answer
    where
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<(), StoreError>> + Send + 'static,
    {
        let record = self.record(&reply, app.now());
        let written = app.store().write(scope, move |conn| {
            Box::pin(async move {
                work(conn).await?;
                match &record {
                    Some(record) => idempotency::insert(conn, record).await,
                    None => Ok(()),
                }
            })
        });
        match written.await {
            Ok(()) => Ok(reply),
            Err(error) => self.settle(app, error).await,
        }
    }

    /// The answer of whoever carried the same request out first, after a write that lost against it.
    ///
    /// # Errors
    /// 409 when there is none after all: another request used the key meanwhile and was rolled back.
    pub async fn replay(&self, app: &App) -> Answer {
        self.kept(app).await?.ok_or_else(in_flight)
    }

    /// As [`Once::replay`], or nothing when nobody carried it out. After a write that was refused because
    /// the record had changed, look here first: the change may have been this very request.
    pub async fn kept(&self, app: &App) -> Result<Option<Reply>, Problem> {
        let Some(keyed) = &self.0 else { return Ok(None) };
        keyed.find(app).await?.map(|kept| keyed.replay(kept)).transpose()
    }

    /// Turns the error of a write into its answer: that of the same request where it was carried out by
    /// another host, else the problem.
    pub async fn settle(&self, app: &App, error: StoreError) -> Answer {
        if matches!(error, StoreError::Duplicate(_) | StoreError::Stale)
            && let Some(reply) = self.kept(app).await?
        {
            return Ok(reply);
        }
        Err(error.into())
    }
}

impl Keyed {
    async fn find(&self, app: &App) -> Result<Option<idempotency::Answer>, Problem> {
        let party = self.caller.party.id;
        let mut conn = app.store().read(party).await?;
        Ok(idempotency::find(&mut conn, party, &self.key).await?)
    }

    fn replay(&self, answer: idempotency::Answer) -> Answer {
        if answer.request_hash != self.request_hash {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                Text::new(
                    "Idempotency-Key 已用于别的请求",
                    "The Idempotency-Key was used for another request",
                ),
            )
            .detail(Text::new(
                format!("它已用于 {}。", answer.operation),
                format!("It was used for {} with this or another body.", answer.operation),
            ))
            .fix(Text::new("每个新请求用新的键。", "Use a new key for every new request.")));
        }
        let kept: Kept = serde_json::from_str(&answer.headers).map_err(Problem::internal)?;
        let mut body = answer.body;
        if let Some(sealed) = kept.sealed {
            self.unseal(&sealed, &mut body)?;
        }
        let status = StatusCode::from_u16(answer.status).map_err(Problem::internal)?;
        let mut reply = Reply { status, headers: Vec::new(), body: body.into(), sealed: None };
        for (name, value) in kept.headers {
            if let Ok(name) = HeaderName::try_from(name) {
                reply = reply.header(name, &value);
            }
        }
        Ok(reply.header(REPLAYED, "true"))
    }

    /// Puts a secret back that only its first asker can have again.
    fn unseal(&self, sealed: &Sealed, body: &mut [u8]) -> Result<(), Problem> {
        let salt = Salt::from_hex(&sealed.salt).filter(|_| sealed.key == self.caller.key.0.to_string());
        let secret = salt.map(|salt| self.caller.secret().derive(salt));
        let place =
            secret.as_ref().and_then(|secret| body.get_mut(sealed.at..sealed.at + secret.digits().len()));
        match (secret.as_ref(), place) {
            (Some(secret), Some(place)) => {
                place.copy_from_slice(secret.digits().as_bytes());
                Ok(())
            }
            _ => Err(Problem::new(
                StatusCode::CONFLICT,
                "shown-once",
                Text::new("密钥只显示一次", "The secret was shown to another key"),
            )
            .fix(Text::new(
                "用当初的密钥重试，或另建一把。",
                "Repeat the request with the key that made it first, or make another one.",
            ))),
        }
    }
}

/// What is kept beside status and body.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed: Option<Sealed>,
}

/// A secret that was cut out of the body.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    at: usize,
    salt: String,
    key: String,
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Another request with this key is under way, here or in another host.
pub(super) fn in_flight() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "idempotency-in-flight",
        Text::new("同一请求正在处理", "The same request is being carried out"),
    )
    .fix(Text::new("稍后用同一个键重试。", "Try again shortly with the same key."))
}
