//! Real components, cut short and altered.

use crate::common::compiler;
use crate::{Numbers, each, examined, how_many};
use sanbao_hostile::Fixture;
use std::fs;
use std::path::Path;

/// The packs and fixtures that pass, as they are uploaded.
fn sound() -> Vec<Vec<u8>> {
    let built =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/target/wasm32-unknown-unknown/release");
    let packs = ["store", "lighting", "appliance"].map(|name| {
        let file = built.join(format!("sanbao_{name}_pack.wasm"));
        fs::read(&file).unwrap_or_else(|error| {
            panic!("{}: {error}; build the packs with plugins/build.sh", file.display())
        })
    });
    let fixtures = [Fixture::WellBehaved, Fixture::LogFlood];
    packs.into_iter().chain(fixtures.map(Fixture::component)).chain(fixtures.map(Fixture::module)).collect()
}

/// Where sections, of the outermost level, begin and end: where a cut leaves something that may look whole.
fn seams(upload: &[u8]) -> Vec<usize> {
    let mut seams: Vec<usize> = (0..16).chain([upload.len() - 1]).collect();
    let (mut at, mut depth) = (8, 0);
    while at < upload.len() && depth < 200 {
        let (mut size, mut shift, mut head) = (0usize, 0, at + 1);
        while let Some(byte) = upload.get(head) {
            size |= usize::from(byte & 0x7f) << shift;
            head += 1;
            shift += 7;
            if byte & 0x80 == 0 || shift > 28 {
                break;
            }
        }
        seams.extend([at, at + 1, head, head + 1, head + size / 2, (head + size).saturating_sub(1)]);
        at = head + size;
        depth += 1;
    }
    seams.retain(|cut| *cut < upload.len());
    seams.sort_unstable();
    seams.dedup();
    seams
}

#[test]
fn what_was_cut_short_is_reported() {
    let compiler = compiler();
    let sound = sound();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (which, upload) in sound.iter().enumerate() {
        cuts.extend(seams(upload).into_iter().map(|cut| (which, cut)));
        let mut numbers = Numbers(which as u64);
        cuts.extend((0..how_many(60)).map(|_| (which, numbers.below(upload.len()))));
    }
    assert!(cuts.len() > 400);
    each(cuts.len(), |number| {
        let (which, cut) = cuts[number];
        examined(&compiler, &sound[which][..cut]);
    });
}

#[test]
fn what_was_altered_is_reported_or_still_a_policy() {
    let compiler = compiler();
    let sound = sound();
    each(how_many(1200), |number| {
        let mut numbers = Numbers(number as u64);
        // A pack takes a hundred times as long to compile as a fixture, when it still does.
        let which = if numbers.below(4) == 0 { numbers.below(3) } else { 3 + numbers.below(sound.len() - 3) };
        let mut upload = sound[which].clone();
        for _ in 0..=numbers.below(4) {
            let at = numbers.below(upload.len());
            match numbers.below(5) {
                0 => upload[at] ^= 1 << numbers.below(8),
                1 => upload[at] = numbers.next().to_le_bytes()[0],
                // The largest numbers there are, as lengths, counts and indices.
                2 => upload[at] = 0xff,
                3 => {
                    let length = numbers.below(40);
                    let end = (at + length).min(upload.len());
                    upload.drain(at..end);
                }
                _ => {
                    let length = numbers.below(40);
                    let insert = numbers.bytes(length);
                    upload.splice(at..at, insert);
                }
            }
            if upload.is_empty() {
                break;
            }
        }
        examined(&compiler, &upload);
    });
}
