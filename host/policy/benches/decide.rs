//! What one decision of the store's policy costs: the rule as a native function, two bare components, and the
//! whole decision (fresh instance, case lowered, verdict lifted, invariants, record hashed). All in one run, in
//! turns, so that the ratios mean something on a busy machine.
//!
//! The first bare component is instantiated and returns a number: its memory is never touched. The second takes
//! the same case and returns a fixed verdict, without a rule, invariants or record: what any policy costs that is
//! asked this question.
//!
//! `sh plugins/build.sh && cargo bench -p sanbao-policy`; components named after `--` are measured too, with
//! the same case. `--spin` decides over and over instead, for a profiler.

use sanbao_domain::calendar::CalendarSpec;
use sanbao_domain::case::Case;
use sanbao_domain::ids::PartyId;
use sanbao_hostile::Fixture;
use sanbao_kit::types as kit;
use sanbao_policy::check::check;
use sanbao_policy::compile::Compiler;
use sanbao_policy::decision::Terms;
use sanbao_policy::digest::Digest;
use sanbao_policy::engine::{Engine, EngineOptions};
use sanbao_policy::policy::Policy;
use sanbao_policy::question::Coverage;
use sanbao_policy::receipt::sheet::link;
use sanbao_policy::receipt::{Identity, Sheet, Signer};
use sanbao_policy::runner::Runner;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;
use wasmtime::component::{Component, ComponentExportIndex, InstancePre, Linker, TypedFunc};

/// [`CASE`] in the types of a pack or of a host's bindings.
macro_rules! the_case {
    ($types:ident) => {{
        let day = |day| $types::Date { year: 2024, month: 5, day };
        let on = |d| Some($types::Moment { on: day(d), at: None });
        let yes =
            |name: &str, value| $types::Attribute { name: name.into(), value: $types::Value::Boolean(value) };
        $types::Case {
            now: $types::Moment { on: day(13), at: Some(1_715_565_600) },
            jurisdiction: "CN".into(),
            claimant: $types::Party { kind: $types::PartyKind::Consumer, standing: None, grade: None },
            respondent: $types::Party { kind: $types::PartyKind::Store, standing: None, grade: None },
            matter: $types::Matter::Warranty,
            product: $types::Product {
                category: "television".into(),
                model: "TV-55".into(),
                serial: Some("SN-1001".into()),
                lot: None,
                quantity: 1,
                price: Some($types::Money { minor: 299_900, currency: "CNY".into() }),
            },
            dates: $types::Dates {
                produced: None,
                shipped: None,
                sold: on(1),
                installed: None,
                received: None,
                reported: on(13),
                discontinued: None,
            },
            history: $types::History {
                repairs: Vec::new(),
                days_out_of_service: 0,
                extensions: Vec::new(),
                renewed: None,
                usage: Vec::new(),
            },
            asked: $types::Wish::Replace,
            cause: $types::Cause::Quality,
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
    }};
}
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

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

/// The contract's types, as any host would have them.
mod bindings {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    wasmtime::component::bindgen!({
        path: "../../wit",
        inline: "package sanbao:bench; world asks { export sanbao:policy/coverage@1.0.0; }",
    });
}

use bindings::exports::sanbao::policy::coverage;
use bindings::sanbao::policy::types as wit;

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
    let decision = store.ask(&terms, Coverage { case: case.clone() });
    let ruling = decision.outcome.map_err(|failure| failure.to_string())?.ruling;
    let (asked, answered) = (decision.record.input.len(), decision.record.output.len());
    println!("verdict: {ruling:?}; recorded: {asked} bytes asked, {answered} answered");

    let native = the_case!(kit);
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
    let fixed_component = Component::from_binary(engine.wasmtime(), &Fixture::WellBehaved.component())?;
    let fixed_ready = Linker::<()>::new(engine.wasmtime()).instantiate_pre(&fixed_component)?;
    let coverage = fixed_component.get_export_index(None, "sanbao:policy/coverage@1.0.0");
    let decide = fixed_component
        .get_export_index(coverage.as_ref(), "decide")
        .ok_or("the well-behaved policy lost its function")?;
    let asked = the_case!(wit);
    let fixed = || fixed_verdict(&engine, &fixed_ready, &decide, &asked);
    println!("fixed verdict: {:?}", fixed()?.ruling);
    if std::env::args().any(|arg| arg == "--spin") {
        loop {
            ask(&store, case.clone())?;
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let runner = Runner::new(Arc::clone(&engine));
    let party = PartyId(Uuid::from_u128(1));

    let mut rows = [
        Row::new("the rule, native"),
        Row::new("bare component"),
        Row::new("bare component, case and verdict"),
        Row::new("least policy, whole decision"),
        Row::new("store policy, whole decision"),
        Row::new("store policy, through the runner"),
        Row::new("sealing its receipt, unsigned"),
        Row::new("sealing its receipt, signed"),
    ];
    let signer = Signer::from_seed(&[7; 32]);
    let identity = Identity {
        id: Uuid::from_u128(2).into(),
        ticket: Uuid::from_u128(3).into(),
        claim: Uuid::from_u128(4).into(),
        seq: 1,
        respondent: party,
        policy: Uuid::from_u128(5).into(),
        activation: Uuid::from_u128(6).into(),
        decided_at: "2024-05-13T02:00:00Z".parse()?,
    };
    for _ in 0..ROUNDS {
        rows[0].measure(|| (), |()| drop(black_box(sanbao_store_pack::coverage::decide(black_box(&native)))));
        rows[1].measure(|| (), |()| drop(black_box(bare())));
        rows[2].measure(|| (), |()| drop(black_box(fixed())));
        rows[3].measure(|| case.clone(), |case| drop(black_box(ask(&least, case))));
        rows[4].measure(|| case.clone(), |case| drop(black_box(ask(&store, case))));
        runtime.block_on(async {
            for _ in 0..CALLS {
                let case = case.clone();
                let start = Instant::now();
                drop(black_box(runner.ask(party, &store, &terms, Coverage { case }).await));
                rows[5].samples.push(start.elapsed());
            }
        });
        rows[6].measure(
            || store.ask(&terms, Coverage { case: case.clone() }).record,
            |record| {
                let body = Sheet::of(&identity, &record).body();
                drop(black_box((link(Digest::ZERO, body), record)));
            },
        );
        rows[7].measure(
            || (store.ask(&terms, Coverage { case: case.clone() }).record, identity.clone()),
            |(record, identity)| drop(black_box(record.seal(identity, None, &signer))),
        );
    }
    let (base, asked) = (rows[1].percentiles(), rows[2].percentiles());
    println!(
        "{:<34} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "µs", "p50", "p99", "× bare", "p99", "× asked", "p99"
    );
    for row in &mut rows {
        let (p50, p99) = row.percentiles();
        let ratios = [p50 / base.0, p99 / base.1, p50 / asked.0, p99 / asked.1];
        let [bare, bare99, asked, asked99] = ratios;
        println!(
            "{:<34} {p50:>8.2} {p99:>8.2} {bare:>8.2} {bare99:>8.2} {asked:>8.2} {asked99:>8.2}",
            row.name
        );
    }

    for file in std::env::args().skip(1).filter(|arg| !arg.starts_with('-')) {
        let checked = check(&Compiler::in_process(engine.clone()), &std::fs::read(&file)?, &mut |_| ());
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
    let checked = check(&Compiler::in_process(engine.clone()), bytes, &mut |_| ());
    checked.policy.ok_or_else(|| format!("{:#?}", checked.report.problems))
}

/// What any host does that asks for a verdict, and nothing more.
#[allow(unsafe_code)]
fn fixed_verdict(
    engine: &Engine,
    ready: &InstancePre<()>,
    decide: &ComponentExportIndex,
    case: &wit::Case,
) -> wasmtime::Result<coverage::Verdict> {
    let mut store = wasmtime::Store::new(engine.wasmtime(), ());
    store.set_fuel(1_000_000)?;
    store.set_epoch_deadline(1000);
    let instance = ready.instantiate(&mut store)?;
    let decide = instance.get_func(&mut store, decide).ok_or_else(|| wasmtime::Error::msg("no function"))?;
    // SAFETY: the fixture is built for the same WIT as these types.
    let decide = unsafe { TypedFunc::<(&wit::Case,), (coverage::Verdict,)>::new_unchecked(decide) };
    Ok(decide.call(&mut store, (case,))?.0)
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
