//! API keys: made, shown once, revoked. A key cannot give what it does not have.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::scope::{self, Scope};
use crate::http::secret::{Salt, Secret};
use sanbao_domain::ids::{KeyId, PartyId};
use sanbao_domain::text::Text;
use sanbao_domain::time::Timestamp;
use sanbao_store::StoreError;
use sanbao_store::key::{self, ApiKey};
use serde::Serialize;

/// A key and its secret, which is shown once.
#[derive(Clone, Debug)]
pub struct Made {
    /// What is stored.
    pub key: ApiKey,
    /// What is shown.
    pub secret: Secret,
}

/// What a key is made from.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// Name.
    pub name: String,
    /// Scopes.
    pub scopes: Vec<String>,
    /// Approval roles.
    pub roles: Vec<String>,
    /// End.
    pub expires_at: Option<Timestamp>,
}

impl Made {
    /// A key that may do everything that its party may have, and sign for every role.
    pub fn full(app: &App, party: PartyId, name: &str, secret: Secret) -> Self {
        let all = vec![scope::ALL.to_owned()];
        let new = NewKey { name: name.to_owned(), scopes: all.clone(), roles: all, expires_at: None };
        Self::of(app, party, new, secret)
    }

    fn of(app: &App, party: PartyId, new: NewKey, secret: Secret) -> Self {
        let key = ApiKey {
            id: app.id(),
            party,
            name: new.name,
            hash: secret.hash(),
            scopes: new.scopes,
            roles: new.roles,
            created_at: app.now(),
            expires_at: new.expires_at,
            revoked_at: None,
        };
        Self { key, secret }
    }
}

/// Makes a key of the caller's party.
///
/// # Errors
/// 422 for what is wrong with it.
pub async fn make<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: NewKey,
    view: impl FnOnce(&Made) -> V,
) -> Answer {
    check(&new, caller, app.now())?;
    let salt = Salt::random();
    let made = Made::of(app, caller.party.id, new, caller.secret().derive(salt));
    let reply =
        Reply::created(&view(&made), &format!("/v1/keys/{}", made.key.id))?.sealing(made.secret, salt);
    let row = made.key;
    once.commit(app, caller.party.id, reply, move |conn| {
        Box::pin(async move { key::insert(conn, &row).await })
    })
    .await
}

fn check(new: &NewKey, caller: &Caller, now: Timestamp) -> Result<(), Problem> {
    let mut checks = Checks::new();
    checks.text("name", &new.name, 1..=100);
    checks.that(
        new.scopes.len() <= 20 && new.roles.len() <= 50,
        "scopes",
        Text::new("项目过多", "there are too many scopes or roles"),
        Text::new("权限至多 20 项，岗位至多 50 项。", "Give at most 20 scopes and 50 roles."),
    );
    for (index, word) in new.scopes.iter().enumerate() {
        let (known, held) = match Scope::parse(word) {
            Some(scope) => (true, caller.may(scope)),
            None => (word == scope::ALL, caller.scopes.iter().any(|held| held == scope::ALL)),
        };
        let words = Scope::EVERY.map(Scope::as_str).join(", ");
        checks.that(
            known,
            format!("scopes[{index}]"),
            Text::new("没有这个权限", "there is no such scope"),
            Text::new(format!("可选：{words} 或 *。"), format!("Choose from {words}, or * for all.")),
        );
        checks.that(
            !known || held,
            format!("scopes[{index}]"),
            Text::new("当前密钥没有这个权限", "the key that asks does not have this scope itself"),
            Text::new("用有此权限的密钥来建。", "Make the key with one that has the scope."),
        );
    }
    for (index, role) in new.roles.iter().enumerate() {
        let field = format!("roles[{index}]");
        checks.text(&field, role, 1..=100);
        checks.that(
            caller.roles.iter().any(|held| held == scope::ALL || held == role),
            field,
            Text::new("当前密钥没有这个岗位", "the key that asks does not hold this role itself"),
            Text::new("用有此岗位的密钥来建。", "Make the key with one that holds the role."),
        );
    }
    checks.that(
        new.expires_at.is_none_or(|end| end > now),
        "expires_at",
        Text::new("到期时间已过", "this time has passed"),
        Text::new("填将来的时间，或不填。", "Choose a later time, or leave it out."),
    );
    checks.done()
}

/// The keys of a party, newest first, revoked ones included.
///
/// # Errors
/// The database.
pub async fn list(app: &App, party: PartyId) -> Result<Vec<ApiKey>, Problem> {
    let mut conn = app.store().read(party).await?;
    Ok(key::list(&mut conn, party).await?)
}

/// Revokes a key of the party, at once.
///
/// # Errors
/// 404 when the party has no such key that is valid.
pub async fn revoke(app: &App, party: PartyId, id: KeyId) -> Answer {
    let now = app.now();
    let revoked: Result<bool, StoreError> =
        app.store().write(party, move |conn| Box::pin(key::revoke(conn, party, id, now))).await;
    if revoked? { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}
