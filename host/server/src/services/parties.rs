//! Parties: who takes part, and who sees whom.

use crate::app::App;
use crate::http::auth::Caller;
use crate::http::check::Checks;
use crate::http::idempotency::Once;
use crate::http::page::{Listed, Page};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::secret::Salt;
use crate::services::keys;
use sanbao_domain::calendar::{Calendar, CalendarSpec};
use sanbao_domain::ids::PartyId;
use sanbao_domain::party::{Dealership, Party, PartyKind};
use sanbao_domain::text::Text;
use sanbao_store::{Scope, StoreError, dealership, key, party};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

/// Parties that are remembered at once, with their calendars.
const REMEMBERED: usize = 4096;

/// A party with its calendar resolved.
#[derive(Clone)]
pub struct Known {
    party: Party,
    /// Its working days and time zone.
    pub calendar: Arc<Calendar>,
}

impl Deref for Known {
    type Target = Party;

    fn deref(&self) -> &Party {
        &self.party
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Known").field(&self.party.id).finish()
    }
}

/// Parties that were read before. A party never changes once it is created, so none grows stale.
#[derive(Debug, Default)]
pub(crate) struct Directory(RwLock<HashMap<PartyId, Arc<Known>>>);

impl Directory {
    fn get(&self, id: PartyId) -> Option<Arc<Known>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    fn put(&self, known: Arc<Known>) {
        let mut parties = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if parties.len() >= REMEMBERED {
            parties.clear();
        }
        parties.insert(known.id, known);
    }
}

/// The party with this id and its calendar, whoever asks.
///
/// # Errors
/// The database, or a stored calendar that this build cannot load.
pub async fn known(app: &App, id: PartyId) -> Result<Option<Arc<Known>>, Problem> {
    if let Some(known) = app.directory().get(id) {
        return Ok(Some(known));
    }
    let found = {
        let mut conn = app.store().read(Scope::Platform).await?;
        party::find(&mut conn, id).await?
    };
    let Some(party) = found else { return Ok(None) };
    let calendar = Arc::new(party.calendar.load().map_err(Problem::internal)?);
    let known = Arc::new(Known { party, calendar });
    app.directory().put(known.clone());
    Ok(Some(known))
}

/// The party with this id where the caller may see it: itself, those that it deals or dealt with, all for
/// the platform.
///
/// # Errors
/// 404 otherwise.
pub async fn visible(app: &App, caller: &Caller, id: PartyId) -> Result<Arc<Known>, Problem> {
    let me = caller.party.id;
    if id != me && caller.party.kind != PartyKind::Platform {
        let mut conn = app.store().read(me).await?;
        if dealership::find(&mut conn, id, me).await?.is_none() {
            dealership::find(&mut conn, me, id).await?.ok_or_else(Problem::not_found)?;
        }
    }
    known(app, id).await?.ok_or_else(Problem::not_found)
}

/// The dealership under which the caller may open claims against `brand` now.
///
/// # Errors
/// The database.
pub async fn deals_with(app: &App, caller: &Caller, brand: PartyId) -> Result<Option<Dealership>, Problem> {
    let me = caller.party.id;
    let mut conn = app.store().read(me).await?;
    let found = dealership::find(&mut conn, brand, me).await?;
    Ok(found.filter(|dealership| dealership.ended_at.is_none()))
}

/// The parties that the caller may see, newest first. Partners are few and come on one page.
///
/// # Errors
/// The database.
pub async fn list(app: &App, caller: &Caller, page: Page<PartyId>) -> Result<Listed<Party>, Problem> {
    if caller.party.kind == PartyKind::Platform {
        let mut conn = app.store().read(Scope::Platform).await?;
        let rows = party::list(&mut conn, page.after, page.fetch()).await?;
        return Ok(page.list(rows, |party| party.id, |party| party));
    }
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(Listed::all(party::partners(&mut conn, caller.party.id).await?))
}

/// What a party is created from.
#[derive(Clone, Debug)]
pub struct NewParty {
    /// Kind; consumers, carriers and platforms are not created.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// ISO 3166 code.
    pub jurisdiction: String,
    /// Calendar.
    pub calendar: CalendarSpec,
}

/// Creates a party with its first key, which may do everything that the party may have.
///
/// # Errors
/// 422 for what is wrong with it.
pub async fn create<V: Serialize>(
    app: &App,
    caller: &Caller,
    once: &Once,
    new: NewParty,
    view: impl FnOnce(&Party, &keys::Made) -> V,
) -> Answer {
    check(&new)?;
    let now = app.now();
    let party = Party {
        id: app.id(),
        kind: new.kind,
        name: new.name,
        jurisdiction: new.jurisdiction,
        calendar: new.calendar,
        created_at: now,
    };
    let salt = Salt::random();
    let made = keys::Made::full(app, party.id, "first key", caller.secret().derive(salt));
    let reply = Reply::created(&view(&party, &made), &format!("/v1/parties/{}", party.id))?
        .sealing(made.secret.clone(), salt);
    let row = made.key;
    once.commit(app, Scope::Platform, reply, move |conn| {
        Box::pin(async move {
            party::insert(conn, &party).await?;
            key::insert(conn, &row).await
        })
    })
    .await
}

fn check(new: &NewParty) -> Result<(), Problem> {
    let mut checks = Checks::new();
    checks.text("name", &new.name, 1..=200);
    checks.that(
        !matches!(new.kind, PartyKind::Consumer | PartyKind::Carrier | PartyKind::Platform),
        "kind",
        Text::new("此类主体没有账户", "this kind holds no account"),
        Text::new(
            "消费者和承运人写在索赔里；平台只有一个。",
            "Consumers and carriers are named in claims, and there is one platform. Choose another kind.",
        ),
    );
    checks.that(
        is_jurisdiction(&new.jurisdiction),
        "jurisdiction",
        Text::new("不是 ISO 3166 代码", "this is not an ISO 3166 code"),
        Text::new("如 CN、CN-FJ、DE。", "Write a code such as CN, CN-FJ or DE."),
    );
    if let Err(error) = new.calendar.load() {
        let field = error.field().map_or("calendar".to_owned(), |field| format!("calendar.{field}"));
        let message = error.to_string();
        checks.that(
            false,
            field,
            Text::new(format!("日历有误：{message}"), message),
            Text::new("改正后重试。", "Correct the calendar as the message says."),
        );
    }
    checks.done()
}

/// Two letters, possibly a hyphen and up to three letters or digits.
pub fn is_jurisdiction(code: &str) -> bool {
    let (country, part) = code.split_once('-').map_or((code, None), |(country, part)| (country, Some(part)));
    let upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && part.is_none_or(|part| (1..=3).contains(&part.len()) && upper(part))
}

/// Names a dealer of the caller's.
///
/// # Errors
/// 404 for an unknown party, 409 while the two deal already, 422 for what is wrong with it.
pub async fn name_dealer<V: Serialize>(
    app: &App,
    once: &Once,
    dealership: Dealership,
    view: impl FnOnce(&Dealership) -> V,
) -> Answer {
    let mut checks = Checks::new();
    checks.optional("standing", dealership.standing.as_deref(), 1..=100);
    checks.optional("grade", dealership.grade.as_deref(), 1..=100);
    checks.that(
        dealership.dealer != dealership.brand,
        "dealer",
        Text::new("不能是自己", "a party is not its own dealer"),
        Text::new("填另一方的编号。", "Name another party."),
    );
    checks.that(
        !matches!(dealership.kind, PartyKind::Consumer | PartyKind::Carrier | PartyKind::Platform),
        "kind",
        Text::new("此类主体不能经销", "this kind does not deal"),
        Text::new(
            "如 dealer、distributor、service-station。",
            "Choose for instance dealer, distributor or service-station.",
        ),
    );
    checks.done()?;
    let dealer = known(app, dealership.dealer).await?.filter(|dealer| dealer.kind != PartyKind::Platform);
    dealer.ok_or_else(Problem::not_found)?;
    let reply = Reply::created(&view(&dealership), &format!("/v1/dealerships/{}", dealership.dealer))?;
    once.commit(app, dealership.brand, reply, move |conn| {
        Box::pin(async move { dealership::insert(conn, &dealership).await })
    })
    .await
}

/// The dealerships of the caller, on either side, newest first.
///
/// # Errors
/// The database.
pub async fn dealerships(app: &App, caller: &Caller) -> Result<Vec<Dealership>, Problem> {
    let mut conn = app.store().read(caller.party.id).await?;
    Ok(dealership::of(&mut conn, caller.party.id).await?)
}

/// Ends a dealership of the caller's; claims that are open go on.
///
/// # Errors
/// 404 when there is none that lasts.
pub async fn end_dealership(app: &App, brand: PartyId, dealer: PartyId) -> Answer {
    let now = app.now();
    let ended: Result<bool, StoreError> =
        app.store().write(brand, move |conn| Box::pin(dealership::end(conn, brand, dealer, now))).await;
    if ended? { Ok(Reply::no_content()) } else { Err(Problem::not_found()) }
}

#[cfg(test)]
mod tests {
    use super::is_jurisdiction;

    #[test]
    fn jurisdictions_are_iso_3166() {
        for code in ["CN", "CN-FJ", "DE-BY", "FR-75C"] {
            assert!(is_jurisdiction(code), "{code}");
        }
        for code in ["", "cn", "CHN", "CN-", "CN-ABCD", "C1", "CN_FJ", "中国"] {
            assert!(!is_jurisdiction(code), "{code}");
        }
    }
}
