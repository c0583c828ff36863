//! The schema: up from empty, again and again, by several hosts at once.

use crate::sample::*;
use sanbao_domain::party::PartyKind;
use sanbao_store::{Engine, MigrateError, OpenError, Store, StoreConfig};
use sanbao_tests::database::{Database, DatabaseError, cluster};
use sanbao_tests::on_both_engines;

on_both_engines!(
    every_statement_fits_the_schema,
    many_hosts_may_start_at_once_on_nothing,
    a_newer_schema_is_left_alone,
);

async fn every_statement_fits_the_schema(database: Database) {
    let count = database.store().await.unwrap().prepare_all().await;
    assert!(count.expect("every statement") > 40);
}

async fn many_hosts_may_start_at_once_on_nothing(database: Database) {
    let database = Database::empty(database.engine()).await.unwrap();
    let starting: Vec<_> = (0..6)
        .map(|_| {
            let config = StoreConfig::from_url(database.url()).unwrap().connections(2);
            tokio::spawn(Store::open(config))
        })
        .collect();
    let mut stores = Vec::new();
    for start in starting {
        stores.push(start.await.unwrap().expect("every host starts"));
    }
    let party = add_party(&stores[0], PartyKind::Brand, "B").await;
    for store in &stores {
        let mut conn = reader(store, party.id).await;
        assert!(sanbao_store::party::find(&mut conn, party.id).await.unwrap().is_some());
    }
    database.store().await.expect("and again");
}

async fn a_newer_schema_is_left_alone(database: Database) {
    database.store().await.unwrap().close().await;
    let sql = "INSERT INTO schema_migration (version, name, applied_at) VALUES (999, 'later', '2026-01-01Z')";
    database.execute(sql).await.unwrap();
    let refused = database.store().await;
    assert!(
        matches!(
            refused,
            Err(DatabaseError::Open(OpenError::Migrate(MigrateError::Newer { found: 999, .. })))
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_role_that_passes_row_level_security_is_refused() {
    let database = Database::new(Engine::Postgres).await.unwrap();
    let url = database.url().replace("sanbao@", "postgres@");
    let refused = Store::open(StoreConfig::from_url(&url).unwrap()).await;
    assert!(matches!(refused, Err(OpenError::Privileged)), "{refused:?}");
}

#[test]
fn an_address_names_its_engine() {
    let engine = |url| StoreConfig::from_url(url).map(|config| config.engine());
    assert_eq!(engine("sqlite:var/sanbao.sqlite").unwrap(), Engine::Sqlite);
    assert_eq!(engine("postgres://u@h/d").unwrap(), Engine::Postgres);
    for url in ["", "sqlite:", "mysql://u@h/d"] {
        assert!(matches!(engine(url), Err(OpenError::Address(_))), "{url}");
    }
}

#[tokio::test]
async fn the_cluster_listens_on_its_socket_only() {
    let mut conn = cluster().unwrap().superuser("postgres").await.unwrap();
    let (addresses,): (String,) = sqlx::query_as("SHOW listen_addresses").fetch_one(&mut conn).await.unwrap();
    assert_eq!(addresses, "");
}
