//! A file of receipts is verified far from any host, and says which byte of it was changed.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{case, engine, policy, terms};
use sanbao_domain::calendar::CalendarSpec;
use sanbao_hostile::Fixture;
use sanbao_policy::decision::Terms;
use sanbao_policy::digest::Digest;
use sanbao_policy::question::Coverage;
use sanbao_policy::receipt::file::{Entry, File};
use sanbao_policy::receipt::verify::{Against, Finding, Given, Kind, Report, verify};
use sanbao_policy::receipt::{Field, Identity, Receipt, Signer};
use std::sync::Arc;
use uuid::Uuid;

const FIXTURES: [Fixture; 3] = [Fixture::WellBehaved, Fixture::Trap, Fixture::WellBehaved];

/// A chain of three receipts by two components, signed with two keys, on a calendar with holidays.
struct Made {
    receipts: Vec<Receipt>,
    signers: [Signer; 2],
    components: Vec<Given>,
    terms: Terms,
}

impl Made {
    fn new() -> Self {
        let mut spec = CalendarSpec::of_zone("Asia/Shanghai");
        spec.closed = vec!["2024-05-06".parse().unwrap()];
        let calendar = Arc::new(spec.load().unwrap());
        let terms = Terms { calendar, ..terms() };
        let signers = [1, 2].map(|seed| Signer::from_seed(&[seed; 32]));
        let mut last: Option<Digest> = None;
        let sealed = FIXTURES.iter().enumerate().map(|(index, fixture)| {
            let record = policy(&fixture.component()).ask(&terms, Coverage { case: case() }).record;
            let receipt = record.seal(identity(index), last, &signers[index / 2]);
            last = Some(receipt.hash);
            receipt
        });
        let receipts = sealed.collect();
        let components = [Fixture::WellBehaved, Fixture::Trap]
            .map(|fixture| Given { name: format!("{fixture:?}"), bytes: fixture.component() });
        Self { receipts, signers, components: components.to_vec(), terms }
    }

    /// The receipts with these numbers as a file; those in `withheld` without their fields.
    fn file(&self, range: std::ops::Range<usize>, withheld: &[usize]) -> Vec<u8> {
        let mut file = File::default();
        for index in range {
            let receipt = &self.receipts[index];
            let mut entry = Entry::from(receipt);
            if withheld.contains(&index) {
                entry.sheet = None;
            }
            let signer = self.signers.iter().find(|signer| signer.print() == receipt.signed.key).unwrap();
            file.add(entry, signer.public(), Some(&self.terms.calendar));
        }
        file.text().into_bytes()
    }

    fn verify(&self, bytes: &[u8]) -> Report {
        verify(bytes, Against { keys: &[], components: &self.components, engine: Some(engine()) })
    }

    /// Without asking again.
    fn read(&self, bytes: &[u8]) -> Report {
        verify(bytes, Against { keys: &[], components: &[], engine: None })
    }
}

fn identity(index: usize) -> Identity {
    let id = |number: u128| Uuid::from_u128(number);
    Identity {
        id: id(100 + index as u128).into(),
        ticket: id(1).into(),
        claim: id(2).into(),
        seq: index as u64 + 1,
        respondent: id(3).into(),
        policy: id(4).into(),
        activation: id(5).into(),
        decided_at: "2024-05-20T02:00:00.000001Z".parse().unwrap(),
    }
}

fn only(report: &Report) -> &Finding {
    assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
    &report.findings[0]
}

#[test]
fn a_genuine_file_is_verified_and_asked_again() {
    let made = Made::new();
    let whole = made.verify(&made.file(0..3, &[]));
    assert!(whole.genuine(), "{:#?}", whole.findings);
    assert_eq!((whole.receipts, whole.replayed, whole.withheld), (3, 3, 0));
    assert!(whole.from_the_first && whole.keys.len() == 2);
    let one = made.verify(&made.file(1..2, &[]));
    assert!(one.genuine() && !one.from_the_first && one.keys.len() == 1);
    let partly = made.verify(&made.file(0..3, &[1]));
    assert!(partly.genuine(), "{:#?}", partly.findings);
    assert_eq!((partly.replayed, partly.withheld), (2, 1));
    let json: serde_json::Value = serde_json::from_slice(&made.file(0..3, &[1])).unwrap();
    assert_eq!(json["receipts"][2]["seq"], "3");
    assert_eq!(json["receipts"][0]["input"]["question"]["case"]["asked"], "replace");
    assert_eq!(json["receipts"][1]["withheld"], true);
}

/// The bytes of a receipt's file, one after the other: the place that is named is the byte. Of long lines, whose
/// bytes are found by trying, a part is taken.
#[test]
fn the_byte_that_was_changed_is_named() {
    let made = Made::new();
    every_byte(&made, &made.file(1..2, &[]), 1);
}

/// The same in a chain, where a change may break what comes after it; every ninth byte.
#[test]
fn the_byte_that_was_changed_in_a_chain_is_named() {
    let made = Made::new();
    every_byte(&made, &made.file(0..3, &[1]), 9);
}

fn every_byte(made: &Made, file: &[u8], step: usize) {
    assert!(made.read(file).genuine());
    let mut state = 42_u64;
    for offset in (0..file.len()).step_by(step) {
        let begins = file[..offset].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = file[begins..].iter().position(|byte| *byte == b'\n').unwrap_or_default();
        let within = offset - begins;
        if line > 160 && (24..line - 4).contains(&within) && !within.is_multiple_of(23) {
            continue;
        }
        // A seeded choice among all other bytes, and the change of one bit.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = file[offset].wrapping_add(1 + (state >> 33) as u8 % 255);
        let bit = file[offset] ^ (1 << (state >> 60 & 7));
        let made_up = if offset.is_multiple_of(2) { other } else { bit };
        let mut changed = file.to_vec();
        changed[offset] = made_up;
        let report = made.read(&changed);
        let around = String::from_utf8_lossy(&file[offset.saturating_sub(20)..(offset + 9).min(file.len())]);
        let what = format!("byte {offset} of …{around:?} made {made_up:#04x}: {:#?}", report.findings);
        assert!(!report.genuine(), "{what}");
        let named =
            report.findings.iter().filter_map(|finding| finding.place).any(|place| place.offset == offset);
        assert!(named, "{what}");
    }
}

#[test]
fn what_the_policy_answered_is_known_again_when_it_is_asked_again() {
    let made = Made::new();
    let file = made.file(0..1, &[]);
    let text = String::from_utf8(file.clone()).unwrap();
    // Several bytes: no repair finds them, the component does.
    let forged = text.replace("\"ruling\":\"not-covered\"", "\"ruling\":\"yes-covered\"");
    assert_ne!(forged, text);
    let report = made.verify(forged.as_bytes());
    let finding = only(&report);
    assert_eq!((finding.kind, finding.field.as_deref()), (Kind::Field, Some("output")));
    assert_eq!(finding.place.unwrap().offset, text.find("not-covered").unwrap());
    assert_eq!((finding.is.as_deref(), finding.was.as_deref()), (Some("y"), Some("n")));
    assert_eq!(finding.within.as_ref().unwrap().path, "answer.ruling");
    // Without the component the field is named.
    let report = made.read(forged.as_bytes());
    assert_eq!(only(&report).field.as_deref(), Some("output"));
    // What was asked is mended by trying, and the way to the fact is told.
    let at = text.find("2024-05-01").unwrap();
    let mut changed = file;
    changed[at + 9] = b'9';
    let report = made.verify(&changed);
    let finding = only(&report);
    assert_eq!(finding.field.as_deref(), Some("input"));
    assert_eq!(finding.within.as_ref().unwrap().path, "question.case.dates.sold.on");
    assert_eq!((finding.is.as_deref(), finding.was.as_deref()), (Some("9"), Some("1")));
}

#[test]
fn a_component_with_a_changed_byte_is_another() {
    let made = Made::new();
    let file = made.file(0..1, &[]);
    let mut other = made.components[0].clone();
    let last = other.bytes.len() - 1;
    other.bytes[last] ^= 1;
    for components in [vec![], vec![other.clone()], vec![made.components[1].clone()]] {
        let report = verify(&file, Against { keys: &[], components: &components, engine: Some(engine()) });
        let finding = only(&report);
        assert_eq!(finding.kind, Kind::Component);
        let expected = Digest::of(&made.components[0].bytes).to_string();
        assert!(finding.message.contains(&expected), "{}", finding.message);
    }
}

#[test]
fn trust_in_a_key_is_stated() {
    let made = Made::new();
    let file = made.file(0..1, &[]);
    let [first, second] = [0, 1].map(|index| made.signers[index].public());
    let against = |keys: &[_]| verify(&file, Against { keys, components: &[], engine: None });
    assert!(!against(&[]).keys[0].trusted);
    let trusted = against(&[second, first]);
    assert!(trusted.genuine() && trusted.keys[0].trusted);
    let report = against(&[second]);
    assert_eq!(only(&report).kind, Kind::Key);
}

#[test]
fn a_chain_shows_what_was_taken_out_or_moved() {
    let made = Made::new();
    let mut file = File::default();
    for index in [0, 2] {
        file.add(
            Entry::from(&made.receipts[index]),
            made.signers[index / 2].public(),
            Some(&made.terms.calendar),
        );
    }
    let report = made.read(file.text().as_bytes());
    assert_eq!((only(&report).kind, only(&report).receipt), (Kind::Chain, Some(2)));
    // Signed anew by somebody else: only the key tells.
    let forger = Signer::from_seed(&[9; 32]);
    let receipt = made.receipts[0].record.clone().seal(identity(0), None, &forger);
    let mut file = File::default();
    file.add(Entry::from(&receipt), forger.public(), Some(&made.terms.calendar));
    let text = file.text();
    assert!(made.verify(text.as_bytes()).genuine());
    let keys = [made.signers[0].public()];
    let report = verify(text.as_bytes(), Against { keys: &keys, components: &[], engine: None });
    assert_eq!(report.kind(), Some(Kind::Key));
    // Under the genuine key's name.
    let mut signed = receipt;
    signed.signed.key = made.signers[0].print();
    let mut file = File::default();
    file.add(Entry::from(&signed), made.signers[0].public(), Some(&made.terms.calendar));
    let report = verify(file.text().as_bytes(), Against { keys: &keys, components: &[], engine: None });
    assert!(!report.genuine());
}

#[test]
fn what_is_no_such_file_is_refused() {
    let made = Made::new();
    let file = made.file(0..1, &[]);
    for (bytes, line) in [(b"".to_vec(), 1), (b"{}".to_vec(), 1), (file[..file.len() - 1].to_vec(), 0)] {
        let report = made.read(&bytes);
        assert_eq!(only(&report).kind, Kind::Form);
        if line > 0 {
            assert_eq!(only(&report).place.unwrap().line, line);
        } else {
            assert_eq!(only(&report).place.unwrap().offset, file.len() - 1);
        }
    }
    let mut longer = file.clone();
    longer.push(b' ');
    assert_eq!(only(&made.read(&longer)).place.unwrap().offset, file.len());
    for taken in (0..file.len()).step_by(97) {
        let mut shorter = file.clone();
        shorter.remove(taken);
        assert!(!made.read(&shorter).genuine(), "without byte {taken}");
    }
    // A field's own name for its text.
    assert_eq!(Field::ALL.map(Field::name).len(), 17);
}
