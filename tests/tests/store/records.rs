//! Journal and receipts accept new rows only.

use crate::sample::*;
use sanbao_domain::party::PartyKind;
use sanbao_store::{Engine, journal, receipt};
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;

on_both_engines!(nothing_recorded_can_be_changed, bytes_are_kept);

async fn nothing_recorded_can_be_changed(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Store, "S").await.id;
    open_ticket(&store, &opening(party, party, 1, 0)).await.unwrap();
    let key =
        "INSERT INTO receipt_key (id, public_key, from_at) VALUES ('0123', '01', '2026-01-01 00:00:00Z')";
    database.execute(key).await.unwrap();
    let mut attempts = vec![
        "UPDATE journal SET seq = 2",
        "DELETE FROM journal",
        "UPDATE receipt SET output = 'forged'",
        "DELETE FROM receipt",
        "UPDATE receipt_key SET public_key = '02'",
        "DELETE FROM receipt_key",
    ];
    if database.engine() == Engine::Postgres {
        attempts.extend(["TRUNCATE journal", "TRUNCATE receipt", "TRUNCATE receipt_key CASCADE"]);
    }
    for sql in attempts {
        let error = database.execute(sql).await.expect_err(sql);
        let code = error.as_database_error().and_then(|error| error.code()).unwrap().into_owned();
        let expected = if database.engine() == Engine::Postgres { "SB001" } else { "1811" };
        assert_eq!(code, expected, "{sql}");
    }
    database.execute("UPDATE ticket SET number = number").await.expect("other tables may change");
}

async fn bytes_are_kept(database: Database) {
    let store = database.store().await.unwrap();
    let party = add_party(&store, PartyKind::Store, "S").await.id;
    let change = opening(party, party, 1, 0);
    open_ticket(&store, &change).await.unwrap();
    let mut conn = reader(&store, party).await;
    let ticket = change.ticket.id;
    assert_eq!(receipt::of_ticket(&mut conn, party, ticket).await.unwrap(), change.receipts);
    let found = receipt::find(&mut conn, party, change.receipts[0].id).await.unwrap();
    assert_eq!(found.as_ref(), change.receipts.first());
    assert_eq!(journal::list(&mut conn, party, ticket, 0, 10).await.unwrap(), change.entries);
    assert_eq!(journal::list(&mut conn, party, ticket, 1, 10).await.unwrap(), []);
}
