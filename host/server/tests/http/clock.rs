//! Moving the clock.

use crate::host::{Host, get, post};
use jiff::Timestamp;
use sanbao_server::{App, Config};
use serde_json::{Value, json};
use tempfile::TempDir;

fn now(shown: &Value) -> Timestamp {
    shown["now"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_movable_clock_goes_forward_only() {
    let host = Host::with(|config| config.movable_clock = true).await;
    let advance = |body: Value| host.send(post("/v1/clock/advance", body).key(&host.admin));
    let before = now(&host.send(get("/v1/clock").key(&host.admin)).await.expect(200));
    let after = now(&advance(json!({"by": {"amount": 2, "unit": "weeks"}})).await.expect(200));
    assert!(after.duration_since(before) >= jiff::SignedDuration::from_hours(14 * 24));
    let to = after.checked_add(jiff::SignedDuration::from_hours(3)).unwrap();
    assert!(now(&advance(json!({"to": to.to_string()})).await.expect(200)) >= to);
    assert_eq!(advance(json!({"to": before.to_string()})).await.fields(), ["to"]);
    for neither in [json!({}), json!({"to": to.to_string(), "by": {"amount": 1, "unit": "days"}})] {
        assert_eq!(advance(neither).await.fields(), ["by"]);
    }
    let absurd = json!({"by": {"amount": 4_000_000_000_u32, "unit": "years"}});
    assert_eq!(advance(absurd).await.fields(), ["by"]);
}

#[tokio::test]
async fn only_a_key_with_the_right_moves_it_and_only_where_it_is_movable() {
    let host = Host::with(|config| config.movable_clock = true).await;
    let brand = host.party("brand", "Lamps").await;
    let reader = host.key(&brand, &["tickets:read"]).await;
    let body = json!({"by": {"amount": 1, "unit": "days"}});
    assert_eq!(
        host.send(post("/v1/clock/advance", body.clone()).key(&reader)).await.problem(403),
        "missing-scope"
    );
    host.send(post("/v1/clock/advance", body.clone()).key(&brand.key)).await.expect(200);

    let fixed = Host::new().await;
    let got = fixed.send(post("/v1/clock/advance", body).key(&fixed.admin)).await;
    assert_eq!(got.problem(403), "clock-not-movable");
    assert_eq!(fixed.send(get("/v1/clock").key(&fixed.admin)).await.expect(200)["movable"], false);
}

#[tokio::test]
async fn a_host_that_starts_again_goes_on_from_its_own_time() {
    let dir = TempDir::new().unwrap();
    let mut config = Config::new(format!("sqlite:{}", dir.path().join("host.sqlite").display()));
    config.movable_clock = true;
    config.policy_instances = 1;
    let app = App::open(config.clone()).await.unwrap();
    let to = app.now().checked_add(jiff::SignedDuration::from_hours(1000)).unwrap();
    app.clock().move_to(to, app.store()).await.unwrap();
    app.store().clone().close().await;
    assert!(App::open(config).await.unwrap().now() >= to);
}
