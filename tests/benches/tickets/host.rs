//! A host in this process, with a store that has its policy in force.

use crate::Failure;
use crate::client::Client;
use sanbao_server::{Config, serve};
use sanbao_store::{Engine, Totals};
use sanbao_tests::postgres::{Cluster, Durability};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;

/// A database that flushes what it commits.
pub(crate) enum Place {
    Sqlite { url: String, _dir: TempDir },
    Postgres { url: String, cluster: Cluster, database: String },
}

impl Place {
    pub(crate) async fn new(engine: Engine) -> Result<Self, Failure> {
        Ok(match engine {
            Engine::Sqlite => {
                let dir = TempDir::new()?;
                Self::Sqlite {
                    url: format!("sqlite:{}", dir.path().join("bench.sqlite").display()),
                    _dir: dir,
                }
            }
            Engine::Postgres => {
                let cluster = Cluster::start(Durability::Full)?;
                let database = cluster.empty_database().await?;
                Self::Postgres { url: cluster.url(&database), cluster, database }
            }
        })
    }

    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } | Self::Postgres { url, .. } => url,
        }
    }
}

pub(crate) struct Host {
    host: sanbao_server::Host,
    key: String,
    day: String,
}

impl Host {
    pub(crate) async fn start(place: &Place) -> Result<Self, Failure> {
        let mut config = Config::new(place.url());
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let host = serve(config).await?;
        let admin =
            sanbao_server::bootstrap::first_key(host.app()).await?.ok_or("the database is not empty")?;
        let party = json!({
            "kind": "store", "name": "Bench", "jurisdiction": "CN",
            "calendar": { "time_zone": "Asia/Shanghai", "holidays": "CN" },
        });
        let created = post(host.address(), admin.expose(), "/v1/parties", &party).await?;
        let key = created["key"]["secret"].as_str().ok_or("no key")?.to_owned();
        let pack = sanbao_tests::packs::read("sanbao_store_pack")?;
        let mut client = Client::connect(host.address(), &key).await?;
        let (status, answer) = client.post("/v1/policies", "application/wasm", "pack", &pack).await?;
        if status != 202 {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&answer)).into());
        }
        let mut upload: Value = serde_json::from_slice(&answer)?;
        let follow = format!("/v1/uploads/{}?wait=30", upload["id"].as_str().ok_or("no upload")?);
        while upload["status"] == "queued" || upload["status"] == "checking" {
            let (_, answer) = client.get(&follow).await?;
            upload = serde_json::from_slice(&answer)?;
        }
        let path = format!("/v1/policies/{}/activations", upload["policy"].as_str().ok_or("no policy")?);
        post(host.address(), &key, &path, &json!({ "from": "2020-01-01" })).await?;
        let day = host.app().now().to_string()[..10].to_owned();
        Ok(Self { host, key, day })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.host.address()
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn stats(&self) -> Totals {
        self.host.app().store().stats()
    }

    /// A lamp that failed on the day it was sold.
    pub(crate) fn ticket(&self) -> Vec<u8> {
        json!({
            "customer": { "name": "Li Hua", "phone": "13800000000" },
            "product": { "category": "television", "model": "TV-55", "serial": "S-1" },
            "claims": [{ "cause": "quality", "asked": "refund", "dates": { "sold": self.day } }],
        })
        .to_string()
        .into_bytes()
    }

    pub(crate) async fn stop(self) {
        self.host.stop().await;
    }
}

async fn post(address: SocketAddr, key: &str, path: &str, body: &Value) -> Result<Value, Failure> {
    let mut client = Client::connect(address, key).await?;
    let (status, answer) = client
        .post(path, "application/json", &uuid::Uuid::now_v7().to_string(), body.to_string().as_bytes())
        .await?;
    if status != 201 {
        return Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&answer)).into());
    }
    Ok(serde_json::from_slice(&answer)?)
}
