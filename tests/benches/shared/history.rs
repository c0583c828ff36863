//! A store with a history of so many decisions, and a back-test over it, through a host.

use super::Failure;
use super::claims::Asked;
use super::client::Client;
use super::host::{Place, Store};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Row};
use std::time::Duration;
use uuid::Uuid;

/// Rows of a transaction.
const TOGETHER: usize = 1000;

/// Writes copies of one receipt with other questions and answers, on a connection of either engine.
macro_rules! write_copies {
    ($conn:expr, $columns:literal, $receipt:expr, $asked:expr, $count:expr) => {{
        let columns = sqlx::query($columns).fetch_all(&mut $conn).await?;
        let sql = copy(&columns.iter().map(|row| row.get(0)).collect::<Vec<String>>());
        for part in 0..$count.div_ceil(TOGETHER) {
            let mut transaction = $conn.begin().await?;
            for number in part * TOGETHER..$count.min((part + 1) * TOGETHER) {
                let one = &$asked[number % $asked.len()];
                sqlx::query(AssertSqlSafe(sql.as_str()))
                    .bind($receipt)
                    .bind(Uuid::now_v7())
                    .bind(1_000 + number as i64)
                    .bind(&one.input)
                    .bind(&one.output)
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
        }
    }};
}

/// Opens a ticket, and repeats its decision on cover with other claims until there are so many.
pub(crate) async fn fill(
    place: &Place,
    client: &mut Client,
    asked: &[Asked],
    count: usize,
) -> Result<(), Failure> {
    let ticket = json!({
        "product": { "category": "television", "model": "TV-55", "serial": "S-1" },
        "claims": [{ "cause": "quality", "asked": "refund", "dates": { "sold": "2024-05-01" } }],
    });
    let ticket = client.send("/v1/tickets", &ticket).await?;
    let receipt = ticket["claims"][0]["receipt"].as_str().ok_or("no receipt")?.parse::<Uuid>()?;
    if place.cluster.is_none() {
        let mut conn = sqlx::SqliteConnection::connect(&place.url).await?;
        write_copies!(conn, "SELECT name FROM pragma_table_info('receipt')", receipt, asked, count);
        conn.close().await?;
    } else {
        let mut conn = sqlx::PgConnection::connect(&place.url).await?;
        sqlx::query("SET sanbao.party = '*'").execute(&mut conn).await?;
        write_copies!(
            conn,
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'receipt'",
            receipt,
            asked,
            count
        );
        sqlx::query("ANALYZE receipt").execute(&mut conn).await?;
        conn.close().await?;
    }
    Ok(())
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

/// Asks for a back-test of the store's own policy over all decisions on cover; its path.
pub(crate) async fn begin(client: &mut Client, store: &Store) -> Result<String, Failure> {
    let body = json!({ "candidate": store.policy, "filter": { "interfaces": ["coverage"] } });
    let made = client.send("/v1/back-tests", &body).await?;
    Ok(format!("/v1/back-tests/{}", made["id"].as_str().ok_or("no id")?))
}

/// Looks until it has ended and tells `seen` of every look, which says whether it should go on; else it is
/// cancelled.
pub(crate) async fn follow(
    client: &mut Client,
    path: &str,
    mut seen: impl FnMut(&Value) -> bool,
) -> Result<Value, Failure> {
    loop {
        let shown = client.read(path).await?;
        let wanted = seen(&shown);
        match shown["state"].as_str() {
            Some("queued" | "running") if wanted => tokio::time::sleep(Duration::from_millis(250)).await,
            Some("queued" | "running") => return client.send(&format!("{path}/cancel"), &json!({})).await,
            Some("finished") => return Ok(shown),
            _ => return Err(shown.to_string().into()),
        }
    }
}
