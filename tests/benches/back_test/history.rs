//! A party with a history of so many decisions, and a back-test over it, through a host.

use crate::Failure;
use crate::claims::Asked;
use reqwest::{Client, Method};
use sanbao_server::{Config, Host, bootstrap, serve};
use sanbao_store::Engine;
use sanbao_tests::postgres::{Cluster, Durability};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Row};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// A host with its database.
pub(crate) struct Bench {
    pub(crate) host: Host,
    pub(crate) key: String,
    pub(crate) policy: String,
    client: Client,
    url: String,
    _dir: TempDir,
    _cluster: Option<Cluster>,
}

impl Bench {
    pub(crate) async fn open(engine: Engine) -> Result<Self, Failure> {
        let dir = TempDir::new()?;
        let (url, cluster) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", dir.path().join("bench.sqlite").display()), None),
            Engine::Postgres => {
                let cluster = Cluster::start(Durability::Full)?;
                let database = cluster.empty_database().await?;
                (cluster.url(&database), Some(cluster))
            }
        };
        let mut config = Config::new(&url);
        config.data = dir.path().join("data");
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let host = serve(config).await?;
        let admin = bootstrap::first_key(host.app()).await?.ok_or("the database is not empty")?;
        let (client, key) = (Client::new(), admin.expose().to_owned());
        let mut bench = Self { host, key, policy: String::new(), client, url, _dir: dir, _cluster: cluster };
        let calendar = json!({ "time_zone": "Asia/Shanghai", "holidays": "CN" });
        let party = json!({ "kind": "store", "name": "Bench", "jurisdiction": "CN", "calendar": calendar });
        let made = bench.post("/v1/parties", &party).await?;
        bench.key = made["key"]["secret"].as_str().ok_or("no key")?.to_owned();
        bench.policy = bench.upload(sanbao_tests::packs::read("sanbao_store_pack")?).await?;
        let path = format!("/v1/policies/{}/activations", bench.policy);
        bench.post(&path, &json!({ "from": "2020-01-01" })).await?;
        Ok(bench)
    }

    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let url = format!("http://{}{path}", self.host.address());
        let mut request = self.client.request(method, url).bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let (status, text) = (response.status(), response.text().await?);
        if !status.is_success() {
            return Err(format!("{path}: {status}: {text}").into());
        }
        Ok(serde_json::from_str(&text)?)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Uploads a policy; its id, once it is ready.
    pub(crate) async fn upload(&self, module: Vec<u8>) -> Result<String, Failure> {
        let url = format!("http://{}/v1/policies", self.host.address());
        let request = self.client.post(url).bearer_auth(&self.key).header("content-type", "application/wasm");
        let made: Value = serde_json::from_str(&request.body(module).send().await?.text().await?)?;
        Ok(made["id"].as_str().ok_or_else(|| made.to_string())?.to_owned())
    }

    /// Opens a ticket, and repeats its decision on cover with other claims until there are so many.
    pub(crate) async fn fill(&self, asked: &[Asked], count: usize) -> Result<(), Failure> {
        let ticket = json!({
            "product": { "category": "television", "model": "TV-55", "serial": "S-1" },
            "claims": [{ "cause": "quality", "asked": "refund", "dates": { "sold": "2026-11-01" } }],
        });
        let ticket = self.post("/v1/tickets", &ticket).await?;
        let receipt = ticket["claims"][0]["receipt"].as_str().ok_or("no receipt")?.parse::<Uuid>()?;
        if self.url.starts_with("sqlite:") {
            let mut conn = sqlx::SqliteConnection::connect(&self.url).await?;
            let columns: Vec<String> = sqlx::query("SELECT name FROM pragma_table_info('receipt')")
                .fetch_all(&mut conn)
                .await?
                .iter()
                .map(|row| row.get(0))
                .collect();
            let sql = copy(&columns);
            for part in 0..count.div_ceil(1000) {
                let mut transaction = conn.begin().await?;
                for number in part * 1000..count.min((part + 1) * 1000) {
                    let one = &asked[number % asked.len()];
                    sqlx::query(AssertSqlSafe(sql.clone()))
                        .bind(receipt)
                        .bind(Uuid::now_v7())
                        .bind(1_000 + number as i64)
                        .bind(&one.input)
                        .bind(&one.output)
                        .execute(&mut *transaction)
                        .await?;
                }
                transaction.commit().await?;
            }
        } else {
            let mut conn = sqlx::PgConnection::connect(&self.url).await?;
            sqlx::query("SET sanbao.party = '*'").execute(&mut conn).await?;
            let columns: Vec<String> = sqlx::query(
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'receipt'",
            )
            .fetch_all(&mut conn)
            .await?
            .iter()
            .map(|row| row.get(0))
            .collect();
            let sql = copy(&columns);
            for part in 0..count.div_ceil(1000) {
                let mut transaction = conn.begin().await?;
                for number in part * 1000..count.min((part + 1) * 1000) {
                    let one = &asked[number % asked.len()];
                    sqlx::query(AssertSqlSafe(sql.clone()))
                        .bind(receipt)
                        .bind(Uuid::now_v7())
                        .bind(1_000 + number as i64)
                        .bind(&one.input)
                        .bind(&one.output)
                        .execute(&mut *transaction)
                        .await?;
                }
                transaction.commit().await?;
            }
            sqlx::query("ANALYZE receipt").execute(&mut conn).await?;
        }
        Ok(())
    }

    /// Asks for a back-test over the whole of it.
    pub(crate) async fn begin(&self) -> Result<String, Failure> {
        let body = json!({ "candidate": self.policy, "filter": { "interfaces": ["coverage"] } });
        let made = self.post("/v1/back-tests", &body).await?;
        Ok(format!("/v1/back-tests/{}", made["id"].as_str().ok_or("no id")?))
    }

    /// Looks until it has ended, and tells `seen` of every look.
    pub(crate) async fn follow(&self, path: &str, mut seen: impl FnMut(&Value)) -> Result<Value, Failure> {
        loop {
            let shown = self.call(Method::GET, path, None).await?;
            seen(&shown);
            match shown["state"].as_str() {
                Some("queued" | "running") => tokio::time::sleep(Duration::from_millis(250)).await,
                Some("finished") => return Ok(shown),
                _ => return Err(shown.to_string().into()),
            }
        }
    }
}

/// Copies receipt `$1` with another id, place in the chain, question and answer.
fn copy(columns: &[String]) -> String {
    let value = |name: &String| match name.as_str() {
        "id" => "$2".to_owned(),
        "seq" => "$3".to_owned(),
        "input" => "$4".to_owned(),
        "output" => "$5".to_owned(),
        _ => name.clone(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    format!("INSERT INTO receipt ({columns}) SELECT {values} FROM receipt WHERE id = $1")
}

/// Resident memory of this process in MiB; 0 where there is no /proc.
pub(crate) fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() >> 10
}
