//! Policies that misbehave, each in one way, as components of their own.
//!
//! Each is a few lines of the text format over a shared prelude (`fixtures/`), embedded with its world and
//! encoded as any other policy is. They are assembled when a test asks for them.

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Resolve, SourceMap};

/// Memory, allocator, manifest and verdict that every fixture starts from.
pub const PRELUDE: &str = include_str!("../fixtures/prelude.wat");
const DESCRIBE: &str =
    r#"(func (export "sanbao:policy/manifest@1.0.0#describe") (result i32) (i32.const 1024))"#;
const LOG: &str = r#"(import "sanbao:policy/log@1.0.0" "write" (func $write (param i32 i32 i32)))"#;
const CALENDAR: &str =
    r#"(import "sanbao:policy/calendar@1.0.0" "add" (func $add (param i32 i32 i32 i32 i32 i32)))"#;
const CLOCK: &str = r#"(import "wasi:clocks/wall-clock@0.2.0" "now" (func $now (result i64)))"#;

const CONTRACT: [&str; 12] = [
    include_str!("../../../wit/types.wit"),
    include_str!("../../../wit/imports.wit"),
    include_str!("../../../wit/worlds.wit"),
    include_str!("../../../wit/manifest.wit"),
    include_str!("../../../wit/coverage.wit"),
    include_str!("../../../wit/approval.wit"),
    include_str!("../../../wit/service-level.wit"),
    include_str!("../../../wit/penalty.wit"),
    include_str!("../../../wit/retention.wit"),
    include_str!("../../../wit/charges.wit"),
    include_str!("../../../wit/notices.wit"),
    include_str!("../../../wit/follow-up.wit"),
];

/// What a fixture does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Each file in `fixtures/` says what it does.
pub enum Fixture {
    WellBehaved,
    EndlessLoop,
    MemoryGrowth,
    TableGrowth,
    DeepRecursion,
    HugeResult,
    Trap,
    BadDiscriminant,
    WildPointer,
    BadText,
    UnknownCitation,
    CitesConduct,
    UnknownRole,
    AbsurdSpan,
    BadDate,
    CoveredWithoutOffer,
    UnknownSignature,
    BoundlessTarget,
    UpsideDownFine,
    EternalKeeping,
    NegativeCharge,
    NeverRepeated,
    SameVisitTwice,
    LogFlood,
    CalendarMisuse,
    StartLoop,
    AlwaysTraps,
    AlwaysLoops,
    /// Would answer differently each time.
    DiffersEachTime,
    AsksTheTime,
    AnotherVersion,
    /// As well behaved as any, but built against the contract before it was frozen.
    BeforeTheFreeze,
    WithoutManifest,
    InconsistentManifest,
    /// A verdict without its `notes`, and a ruling too many.
    OtherTypes,
    /// Adds a note from its third call on, on an instance that is used again.
    CountsItsCalls,
    /// A function of 1,500 blocks within blocks.
    NestedBlocks,
    /// A function of 1,900 locals and 30,000 conditions that set them.
    TangledLocals,
    /// Just within every limit on structure, and yet seconds of work for a compiler: twenty functions in which
    /// four hundred conditions set twelve hundred locals.
    MuchToCompile,
}

impl Fixture {
    /// Those that pass the check of an upload and misbehave when they are asked for cover.
    pub const AT_RUN_TIME: [Fixture; 17] = [
        Self::EndlessLoop,
        Self::MemoryGrowth,
        Self::TableGrowth,
        Self::DeepRecursion,
        Self::HugeResult,
        Self::Trap,
        Self::BadDiscriminant,
        Self::WildPointer,
        Self::BadText,
        Self::UnknownCitation,
        Self::CitesConduct,
        Self::UnknownRole,
        Self::AbsurdSpan,
        Self::BadDate,
        Self::CoveredWithoutOffer,
        Self::LogFlood,
        Self::CalendarMisuse,
    ];

    /// Those that the check of an upload refuses.
    pub const AT_UPLOAD: [Fixture; 11] = [
        Self::StartLoop,
        Self::AlwaysTraps,
        Self::AlwaysLoops,
        Self::AsksTheTime,
        Self::AnotherVersion,
        Self::BeforeTheFreeze,
        Self::WithoutManifest,
        Self::InconsistentManifest,
        Self::OtherTypes,
        Self::NestedBlocks,
        Self::TangledLocals,
    ];

    /// The core module with its world, as a compiler leaves it.
    ///
    /// # Panics
    /// If the fixture itself is broken.
    pub fn module(self) -> Vec<u8> {
        let (imports, body) = self.text();
        let describe = if self == Self::WithoutManifest { "" } else { DESCRIBE };
        let text = format!("(module {imports}\n{PRELUDE}\n{describe}\n{body})");
        let worlds = include_str!("../fixtures/worlds.wit");
        let world = match self {
            Self::AsksTheTime => "asks-the-time",
            Self::AnotherVersion => "another-version",
            Self::WithoutManifest => "without-manifest",
            Self::UnknownSignature => "signs",
            Self::BoundlessTarget => "hurries",
            Self::UpsideDownFine => "punishes",
            Self::EternalKeeping => "keeps",
            Self::NegativeCharge => "charges",
            Self::NeverRepeated => "tells",
            Self::SameVisitTwice => "visits",
            _ => "answers",
        };
        let contract = CONTRACT.map(|text| match self {
            // As somebody might have patched it.
            Self::OtherTypes => text
                .replace("notes: list<citation>", "remarks: list<citation>")
                .replace("referred,", "referred, shrugged,"),
            Self::BeforeTheFreeze => before(text),
            _ => text.to_owned(),
        });
        match self {
            Self::BeforeTheFreeze => module(&before(&text), &contract, &before(worlds), world),
            _ => module(&text, &contract, worlds, world),
        }
    }

    /// The component.
    ///
    /// # Panics
    /// If the fixture itself is broken.
    pub fn component(self) -> Vec<u8> {
        component(&self.module())
    }

    fn text(self) -> (&'static str, String) {
        let (imports, body) = match self {
            Self::WellBehaved | Self::BeforeTheFreeze | Self::WithoutManifest | Self::OtherTypes => {
                ("", WELL_BEHAVED)
            }
            Self::EndlessLoop => ("", include_str!("../fixtures/endless-loop.wat")),
            Self::MemoryGrowth => ("", include_str!("../fixtures/memory-growth.wat")),
            Self::TableGrowth => ("", include_str!("../fixtures/table-growth.wat")),
            Self::DeepRecursion => ("", include_str!("../fixtures/deep-recursion.wat")),
            Self::HugeResult => ("", include_str!("../fixtures/huge-result.wat")),
            Self::Trap => ("", include_str!("../fixtures/trap.wat")),
            Self::BadDiscriminant => ("", include_str!("../fixtures/bad-discriminant.wat")),
            Self::WildPointer => ("", include_str!("../fixtures/wild-pointer.wat")),
            Self::BadText => ("", include_str!("../fixtures/bad-text.wat")),
            Self::UnknownCitation => ("", include_str!("../fixtures/unknown-citation.wat")),
            Self::CitesConduct => ("", include_str!("../fixtures/cites-conduct.wat")),
            Self::UnknownSignature => ("", include_str!("../fixtures/unknown-signature.wat")),
            Self::BoundlessTarget => ("", include_str!("../fixtures/boundless-target.wat")),
            Self::UpsideDownFine => ("", include_str!("../fixtures/upside-down-fine.wat")),
            Self::EternalKeeping => ("", include_str!("../fixtures/eternal-keeping.wat")),
            Self::NegativeCharge => ("", include_str!("../fixtures/negative-charge.wat")),
            Self::NeverRepeated => ("", include_str!("../fixtures/never-repeated.wat")),
            Self::SameVisitTwice => ("", include_str!("../fixtures/same-visit-twice.wat")),
            Self::UnknownRole => ("", include_str!("../fixtures/unknown-role.wat")),
            Self::AbsurdSpan => ("", include_str!("../fixtures/absurd-span.wat")),
            Self::BadDate => ("", include_str!("../fixtures/bad-date.wat")),
            Self::CoveredWithoutOffer => ("", include_str!("../fixtures/covered-without-offer.wat")),
            Self::LogFlood => (LOG, include_str!("../fixtures/log-flood.wat")),
            Self::CalendarMisuse => (CALENDAR, include_str!("../fixtures/calendar-misuse.wat")),
            Self::CountsItsCalls => ("", include_str!("../fixtures/counts-its-calls.wat")),
            Self::StartLoop => ("", include_str!("../fixtures/start-loop.wat")),
            Self::AlwaysTraps => ("", include_str!("../fixtures/always-traps.wat")),
            Self::AlwaysLoops => ("", include_str!("../fixtures/always-loops.wat")),
            Self::DiffersEachTime => ("", include_str!("../fixtures/differs-each-time.wat")),
            Self::AsksTheTime => (CLOCK, include_str!("../fixtures/asks-the-time.wat")),
            Self::InconsistentManifest => ("", include_str!("../fixtures/inconsistent-manifest.wat")),
            Self::AnotherVersion => {
                let decide = r#"(func (export "sanbao:policy/coverage@0.2.0#decide") (param i32 i32) (result i32)
                    (i32.const 1024))"#;
                return ("", decide.to_owned());
            }
            Self::TangledLocals => {
                let conditions: String = (0..30_000)
                    .map(|i| {
                        let (read, written) = (i * 7 % 1900, i * 13 % 1900);
                        format!("(if (local.get {read}) (then (local.set {written} (i32.const 1))))")
                    })
                    .collect();
                return ("", format!("{WELL_BEHAVED} (func (local {}) {conditions})", "i32 ".repeat(1900)));
            }
            Self::MuchToCompile => {
                let conditions: String = (0..400)
                    .map(|i| {
                        let (read, written) = (i * 7 % 1200, i * 13 % 1200);
                        format!("(if (local.get {read}) (then (local.set {written} (i32.const {i}))))")
                    })
                    .collect();
                let uses: String = (0..1200)
                    .map(|i| format!("(drop (local.tee {i} (local.get {})))", i * 31 % 1200))
                    .collect();
                let function = format!(
                    "(func (local {}) (loop $again {conditions} {uses} (br $again)))",
                    "i32 ".repeat(1200)
                );
                return ("", format!("{WELL_BEHAVED} {}", function.repeat(20)));
            }
            Self::NestedBlocks => {
                let (open, close) = ("(block ".repeat(1500), ")".repeat(1500));
                return ("", format!("{WELL_BEHAVED} (func {open}{close})"));
            }
        };
        (imports, body.to_owned())
    }
}

const WELL_BEHAVED: &str = include_str!("../fixtures/well-behaved.wat");

/// The contract's text, worlds and functions as they were named before they were published.
fn before(text: &str) -> String {
    text.replace("@1.0.0", "@0.1.0")
}

/// A core module of the text format with a world of the package `hostile:fixtures`, which `worlds` declares over
/// the contract's files.
///
/// # Panics
/// If one of the texts is broken.
pub fn module(text: &str, contract: &[impl AsRef<str>], worlds: &str, world: &str) -> Vec<u8> {
    let mut sources = SourceMap::new();
    for (i, file) in contract.iter().enumerate() {
        sources.push_str(&format!("{i}.wit"), file.as_ref());
    }
    let mut resolve = Resolve::default();
    let parsed = sources.parse().map_err(|(_, error)| error).expect("the contract's text");
    resolve.push_group(parsed).expect("the contract");
    let package = resolve.push_source("worlds.wit", worlds).expect("the fixtures' worlds");
    let world = resolve.packages[package].worlds[world];
    let mut module = wat::parse_str(text).expect("the text format of a fixture");
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("a fixture's world");
    module
}

/// The component that a host makes of such a module.
///
/// # Panics
/// If the module is not what its world says.
pub fn component(module: &[u8]) -> Vec<u8> {
    let encoder = ComponentEncoder::default().module(module);
    encoder.and_then(|mut encoder| encoder.encode()).expect("a fixture's component")
}
