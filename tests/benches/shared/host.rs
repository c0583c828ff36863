//! A host in this process, compiling in a child as the real one does, and stores that have their policy in force.

use super::Failure;
use super::client::Client;
use super::uploads::{upload, version};
use sanbao_server::{Config, bootstrap, serve};
use sanbao_store::{Engine, Totals};
use sanbao_tests::postgres::{Cluster, Durability};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use tempfile::TempDir;

/// A database that flushes what it commits, and a folder for the rest.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) dir: TempDir,
    /// With the name of the database in it.
    pub(crate) cluster: Option<(Cluster, String)>,
}

impl Place {
    pub(crate) async fn new(engine: Engine) -> Result<Self, Failure> {
        let dir = TempDir::new()?;
        let (url, cluster) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", dir.path().join("bench.sqlite").display()), None),
            Engine::Postgres => {
                // The bench process has its own cluster, which flushes what it commits as production does.
                let cluster = Cluster::start(Durability::Full)?;
                let database = cluster.empty_database().await?;
                (cluster.url(&database), Some((cluster, database)))
            }
        };
        Ok(Self { url, dir, cluster })
    }
}

pub(crate) struct Host {
    host: sanbao_server::Host,
    admin: String,
}

/// A store with a policy in force.
#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) key: String,
    pub(crate) policy: String,
}

impl Host {
    pub(crate) async fn start(place: &Place) -> Result<Self, Failure> {
        let mut config = Config::new(&place.url);
        config.data = place.dir.path().join("data");
        config.compiler = Some(env!("CARGO_BIN_EXE_sanbao-tests-compile").into());
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let host = serve(config).await?;
        let admin = bootstrap::first_key(host.app()).await?.ok_or("the database is not empty")?;
        Ok(Self { admin: admin.expose().to_owned(), host })
    }

    /// A new store under the rules of the store's pack.
    pub(crate) async fn store(&self, name: &str) -> Result<Store, Failure> {
        let key = self.party(name).await?;
        let mut client = self.client(&key).await?;
        let pack = sanbao_tests::packs::read("sanbao_store_pack")?;
        let policy = version(&upload(&mut client, &pack).await?)?;
        let path = format!("/v1/policies/{policy}/activations");
        client.send(&path, &json!({ "from": "2020-01-01" })).await?;
        Ok(Store { key, policy })
    }

    /// A new store without a policy; its key.
    pub(crate) async fn party(&self, name: &str) -> Result<String, Failure> {
        let calendar = json!({ "time_zone": "Asia/Shanghai", "holidays": "CN" });
        let party = json!({ "kind": "store", "name": name, "jurisdiction": "CN", "calendar": calendar });
        let made = self.client(&self.admin).await?.send("/v1/parties", &party).await?;
        Ok(made["key"]["secret"].as_str().ok_or("no key")?.to_owned())
    }

    pub(crate) async fn client(&self, key: &str) -> Result<Client, Failure> {
        Client::connect(self.address(), key).await
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.host.address()
    }

    pub(crate) fn stats(&self) -> Totals {
        self.host.app().store().stats()
    }

    /// A ticket about a television that failed on the day it was sold.
    pub(crate) fn ticket(&self) -> Vec<u8> {
        let day = self.host.app().now().to_string()[..10].to_owned();
        json!({
            "customer": { "name": "Li Hua", "phone": "13800000000" },
            "product": { "category": "television", "model": "TV-55", "serial": "S-1" },
            "claims": [{ "cause": "quality", "asked": "refund", "dates": { "sold": day } }],
        })
        .to_string()
        .into_bytes()
    }

    pub(crate) async fn stop(self) {
        self.host.stop().await;
    }
}
