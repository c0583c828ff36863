//! Between parties: the queries' conditions on both engines, row level security behind them.

use crate::sample::*;
use crate::schema::execute_as;
use sanbao_domain::party::PartyKind;
use sanbao_store::ticket::Filter;
use sanbao_store::{Engine, StoreError, deadline, journal, receipt, ticket};
use sanbao_tests::database::Database;
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

const TABLES: [&str; 32] = [
    "party",
    "api_key",
    "dealership",
    "unit",
    "component",
    "policy",
    "activation",
    "ticket_number",
    "ticket",
    "claim",
    "deadline",
    "journal",
    "receipt",
    "idempotency",
    "part",
    "part_document",
    "part_posting",
    "part_balance",
    "requisition",
    "finding",
    "upstream",
    "money",
    "shadow",
    "shadow_count",
    "shadow_divergence",
    "policy_health",
    "policy_health_count",
    "policy_guard",
    "policy_return",
    "policy_flush",
    "party_limit",
    "activation_rollback",
];

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

#[tokio::test]
async fn direct_sql_shows_a_party_its_own_rows_only() {
    let (database, [brand, dealer, stranger]) = furnished().await;
    for table in TABLES {
        assert_eq!(seen(&database, None, table).await, 0, "{table}, nobody said");
        assert_eq!(seen(&database, Some(&stranger), table).await, 0, "{table}, a stranger");
    }
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
        let error = execute_as(&database, party, &insert).await.unwrap_err();
        let code = error.as_database_error().and_then(|error| error.code()).unwrap().into_owned();
        assert_eq!(code, "42501");
    }
    assert_eq!(execute_as(&database, &brand, &insert).await.unwrap(), 1);
    let update = "UPDATE ticket SET version = version + 1";
    let missed = format!("{update} WHERE party_id = '{dealer}'");
    assert_eq!(execute_as(&database, &stranger, &missed).await.unwrap(), 0);
    assert_eq!(execute_as(&database, &brand, &missed).await.unwrap(), 1);
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
