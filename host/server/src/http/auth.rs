//! Who asks: the party and key behind `Authorization: Bearer`.

use super::problem::Problem;
use super::scope::{self, Scope};
use super::secret::Secret;
use crate::app::App;
use crate::services::parties::{self, Known};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use sanbao_domain::actor::Actor;
use sanbao_domain::ids::KeyId;
use sanbao_domain::party::PartyKind;
use sanbao_domain::text::Text;
use sanbao_store as store;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// A key that was found good, and its party.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The party that the key belongs to.
    pub party: Arc<Known>,
    /// The key.
    pub key: KeyId,
    /// The key's name; the journal shows it.
    pub name: String,
    /// What the key may do, in words.
    pub scopes: Vec<String>,
    /// Approval roles that it may sign for; `*` for every one.
    pub roles: Vec<String>,
    secret: Secret,
    movable_clock: bool,
}

impl Caller {
    /// Whether the key may do this. `*` stands for everything that its party may have.
    pub fn may(&self, scope: Scope) -> bool {
        let platform = self.party.kind == PartyKind::Platform;
        let allowed = match scope {
            Scope::Admin => platform,
            Scope::Clock => platform || self.movable_clock,
            _ => true,
        };
        allowed && self.scopes.iter().any(|held| held == scope::ALL || held == scope.as_str())
    }

    /// Refuses unless the key may do this.
    ///
    /// # Errors
    /// 403, which names the scope.
    pub fn need(&self, scope: Scope) -> Result<(), Problem> {
        if self.may(scope) {
            return Ok(());
        }
        let word = scope.as_str();
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "missing-scope",
            Text::new("密钥权限不足", "The key does not allow this"),
        )
        .detail(Text::new(
            format!("此操作需要权限 {word}。"),
            format!("This operation needs the scope {word}."),
        ))
        .fix(Text::new("换用有此权限的密钥。", "Use a key that has the scope."))
        .with("scope", word))
    }

    /// The actor that the domain and the journal know.
    pub fn actor(&self) -> Actor {
        Actor { party: Some(self.party.id), name: self.name.clone(), roles: self.roles.clone() }
    }

    /// What the key signed in with, to derive further keys from.
    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Looks the key up once per request.
    pub(super) async fn of(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if let Some(caller) = parts.extensions.get::<Self>() {
            return Ok(caller.clone());
        }
        let stated = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let secret = stated.and_then(bearer).and_then(Secret::parse).ok_or_else(unauthenticated)?;
        let key = {
            let mut conn = app.store().read(store::Scope::Platform).await?;
            store::key::by_hash(&mut conn, &secret.hash()).await?
        };
        let now = app.now();
        let key = key
            .filter(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end))
            .ok_or_else(unauthenticated)?;
        let party = parties::known(app, key.party).await?.ok_or_else(unauthenticated)?;
        let caller = Self {
            party,
            key: key.id,
            name: key.name,
            scopes: key.scopes,
            roles: key.roles,
            secret,
            movable_clock: app.clock().is_movable(),
        };
        parts.extensions.insert(caller.clone());
        Ok(caller)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(parts, app).await
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthenticated() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "unauthenticated",
        Text::new("需要有效的密钥", "A valid key is needed"),
    )
    .fix(Text::new(
        "请求头加上 Authorization: Bearer sbk_…；密钥可能已撤销或过期。",
        "Send `Authorization: Bearer sbk_…`. The key may have been revoked or have expired.",
    ))
}

/// A [`Caller`] whose key has the scope `S`. Before the body in a handler's arguments, so that nothing is
/// read for a key that may not send it.
#[derive(Clone, Debug)]
pub struct May<S>(Caller, PhantomData<S>);

impl<S> Deref for May<S> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl<S: Needs> May<S> {
    /// Checks a caller that is known already.
    ///
    /// # Errors
    /// 403 when the key lacks the scope.
    pub fn of(caller: Caller) -> Result<Self, Problem> {
        caller.need(S::SCOPE)?;
        Ok(Self(caller, PhantomData))
    }
}

/// A scope as a type.
pub trait Needs {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! needs {
    ($($name:ident => $scope:ident;)*) => {$(
        /// Stands for the scope of the same name.
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Needs for $name {
            const SCOPE: Scope = Scope::$scope;
        }
    )*};
}

needs! {
    TicketsRead => TicketsRead;
    TicketsWrite => TicketsWrite;
    PoliciesRead => PoliciesRead;
    PoliciesWrite => PoliciesWrite;
    PartsRead => PartsRead;
    PartsWrite => PartsWrite;
    PartyWrite => PartyWrite;
    Admin => Admin;
    MoveClock => Clock;
}

impl<S: Needs> FromRequestParts<App> for May<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(Caller::of(parts, app).await?)
    }
}

/// A [`Caller`] with a key of the platform that has the scope `admin`. To every other party what it guards
/// does not exist.
#[derive(Clone, Debug)]
pub struct Platform(Caller);

impl Deref for Platform {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequestParts<App> for Platform {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::of(parts, app).await?;
        let held = caller.scopes.iter().any(|held| held == scope::ALL || held == Scope::Admin.as_str());
        if held && caller.party.kind != PartyKind::Platform {
            return Err(Problem::not_found());
        }
        caller.need(Scope::Admin)?;
        Ok(Self(caller))
    }
}
