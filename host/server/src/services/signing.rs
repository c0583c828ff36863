//! Signatures of uploads, made with minisign: the keys that a party registers, and what it makes of them.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign_verify::{PublicKey, Signature};
use sanbao_domain::ids::{PartyId, SigningKeyId};
use sanbao_domain::text::Text;
use sanbao_policy::check::{self, Code};
use sanbao_store::StoreError;
use sanbao_store::policy::{Policy, SignedBy};
use sanbao_store::signing::{self, SigningKey};
use serde::Serialize;

/// Most keys of one party.
const MOST: usize = 50;

/// Registers a public key of the caller's party.
///
/// # Errors
/// 422 for what is no key, 409 for one that is registered, or when there are too many.
pub async fn register<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    (name, text): (String, &str),
    view: impl FnOnce(&SigningKey) -> V,
) -> Answer {
    let owner = caller.party.id;
    let mut checks = Checks::new();
    checks.text("name", &name, 1..=100);
    let parsed = public_key(text);
    checks.that(
        parsed.is_some(),
        "public_key",
        Text::new("不是 minisign 公钥", "this is not a public key of minisign's"),
        Text::new("填 minisign.pub 的内容。", "Send the content of minisign.pub."),
    );
    checks.done()?;
    let Some((key_id, public_key)) = parsed else { return Err(Problem::invalid()) };
    if list(app, owner).await?.len() >= MOST {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "too-many-signing-keys",
            Text::new("签名公钥过多", "There are too many signing keys"),
        )
        .detail(Text::new(format!("上限为 {MOST} 把。"), format!("A party may register {MOST}."))));
    }
    let row = SigningKey {
        id: app.id(),
        party: owner,
        name,
        key_id,
        public_key,
        created_at: app.now(),
        revoked_at: None,
    };
    let reply = Reply::created(&view(&row), "/v1/signing-keys")?;
    once.commit(app, owner, reply, move |conn| Box::pin(async move { signing::insert(conn, &row).await }))
        .await
}

/// Id and base64 of a public key: the file, or its second line alone.
fn public_key(text: &str) -> Option<(String, String)> {
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    PublicKey::from_base64(line).ok()?;
    let bytes = STANDARD.decode(line).ok()?;
    Some((key_id(&bytes)?, line.to_owned()))
}

/// The key's id behind the two letters of the algorithm, as minisign prints it.
fn key_id(bytes: &[u8]) -> Option<String> {
    let id: [u8; 8] = bytes.get(2..10)?.try_into().ok()?;
    Some(format!("{:016X}", u64::from_le_bytes(id)))
}

/// The keys of a party, newest first, revoked ones included.
///
/// # Errors
/// The database.
pub async fn list(app: &App, owner: PartyId) -> Result<Vec<SigningKey>, Problem> {
    let mut conn = app.store().read(owner).await?;
    Ok(signing::list(&mut conn, owner).await?)
}

/// Revokes a key: it signs no upload any more. What it signed before stays signed.
///
/// # Errors
/// 404 when the party has no such key that is accepted.
pub async fn revoke(app: &App, owner: PartyId, id: SigningKeyId) -> Answer {
    let now = app.now();
    let revoked: Result<bool, StoreError> =
        app.store().write(owner, move |conn| Box::pin(signing::revoke(conn, owner, id, now))).await;
    if revoked? { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}

/// Whether a party takes signed policies only.
///
/// # Errors
/// The database.
pub async fn required(app: &App, owner: PartyId) -> Result<bool, StoreError> {
    let mut conn = app.store().read(owner).await?;
    signing::required(&mut conn, owner).await
}

/// Says whether the caller's party takes signed policies only.
///
/// # Errors
/// 409 when it would then have no key to sign with.
pub async fn require(app: &App, caller: &Caller, required: bool) -> Result<(), Problem> {
    let (owner, now) = (caller.party.id, app.now());
    if required && list(app, owner).await?.iter().all(|key| key.revoked_at.is_some()) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "no-signing-key",
            Text::new("还没有可用的签名公钥", "There is no key to sign with"),
        )
        .fix(Text::new(
            "先登记公钥：POST /v1/signing-keys。",
            "Register one first: POST /v1/signing-keys.",
        )));
    }
    let written: Result<(), StoreError> =
        app.store().write(owner, move |conn| Box::pin(signing::require(conn, owner, required, now))).await;
    Ok(written?)
}

/// Refuses an unsigned version to a party that takes signed ones only.
///
/// # Errors
/// 409 `not-signed`.
pub async fn may_activate(app: &App, version: &Policy) -> Result<(), Problem> {
    if version.signed_by.is_some() || !required(app, version.party).await? {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        "not-signed",
        Text::new("该版本未签名", "The version is not signed"),
    )
    .detail(Text::new("本主体只启用已签名的版本。", "This party puts signed versions in force only."))
    .fix(Text::new(
        "用 minisign 签名后重新上传同一文件。",
        "Sign the same file with minisign and upload it again with Sanbao-Signature.",
    )))
}

/// Minisign's file from the header of an upload.
///
/// # Errors
/// 422 for what is no such file.
pub fn file(header: &str) -> Result<String, Problem> {
    let file = STANDARD.decode(header.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    file.filter(|text| Signature::decode(text).is_ok()).ok_or_else(|| {
        Problem::invalid().error(
            "Sanbao-Signature",
            Text::new("不是 minisign 签名", "this is not a signature of minisign's"),
            Text::new(
                "填 .minisig 文件的 base64，单行。",
                "Send the whole .minisig file in base64, on one line: base64 -w0 FILE.minisig.",
            ),
        )
    })
}

/// Who signed these bytes; a problem for the report where the party would not take them so.
///
/// # Errors
/// The database.
pub async fn verify(
    app: &App,
    owner: PartyId,
    bytes: &[u8],
    file: Option<&str>,
) -> Result<Result<Option<SignedBy>, check::Problem>, StoreError> {
    let Some(file) = file else {
        return Ok(if required(app, owner).await? { Err(missing()) } else { Ok(None) });
    };
    let stated = file.lines().nth(1).and_then(|line| STANDARD.decode(line.trim()).ok());
    let (Some(id), Ok(signature)) = (stated.as_deref().and_then(key_id), Signature::decode(file)) else {
        return Ok(Err(wrong("it cannot be read")));
    };
    let key = {
        let mut conn = app.store().read(owner).await?;
        signing::by_key_id(&mut conn, owner, &id).await?
    };
    Ok(match key {
        None => Err(unknown(&id)),
        Some(key) if key.revoked_at.is_some() => Err(revoked(&key)),
        Some(key) => match PublicKey::from_base64(&key.public_key) {
            Ok(public) if public.verify(bytes, &signature, true).is_ok() => Ok(Some(SignedBy {
                key: key.id,
                name: key.name,
                key_id: key.key_id,
                trusted_comment: signature.trusted_comment().to_owned(),
            })),
            _ => Err(wrong("it is not that of these bytes")),
        },
    })
}

const PLACE: &str = "Sanbao-Signature";

fn missing() -> check::Problem {
    check::Problem::error(
        Code::SignatureMissing,
        PLACE,
        "the party takes signed uploads only",
        "sign the file with `minisign -S` and send the .minisig file in base64 as Sanbao-Signature",
    )
}

fn unknown(id: &str) -> check::Problem {
    check::Problem::error(
        Code::SignatureKeyUnknown,
        PLACE,
        format!("it was signed with the key {id}, which the party has not registered"),
        "register the public key with POST /v1/signing-keys, or sign with a registered one",
    )
}

fn revoked(key: &SigningKey) -> check::Problem {
    check::Problem::error(
        Code::SignatureKeyRevoked,
        PLACE,
        format!("it was signed with the key {} ({}), which was revoked", key.key_id, key.name),
        "sign with a key that is in use",
    )
}

fn wrong(what: &str) -> check::Problem {
    check::Problem::error(
        Code::SignatureWrong,
        PLACE,
        format!("the signature does not hold: {what}"),
        "sign exactly the file that is uploaded, after its last change",
    )
}
