//! The same rows by hand on SQLite: one connection, prepared statements, one flush a transaction.

use crate::rows::{Fresh, TABLES, insert};
use crate::shared::Failure;
use crate::shared::host::Place;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use std::str::FromStr;
use std::time::Instant;

const FRESH: Fresh = Fresh { ticket: "$1", number: "$2", id: "randomblob(16)", key: "hex(randomblob(16))" };

/// Transactions a second.
pub(crate) async fn by_hand(place: &Place, transactions: usize) -> Result<f64, Failure> {
    let options = SqliteConnectOptions::from_str(&place.url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(std::time::Duration::from_secs(10));
    let mut conn = options.connect().await?;
    let inserts = inserts(&mut conn).await?;
    let (mut number,): (i64,) =
        sqlx::query_as("SELECT coalesce(max(number), 0) FROM ticket").fetch_one(&mut conn).await?;
    // Far beyond the numbers that the host gives while it goes on.
    number += 1_000_000;
    let started = Instant::now();
    for _ in 0..transactions {
        number += 1;
        let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await?;
        let ticket = uuid::Uuid::now_v7();
        for sql in &inserts {
            let query = sqlx::query(AssertSqlSafe(sql.as_str())).bind(ticket);
            let query = if sql.contains("$2") { query.bind(number) } else { query };
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
    let rate = transactions as f64 / started.elapsed().as_secs_f64();
    conn.close().await?;
    Ok(rate)
}

/// One statement for each row that the newest ticket wrote.
async fn inserts(conn: &mut SqliteConnection) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for (table, key) in TABLES {
        let columns: Vec<String> =
            sqlx::query(AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')")))
                .fetch_all(&mut *conn)
                .await?
                .iter()
                .map(|row| row.get(0))
                .collect();
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let which = match key {
            "key" => "created_at = (SELECT max(created_at) FROM idempotency) LIMIT 1".to_owned(),
            key => format!("{key} = (SELECT id FROM ticket ORDER BY id DESC LIMIT 1)"),
        };
        let select = format!("SELECT {} FROM {table} WHERE {which}", quoted.join(", "));
        for row in sqlx::query(AssertSqlSafe(select)).fetch_all(&mut *conn).await? {
            let values: Vec<String> = columns
                .iter()
                .enumerate()
                .map(|(at, column)| FRESH.of(table, column).map_or_else(|| row.get(at), str::to_owned))
                .collect();
            all.push(insert(table, &columns, &values));
        }
    }
    Ok(all)
}
