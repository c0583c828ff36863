//! Stopping a host over its socket.

use crate::host::{Host, unit};
use sanbao_server::serve;
use sanbao_store::{Store, StoreConfig, unit as units};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_host_that_stops_finishes_the_commands_that_run() {
    let host = Host::new().await;
    let brand = host.party("brand", "Lamps").await;
    let running = serve::start(host.app.clone()).await.unwrap();
    let address = running.address();
    let release = host.hold().await;
    let mut client = TcpStream::connect(address).await.unwrap();
    let body = unit("A1").to_string();
    let request = format!(
        "POST /v1/units HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nidempotency-key: one\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        brand.key,
        body.len(),
    );
    client.write_all(request.as_bytes()).await.unwrap();
    host.until_in_flight(&brand.id, "one").await;

    let database = host.app.config().database.clone();
    let stopping = tokio::spawn(running.stop());
    // The listener closes while the command still waits for its write.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!stopping.is_finished());
    release.send(()).unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 201 "), "{}", String::from_utf8_lossy(&answer));
    stopping.await.unwrap();

    let store = Store::open(StoreConfig::from_url(&database).unwrap()).await.unwrap();
    let party: sanbao_domain::ids::PartyId = brand.id.parse().unwrap();
    let mut conn = store.read(party).await.unwrap();
    assert_eq!(units::by_serial(&mut conn, party, "A1").await.unwrap().len(), 1);
}
