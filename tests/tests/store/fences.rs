//! Between parties: the queries' conditions on both engines, row level security behind them.

use crate::sample::*;
use sanbao_domain::party::PartyKind;
use sanbao_store::ticket::Filter;
use sanbao_store::{Engine, StoreError, deadline, journal, receipt, ticket};
use sanbao_tests::database::{Database, cluster};
use sanbao_tests::on_both_engines;
use sqlx::Connection;

on_both_engines!(a_stranger_finds_nothing);

async fn a_stranger_finds_nothing(database: Database) {
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let stranger = add_party(&store, PartyKind::Dealer, "Stranger").await.id;
    let change = opening(dealer, brand, 1, 2);
    open_ticket(&store, &change).await.unwrap();
    let id = change.ticket.id;
    let mut conn = reader(&store, stranger).await;
    assert_eq!(ticket::find(&mut conn, stranger, id).await.unwrap(), None);
    assert_eq!(ticket::list(&mut conn, stranger, &Filter::default(), None, 9).await.unwrap(), []);
    assert_eq!(journal::list(&mut conn, stranger, id, 0, 9).await.unwrap(), []);
    assert_eq!(receipt::of_ticket(&mut conn, stranger, id).await.unwrap(), []);
    assert_eq!(receipt::find(&mut conn, stranger, change.receipts[0].id).await.unwrap(), None);
    let filter = deadline::Filter::default();
    assert_eq!(deadline::list(&mut conn, stranger, &filter, 9).await.unwrap(), []);
}

/// Tables that are for the host itself: no party sees a row of them.
const OF_THE_HOST: [&str; 4] = ["artifact", "component_bytes", "policy_flush", "receipt_key"];
/// Tables that a party reads and only the platform writes.
const TOLD: [&str; 1] = ["party_limit"];

/// Rows of a table that the host's role sees when it works for `party`, by SQL of our own.
async fn seen(database: &Database, party: Option<&str>, table: &str) -> i64 {
    let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
    if let Some(party) = party {
        let set = format!("SET sanbao.party = '{party}'");
        sqlx::raw_sql(sqlx::AssertSqlSafe(set)).execute(&mut conn).await.unwrap();
    }
    let count = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&mut conn).await.unwrap()
}

async fn furnished() -> (Database, [String; 3]) {
    let database = Database::new(Engine::Postgres).await.unwrap();
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let stranger = id::<sanbao_domain::ids::PartyId>();
    let mut change = opening(dealer, brand, store.ticket_number(dealer).await.unwrap(), 2);
    change.answer = Some(answer(dealer, "k"));
    open_ticket(&store, &change).await.unwrap();
    (database, [brand, dealer, stranger].map(|party| party.to_string()))
}

#[tokio::test]
async fn every_table_of_a_party_is_fenced() {
    let (database, _) = furnished().await;
    let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
    let open: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace \
         AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    assert_eq!(open, ["clock", "schema_migration"], "tables without an owner");
}

/// A table behind a fence, and the statement that puts a row of `owner` into it.
struct Fenced {
    table: String,
    insert: String,
}

/// Every table behind a fence, whichever migration made it.
async fn fenced(database: &Database, owner: &str) -> Vec<Fenced> {
    let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL) \
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity \
         AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY 1, a.attnum",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let mut tables: Vec<Fenced> = Vec::new();
    for table in columns.chunk_by(|one, next| one.0 == next.0) {
        let names: Vec<_> = table.iter().map(|(_, column, _)| column.as_str()).collect();
        let values: Vec<_> = table
            .iter()
            .map(|(table, column, kind)| match (column.as_str(), kind.as_str()) {
                ("party_id", "uuid") => format!("'{owner}'"),
                (_, "uuid") => "gen_random_uuid()".to_owned(),
                (_, "bigint" | "integer") => "1".to_owned(),
                (_, "double precision") => "1.5".to_owned(),
                (_, "text") => "'x'".to_owned(),
                (_, "bytea") => "'\\x01'".to_owned(),
                (_, "boolean") => "true".to_owned(),
                (_, "date") => "'2026-01-01'".to_owned(),
                (_, "timestamp with time zone") => "'2026-01-01Z'".to_owned(),
                _ => panic!("a value for {table}.{column}, {kind}"),
            })
            .collect();
        let name = table[0].0.clone();
        let insert = format!("INSERT INTO {name} ({}) VALUES ({})", names.join(", "), values.join(", "));
        tables.push(Fenced { table: name, insert });
    }
    tables
}

/// Puts a row of `owner` into every table, past fences, references and triggers.
async fn fill(database: &Database, tables: &[Fenced]) {
    let mut own = sqlx::PgConnection::connect(database.url()).await.unwrap();
    let name: String =
        sqlx::query_scalar("SELECT current_database()::text").fetch_one(&mut own).await.unwrap();
    let mut conn = cluster().unwrap().superuser(&name).await.unwrap();
    sqlx::raw_sql("SET session_replication_role = replica").execute(&mut conn).await.unwrap();
    for fenced in tables {
        let insert = sqlx::raw_sql(sqlx::AssertSqlSafe(fenced.insert.clone()));
        insert.execute(&mut conn).await.expect(&fenced.insert);
    }
}

#[tokio::test]
async fn nobody_passes_the_fence_of_any_table() {
    let database = Database::new(Engine::Postgres).await.unwrap();
    let [owner, stranger] = [0; 2].map(|_| id::<sanbao_domain::ids::PartyId>().to_string());
    let tables = fenced(&database, &owner).await;
    assert!(tables.len() >= 44, "{}", tables.len());
    fill(&database, &tables).await;
    for Fenced { table, insert } in &tables {
        let (table, of_the_host) = (table.as_str(), OF_THE_HOST.contains(&table.as_str()));
        assert_eq!(seen(&database, Some("*"), table).await, 1, "{table}, the host");
        assert_eq!(seen(&database, None, table).await, 0, "{table}, nobody said");
        assert_eq!(seen(&database, Some(&stranger), table).await, 0, "{table}, a stranger");
        let own = if of_the_host { 0 } else { 1 };
        assert_eq!(seen(&database, Some(&owner), table).await, own, "{table}, its owner");
        for party in [&stranger, &owner] {
            if party == &owner && !of_the_host && !TOLD.contains(&table) {
                continue;
            }
            for change in [format!("DELETE FROM {table}"), insert.clone()] {
                match database.execute_as(party, &change).await {
                    Ok(rows) => assert_eq!(rows, 0, "{change}"),
                    Err(error) => {
                        let code = error.as_database_error().and_then(|error| error.code());
                        assert_eq!(code.as_deref(), Some("42501"), "{change}: {error}");
                    }
                }
            }
        }
        assert_eq!(seen(&database, Some("*"), table).await, 1, "{table}, afterwards");
    }
}

#[tokio::test]
async fn direct_sql_shows_a_party_its_own_rows_only() {
    let (database, [brand, dealer, _]) = furnished().await;
    for (table, by_brand, by_dealer) in [
        ("party", 2, 2),
        ("dealership", 1, 1),
        ("ticket", 1, 1),
        ("claim", 1, 1),
        ("deadline", 2, 2),
        ("journal", 1, 1),
        ("receipt", 1, 1),
        ("idempotency", 0, 1),
        ("ticket_number", 0, 1),
    ] {
        assert_eq!(seen(&database, Some(&brand), table).await, by_brand, "{table}, the brand");
        assert_eq!(seen(&database, Some(&dealer), table).await, by_dealer, "{table}, the dealer");
        assert_eq!(seen(&database, Some("*"), table).await, by_dealer, "{table}, the host");
    }
}

#[tokio::test]
async fn direct_sql_writes_a_party_s_own_rows_only() {
    let (database, [brand, dealer, stranger]) = furnished().await;
    let insert = format!(
        "INSERT INTO dealership VALUES ('{brand}', '{stranger}', 'dealer', NULL, NULL, now(), NULL, NULL, NULL)"
    );
    for party in [&stranger, &dealer] {
        let error = database.execute_as(party, &insert).await.unwrap_err();
        let code = error.as_database_error().and_then(|error| error.code()).unwrap().into_owned();
        assert_eq!(code, "42501");
    }
    assert_eq!(database.execute_as(&brand, &insert).await.unwrap(), 1);
    let update = "UPDATE ticket SET version = version + 1";
    let missed = format!("{update} WHERE party_id = '{dealer}'");
    assert_eq!(database.execute_as(&stranger, &missed).await.unwrap(), 0);
    assert_eq!(database.execute_as(&brand, &missed).await.unwrap(), 1);
}

#[tokio::test]
async fn a_write_for_another_party_is_refused() {
    let (database, _) = furnished().await;
    let store = database.store().await.unwrap();
    let (brand, dealer) = brand_and_dealer(&store).await;
    let change = opening(dealer, dealer, 99, 0);
    let refused = commit!(store, brand, |conn| ticket::open(conn, change)).await;
    assert!(matches!(refused, Err(StoreError::Refused)), "{refused:?}");
}
