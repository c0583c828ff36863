//! The parties, their policies and their units: everything that a story needs before it begins. Each part
//! is done once; what is done is in the state file.

use super::play::today;
use super::scenes::{Who, units};
use super::state::{Account, State};
use crate::api::{Api, ApiError, Body};
use crate::failure::Failure;
use crate::terminal::say;
use jiff::civil::Date;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Policies have been in force since this day, so that they judge what was sold after it.
const IN_FORCE_FROM: &str = "2020-01-01";

#[derive(Deserialize)]
struct NewParty {
    party: Identified,
    key: Secret,
}

#[derive(Deserialize)]
struct Identified {
    id: String,
}

#[derive(Deserialize)]
struct Upload {
    status: String,
    policy: Option<String>,
}

#[derive(Deserialize)]
struct Secret {
    secret: String,
}

struct Cast {
    who: Who,
    kind: &'static str,
    name: &'static str,
}

const CAST: [Cast; 7] = [
    Cast { who: Who::Store, kind: "store", name: "Sanbao demo store (三包示范门店)" },
    Cast { who: Who::Brand, kind: "brand", name: "Zhonghe Lighting (中合照明)" },
    Cast { who: Who::Dealer, kind: "dealer", name: "Harbour Lamps (海港灯饰)" },
    Cast { who: Who::Distributor, kind: "distributor", name: "Hill Road Lamps (山路灯饰)" },
    Cast { who: Who::Supplier, kind: "supplier", name: "Drivers & Diodes (驱动电子)" },
    Cast { who: Who::BusMaker, kind: "brand", name: "Red River Coach (红河客车)" },
    Cast { who: Who::ApplianceMaker, kind: "brand", name: "Blue Sea Appliances (蓝海电器)" },
];

/// Where a policy comes from and whose it is.
pub(super) struct Pack {
    pub(super) owner: Who,
    pub(super) file: PathBuf,
    /// Figures that the regulation leaves to its party.
    pub(super) settings: Value,
}

/// The packs of the demo in a folder, as the build leaves them.
pub(super) fn packs(folder: &Path) -> Vec<Pack> {
    let pack = |owner, name: &str, settings| Pack {
        owner,
        file: folder.join(format!("sanbao_{name}_pack.wasm")),
        settings,
    };
    vec![
        pack(Who::Store, "store", json!({})),
        pack(Who::Brand, "lighting", json!({})),
        pack(
            Who::BusMaker,
            "bus",
            json!({ "warranty-months": 24, "warranty-kilometres": 120_000, "complaint-rate-target": "5" }),
        ),
        pack(Who::ApplianceMaker, "appliance", json!({})),
    ]
}

/// Sets up whatever is not there yet.
pub(super) async fn set_up(
    host: &Api,
    admin: impl FnOnce() -> Result<String, Failure>,
    packs: &[Pack],
    state: &mut State,
) -> Result<(), Failure> {
    if state.parties.len() < CAST.len() {
        let admin = host.with_key(&admin()?);
        for cast in &CAST {
            party(&admin, cast, state).await?;
        }
    }
    for pack in packs {
        policy(&as_party(host, state, pack.owner)?, pack, state).await?;
    }
    for who in [Who::Dealer, Who::Distributor] {
        dealership(host, who, state).await?;
    }
    let today = today(&as_party(host, state, Who::Store)?).await?;
    for (serial, owner, category, age) in units() {
        unit(&as_party(host, state, owner)?, serial, category, age, state, today).await?;
    }
    Ok(())
}

/// The host, seen with a party's key.
pub(super) fn as_party(host: &Api, state: &State, who: Who) -> Result<Api, Failure> {
    let account = state.parties.get(who.key()).ok_or_else(|| lost(who.key()))?;
    Ok(host.with_key(&account.key))
}

fn lost(name: &str) -> Failure {
    Failure::input(format!("the demo has lost its {name}"), "start over: make demo FRESH=1")
}

async fn party(admin: &Api, cast: &Cast, state: &mut State) -> Result<(), Failure> {
    if state.parties.contains_key(cast.who.key()) {
        return Ok(());
    }
    let body = json!({
        "kind": cast.kind,
        "name": cast.name,
        "jurisdiction": "CN",
        "calendar": { "time_zone": "Asia/Shanghai", "holidays": "CN" },
    });
    let new: NewParty = once(admin, "/v1/parties", Body::Json(&body), cast.who.key()).await?;
    say(format_args!("party: {}", cast.name));
    state.parties.insert(cast.who.key().to_owned(), Account { id: new.party.id, key: new.key.secret });
    state.save()
}

async fn policy(owner: &Api, pack: &Pack, state: &mut State) -> Result<(), Failure> {
    let name = format!("policy-{}", pack.owner.key());
    if !state.ids.contains_key(&name) {
        say(format_args!("policy: {}, upload, check and activate", pack.file.display()));
        let bytes = std::fs::read(&pack.file).map_err(Failure::file(&pack.file))?;
        let upload: Identified = once(owner, "/v1/policies", Body::Wasm(bytes), &name).await?;
        state.ids.insert(name.clone(), accepted(owner, &upload.id, &pack.file).await?);
        state.save()?;
    }
    let activation = format!("activation-{}", pack.owner.key());
    if !state.ids.contains_key(&activation) {
        let id = state.ids.get(&name).cloned().ok_or_else(|| lost(&name))?;
        let body = json!({ "from": IN_FORCE_FROM, "settings": pack.settings });
        let path = format!("/v1/policies/{id}/activations");
        let new: Identified = once(owner, &path, Body::Json(&body), &activation).await?;
        state.ids.insert(activation, new.id);
        state.save()?;
    }
    Ok(())
}

/// Waits for the end of an upload's check; the version that it is.
async fn accepted(owner: &Api, upload: &str, file: &Path) -> Result<String, Failure> {
    loop {
        let upload: Upload = owner.get(&format!("/v1/uploads/{upload}?wait=30")).await?;
        match (upload.status.as_str(), upload.policy) {
            ("queued" | "checking", _) => {}
            (_, Some(policy)) => return Ok(policy),
            (status, None) => {
                return Err(Failure::input(
                    format!("{} was not accepted: {status}", file.display()),
                    "see why: sanbao policy check FILE",
                ));
            }
        }
    }
}

async fn dealership(host: &Api, who: Who, state: &mut State) -> Result<(), Failure> {
    let name = format!("dealership-{}", who.key());
    if state.ids.contains_key(&name) {
        return Ok(());
    }
    let dealer = state.parties.get(who.key()).ok_or_else(|| lost(who.key()))?.id.clone();
    let kind = if who == Who::Distributor { "distributor" } else { "dealer" };
    let body = json!({ "dealer": dealer, "kind": kind });
    let brand = as_party(host, state, Who::Brand)?;
    let _: Value = once(&brand, "/v1/dealerships", Body::Json(&body), &name).await?;
    state.ids.insert(name, dealer);
    state.save()
}

async fn unit(
    owner: &Api,
    serial: &'static str,
    category: &str,
    age: i64,
    state: &mut State,
    today: Date,
) -> Result<(), Failure> {
    if state.ids.contains_key(serial) {
        return Ok(());
    }
    let brand = state.parties.get(Who::Brand.key()).ok_or_else(|| lost("brand"))?.id.clone();
    let produced = today.saturating_sub(jiff::Span::new().try_days(age).unwrap_or_default());
    let shipped = produced.saturating_add(jiff::Span::new().days(10));
    let body = json!({
        "serial": serial,
        "category": category,
        "model": "ZH-600",
        "quantity": 1,
        "brand": brand,
        "dates": { "produced": produced, "shipped": shipped },
    });
    let new: Identified = once(owner, "/v1/units", Body::Json(&body), serial).await?;
    state.ids.insert(serial.to_owned(), new.id);
    state.save()
}

/// A POST that may be repeated after a crash before its answer was noted.
async fn once<T: serde::de::DeserializeOwned>(
    api: &Api,
    path: &str,
    body: Body<'_>,
    name: &str,
) -> Result<T, ApiError> {
    Ok(api.send(Method::POST, path, body, Some(&format!("demo-{name}"))).await?.body)
}
