//! The same rows by hand on PostgreSQL: pgbench, prepared, the inserts of one ticket a transaction.

use crate::rows::{Fresh, TABLES, insert};
use crate::shared::Failure;
use crate::shared::host::Place;
use sqlx::{AssertSqlSafe, PgConnection, Row};
use std::process::Command;

const FRESH: Fresh = Fresh {
    ticket: "md5(:a::text)::uuid",
    number: "(:a::text)::bigint",
    id: "gen_random_uuid()",
    key: "md5(:a::text || 'key')",
};

/// Transactions a second, by as many clients.
pub(crate) async fn by_hand(place: &Place, clients: usize) -> Result<f64, Failure> {
    let (cluster, database) = place.cluster.as_ref().ok_or("not on PostgreSQL")?;
    let mut conn = cluster.superuser(database).await?;
    let mut script = String::from("\\set a random(1000000, 9000000000000000)\nBEGIN;\n");
    for sql in inserts(&mut conn).await? {
        script.push_str(&sql);
        script.push_str(";\n");
    }
    script.push_str("COMMIT;\n");
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), script)?;
    let output = Command::new(cluster.binaries().join("pgbench"))
        .args([
            "-n",
            "-M",
            "prepared",
            "-T",
            "5",
            "-j",
            "2",
            "-U",
            "postgres",
            "-c",
            &clients.to_string(),
            "-f",
        ])
        .arg(file.path())
        .arg("-h")
        .arg(cluster.socket())
        .arg(database)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .find_map(|line| line.strip_prefix("tps = "))
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .ok_or_else(|| format!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr)).into())
}

/// One statement for each row that the newest ticket of the host wrote.
async fn inserts(conn: &mut PgConnection) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for (table, key) in TABLES {
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute \
             WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        )
        .bind(table)
        .fetch_all(&mut *conn)
        .await?;
        let quoted: Vec<String> = columns
            .iter()
            .map(|(column, kind)| format!("quote_nullable({column}::text) || '::{kind}'"))
            .collect();
        let which = match key {
            "key" => "created_at = (SELECT max(created_at) FROM idempotency) LIMIT 1".to_owned(),
            key => {
                format!("{key} = (SELECT id FROM ticket WHERE number < 1000000 ORDER BY number DESC LIMIT 1)")
            }
        };
        let select = format!("SELECT {} FROM {table} WHERE {which}", quoted.join(", "));
        let names: Vec<String> = columns.iter().map(|(column, _)| column.clone()).collect();
        for row in sqlx::query(AssertSqlSafe(select)).fetch_all(&mut *conn).await? {
            let values: Vec<String> = names
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    FRESH.of(table, column).map_or_else(|| escaped(row.get(at)), str::to_owned)
                })
                .collect();
            all.push(insert(table, &names, &values));
        }
    }
    Ok(all)
}

/// A colon before a letter is a variable to pgbench, even within a text: `\x3a` in an escape string is
/// a colon that it does not see.
fn escaped(literal: String) -> String {
    let Some((text, kind)) = literal.rsplit_once("::") else { return literal };
    let (escapes, text) = match text.trim_start().strip_prefix('E') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    match text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(body) if body.contains(':') => {
            let body = if escapes { body.to_owned() } else { body.replace('\\', "\\\\") };
            format!("E'{}'::{kind}", body.replace(':', "\\x3a"))
        }
        _ => literal,
    }
}
