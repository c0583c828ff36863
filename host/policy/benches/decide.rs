//! What one decision of the store's policy costs: the rule as a native function, a bare component that is
//! instantiated and returns, and the whole decision (fresh instance, case lowered, verdict lifted, invariants,
//! record hashed). All in one run, in turns, so that the ratios mean something on a busy machine.
//!
//! `sh plugins/build.sh && cargo bench -p sanbao-policy`; components named after `--` are measured too, with
//! the same case.

use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_domain::ids::PartyId;
use sanbao_hostile::Fixture;
use sanbao_kit::types as kit;
use sanbao_policy::check::check;
use sanbao_policy::decision::Terms;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::runner::Runner;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use wasmtime::component::{Component, Linker};

const ROUNDS: usize = 200;
const CALLS: usize = 100;
const COPIES: usize = 20;

/// Instantiated and called; its memory has a page, as the smallest C component's.
const BARE: &str = r#"(component
  (core module $m
    (memory (export "memory") 1)
    (data (i32.const 0) "bare")
    (func (export "run") (result i32) (i32.const 7)))
  (core instance $i (instantiate $m))
  (func (export "run") (result u32) (canon lift (core func $i "run"))))"#;

/// A customer brings a television back on the twelfth day; the receipt is there, the set does not work.
const CASE: &str = r#"{
  "now": {"on": "2024-05-13", "at": "2024-05-13T02:00:00Z"},
  "jurisdiction": "CN",
  "claimant": {"kind": "consumer"},
  "respondent": {"kind": "store"},
  "product": {"category": "television", "model": "TV-55", "serial": "SN-1001", "price": {"amount": 299900, "currency": "CNY"}},
  "dates": {"sold": "2024-05-01", "reported": "2024-05-13"},
  "asked": "replace",
  "cause": "quality",
  "attributes": [
    {"name": "traces-of-use", "value": {"boolean": false}},
    {"name": "packaging-intact", "value": {"boolean": true}},
    {"name": "accessories-complete", "value": {"boolean": true}},
    {"name": "warranty-card", "value": {"boolean": true}}
  ]
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../plugins/target/wasm32-unknown-unknown/release/sanbao_store_pack.wasm");
    let module = std::fs::read(&pack).map_err(|_| "the store's pack is not built: sh plugins/build.sh")?;

    let before = resident();
    let engine = Engine::new(EngineOptions::default())?;
    let idle = resident();
    let store = upload(&engine, &module)?;
    let least = upload(&engine, &Fixture::WellBehaved.component())?;

    let case: Case = serde_json::from_str(CASE)?;
    let terms = Terms::new(Arc::new(CalendarSpec::of_zone("Asia/Shanghai").load()?));
    let ask = |policy: &Policy, case: Case| {
        black_box(policy.ask(&terms, Coverage { case })).outcome.map_err(|failure| failure.to_string())
    };
    println!("verdict: {:?}", ask(&store, case.clone())?.ruling);

    let native = native_case();
    let bare_component = Component::from_binary(engine.wasmtime(), &wat::parse_str(BARE)?)?;
    let bare_ready = Linker::<()>::new(engine.wasmtime()).instantiate_pre(&bare_component)?;
    let bare = || -> wasmtime::Result<u32> {
        let mut store = wasmtime::Store::new(engine.wasmtime(), ());
        store.set_fuel(1_000_000)?;
        store.set_epoch_deadline(1000);
        let instance = bare_ready.instantiate(&mut store)?;
        let run = instance.get_typed_func::<(), (u32,)>(&mut store, "run")?;
        Ok(run.call(&mut store, ())?.0)
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let runner = Runner::new(Arc::clone(&engine));
    let party = PartyId(Uuid::from_u128(1));

    let mut rows = [
        Row::new("the rule, native"),
        Row::new("bare component"),
        Row::new("least policy, whole decision"),
        Row::new("store policy, whole decision"),
        Row::new("store policy, through the runner"),
        Row::new("of it: sealing the receipt"),
    ];
    for _ in 0..ROUNDS {
        rows[0].measure(|| (), |()| drop(black_box(sanbao_store_pack::coverage::decide(black_box(&native)))));
        rows[1].measure(|| (), |()| drop(black_box(bare())));
        rows[2].measure(|| case.clone(), |case| drop(black_box(ask(&least, case))));
        rows[3].measure(|| case.clone(), |case| drop(black_box(ask(&store, case))));
        runtime.block_on(async {
            for _ in 0..CALLS {
                let case = case.clone();
                let start = Instant::now();
                drop(black_box(runner.ask(party, &store, &terms, Coverage { case }).await));
                rows[4].samples.push(start.elapsed());
            }
        });
        rows[5].measure(
            || store.ask(&terms, Coverage { case: case.clone() }).record,
            |record| drop(black_box(record.seal(None))),
        );
    }
    let base = rows[1].percentiles();
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}", "µs", "p50", "p99", "× bare", "× bare 99");
    for row in &mut rows {
        let (p50, p99) = row.percentiles();
        println!("{:<34} {p50:>9.2} {p99:>9.2} {:>9.2} {:>9.2}", row.name, p50 / base.0, p99 / base.1);
    }

    for file in std::env::args().skip(1).filter(|arg| !arg.starts_with('-')) {
        let checked = check(&engine, &std::fs::read(&file)?);
        println!("{file}: compiled in {} ms, long: {}", checked.report.compile_millis, checked.report.long);
        let policy = checked.policy.ok_or_else(|| format!("{:#?}", checked.report.problems))?;
        let mut row = Row::new("whole decision");
        for _ in 0..ROUNDS / 10 {
            row.measure(|| case.clone(), |case| drop(black_box(ask(&policy, case))));
        }
        let (p50, p99) = row.percentiles();
        println!("{:<34} {p50:>9.2} {p99:>9.2} {:>9.2} {:>9.2}", row.name, p50 / base.0, p99 / base.1);
    }

    let loaded = resident();
    let copies: Vec<_> =
        (0..COPIES).map(|i| upload(&engine, &variant(&module, i))).collect::<Result<_, _>>()?;
    let each = resident().saturating_sub(loaded) / COPIES;
    println!(
        "resident: {} KiB before the engine, {} KiB with it, {} KiB for each policy",
        before >> 10,
        idle >> 10,
        each >> 10
    );
    drop(copies);
    Ok(())
}

struct Row {
    name: &'static str,
    samples: Vec<Duration>,
}

impl Row {
    fn new(name: &'static str) -> Self {
        Self { name, samples: Vec::with_capacity(ROUNDS * CALLS) }
    }

    fn measure<T>(&mut self, mut prepare: impl FnMut() -> T, mut run: impl FnMut(T)) {
        for _ in 0..CALLS {
            let input = prepare();
            let start = Instant::now();
            run(input);
            self.samples.push(start.elapsed());
        }
    }

    /// In microseconds, of all rounds but the first fifth, which warm up.
    fn percentiles(&mut self) -> (f64, f64) {
        let mut warm = self.samples[self.samples.len() / 5..].to_vec();
        warm.sort_unstable();
        let at = |share: usize| warm[warm.len() * share / 100].as_secs_f64() * 1e6;
        (at(50), at(99))
    }
}

fn upload(engine: &Arc<Engine>, bytes: &[u8]) -> Result<Arc<Policy>, String> {
    let checked = check(engine, bytes);
    checked.policy.ok_or_else(|| format!("{:#?}", checked.report.problems))
}

/// The same module under another digest: a custom section more.
fn variant(module: &[u8], number: usize) -> Vec<u8> {
    let mut bytes = module.to_vec();
    let text = number.to_string();
    let name = b"bench";
    bytes.extend([0, (1 + name.len() + text.len()) as u8, name.len() as u8]);
    bytes.extend(name);
    bytes.extend(text.bytes());
    bytes
}

/// Resident memory of this process in KiB × 1024; 0 where there is no /proc.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or_default() << 10
}

/// [`CASE`] in the types of a pack.
fn native_case() -> kit::Case {
    let day = |day| kit::Date { year: 2024, month: 5, day };
    let on = |d| Some(kit::Moment { on: day(d), at: None });
    let yes = |name: &str, value| kit::Attribute { name: name.into(), value: kit::Value::Boolean(value) };
    kit::Case {
        now: kit::Moment { on: day(13), at: Some(1_715_565_600) },
        jurisdiction: "CN".into(),
        claimant: kit::Party { kind: kit::PartyKind::Consumer, standing: None, grade: None },
        respondent: kit::Party { kind: kit::PartyKind::Store, standing: None, grade: None },
        matter: kit::Matter::Warranty,
        product: kit::Product {
            category: "television".into(),
            model: "TV-55".into(),
            serial: Some("SN-1001".into()),
            lot: None,
            quantity: 1,
            price: Some(kit::Money { minor: 299_900, currency: "CNY".into() }),
        },
        dates: kit::Dates {
            produced: None,
            shipped: None,
            sold: on(1),
            installed: None,
            received: None,
            reported: on(13),
            discontinued: None,
        },
        history: kit::History {
            repairs: Vec::new(),
            days_out_of_service: 0,
            extensions: Vec::new(),
            renewed: None,
            usage: Vec::new(),
        },
        asked: kit::Wish::Replace,
        cause: kit::Cause::Quality,
        fault: None,
        claimed: None,
        agreed: None,
        attributes: vec![
            yes("traces-of-use", false),
            yes("packaging-intact", true),
            yes("accessories-complete", true),
            yes("warranty-card", true),
        ],
        settings: Vec::new(),
    }
}
