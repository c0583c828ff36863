//! What a brand's manager sees of a new version before it is put in force.

use crate::world::{World, each};
use sanbao_hostile::Fixture;
use sanbao_tests::database::Database;
use sanbao_tests::on_both_engines;
use sanbao_tests::packs;
use serde_json::{Value, json};

on_both_engines!(a_new_version_is_shown_against_what_is_in_force, a_pack_proves_itself_when_it_is_uploaded);

/// The fixture in another version, with another rule text.
fn version(number: u8) -> Vec<u8> {
    let component = Fixture::WellBehaved.component();
    let replaced = |bytes: Vec<u8>, old: &[u8], new: &[u8]| -> Vec<u8> {
        let at = bytes.windows(old.len()).position(|window| window == old).expect("the text");
        [&bytes[..at], new, &bytes[at + old.len()..]].concat()
    };
    // The text of the rule, with what lies before it: types have a field of that name.
    let text = [b"\x00\xe8\xa7\x84\x00rul", [b'0' + number].as_slice()].concat();
    let component = replaced(component, b"\x00\xe8\xa7\x84\x00rule", &text);
    replaced(component, b"hostile\x001.0.0", &[b"hostile\x00".as_slice(), &[b'0' + number], b".0.0"].concat())
}

async fn a_new_version_is_shown_against_what_is_in_force(database: Database) {
    let world = World::open(&database).await;
    let brand = world.party("brand", "明光照明").await;
    let path = |policy: &str, query: &str| format!("/v1/policies/{}/difference{query}", policy);
    let one = world.upload(&brand, version(1)).await;
    let shown = world.get(&brand.key, &format!("/v1/policies/{one}")).await.is(200);
    assert_eq!(shown["report"]["difference"], Value::Null, "there was nothing before it");
    world.get(&brand.key, &path(&one, "")).await.refused(404, "no-earlier-version");

    let two = world.upload(&brand, version(2)).await;
    world.activate(&brand, &one, json!({ "from": "2030-01-01" })).await;
    let three = world.upload(&brand, version(3)).await;
    let shown = world.get(&brand.key, &format!("/v1/policies/{three}")).await.is(200);
    let told = &shown["report"]["difference"];
    // The first is in force, the second was only uploaded.
    assert_eq!((&told["from"]["version"], &told["to"]["version"]), (&json!("1.0.0"), &json!("3.0.0")));

    let found = world.get(&brand.key, &path(&three, "")).await.is(200);
    assert_eq!(&found, told, "what the upload said is what can be asked for later");
    assert_eq!(each(&found["rules"]["changed"], "id"), ["H-1"]);
    let field = |found: &Value| found["rules"]["changed"][0]["fields"][0].clone();
    assert_eq!(field(&found), json!({ "field": "text", "from": "rul1", "to": "rul3" }));
    assert_eq!(found["rules"]["added"], json!([]));
    let against = world.get(&brand.key, &path(&three, &format!("?from={}", two))).await;
    assert_eq!(field(&against.is(200))["from"], "rul2");
    let back = world.get(&brand.key, &path(&one, &format!("?from={}", three))).await;
    assert_eq!(field(&back.is(200)), json!({ "field": "text", "from": "rul3", "to": "rul1" }));

    let other = world.party("brand", "别家").await;
    let theirs = world.upload(&other, version(2)).await;
    world.get(&other.key, &path(&three, "")).await.refused(404, "not-found");
    let named = path(&theirs, &format!("?from={}", one));
    world.get(&other.key, &named).await.refused(404, "not-found");
    world.close().await;
}

async fn a_pack_proves_itself_when_it_is_uploaded(database: Database) {
    let world = World::open(&database).await;
    let store = world.party("store", "新宇电器城").await;
    let policy = world.upload(&store, packs::read("sanbao_store_pack").expect("the store pack")).await;
    let shown = world.get(&store.key, &format!("/v1/policies/{policy}")).await.is(200);
    let run = &shown["report"]["scenarios"];
    let interfaces = run["interfaces"].as_array().unwrap();
    let sum = |what: &str| interfaces.iter().map(|one| one[what].as_u64().unwrap()).sum::<u64>();
    assert!(sum("passed") > 100 && sum("failed") == 0, "{run:#}");
    assert_eq!(json!(sum("scenarios")), run["total"]);
    assert!(interfaces.iter().all(|one| one["fuel"]["p50"].as_u64() <= one["fuel"]["max"].as_u64()));
    assert!(interfaces.iter().all(|one| one["fuel"]["p50"].as_u64() > Some(0)), "{run:#}");
    world.close().await;
}
