//! Finds the one byte that was changed, by trying which change back gives what was hashed.

use crate::digest::Digest;
use sha2::{Digest as _, Sha256};

/// One byte of a text was changed, added or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Where, in bytes from the text's beginning.
    pub(super) offset: usize,
    /// What stands there; nothing where it was taken away.
    pub(super) is: Option<u8>,
    /// What stood there; nothing where it was added.
    pub(super) was: Option<u8>,
}

impl Change {
    /// The text as it was.
    pub(super) fn undone(self, text: &[u8]) -> Vec<u8> {
        let mut undone = text.to_vec();
        match (self.is, self.was) {
            (Some(_), Some(was)) => undone[self.offset] = was,
            (Some(_), None) => {
                undone.remove(self.offset);
            }
            (None, Some(was)) => undone.insert(self.offset, was),
            (None, None) => {}
        }
        undone
    }

    /// The first byte in which two texts differ.
    pub(super) fn between(is: &[u8], was: &[u8]) -> Option<Self> {
        let offset = is.iter().zip(was).take_while(|(is, was)| is == was).count();
        let change = Self { offset, is: is.get(offset).copied(), was: was.get(offset).copied() };
        (change.is.is_some() || change.was.is_some()).then_some(change)
    }
}

/// Bytes to hash at most: a second or two.
const BUDGET: usize = 2 << 30;

/// The one change that makes a text of another digest; none where more than one byte was changed, or where
/// the text is too long to try.
pub(super) fn of_digest(text: &[u8], wanted: Digest) -> Option<Change> {
    // Whole blocks in front of the change are hashed once.
    let mut head = Sha256::new();
    let mut hashed = 0;
    let mut left = BUDGET;
    let mut tried = |head: &Sha256, parts: [&[u8]; 3]| {
        left = left.checked_sub(parts.iter().map(|part| part.len()).sum::<usize>() + 64)?;
        let mut hasher = head.clone();
        parts.iter().for_each(|part| hasher.update(part));
        Some(hasher.finalize().as_slice() == wanted.0)
    };
    for offset in 0..=text.len() {
        if offset - hashed >= 64 {
            head.update(&text[hashed..hashed + 64]);
            hashed += 64;
        }
        let (front, rest) = (&text[hashed..offset], &text[offset..]);
        if let Some((is, behind)) = rest.split_first() {
            if tried(&head, [front, &[], behind])? {
                return Some(Change { offset, is: Some(*is), was: None });
            }
            for was in (0..=255).filter(|was| was != is) {
                if tried(&head, [front, &[was], behind])? {
                    return Some(Change { offset, is: Some(*is), was: Some(was) });
                }
            }
        }
    }
    let mut head = Sha256::new();
    let mut hashed = 0;
    for offset in 0..=text.len() {
        if offset - hashed >= 64 {
            head.update(&text[hashed..hashed + 64]);
            hashed += 64;
        }
        for was in 0..=255 {
            if tried(&head, [&text[hashed..offset], &[was], &text[offset..]])? {
                return Some(Change { offset, is: None, was: Some(was) });
            }
        }
    }
    None
}

/// The one hexadecimal digit whose change makes `holds` true.
pub(super) fn of_digit(text: &[u8], mut holds: impl FnMut(&[u8]) -> bool) -> Option<Change> {
    let mut tried = text.to_vec();
    for offset in 0..text.len() {
        let is = text[offset];
        for was in b"0123456789abcdef".iter().copied().filter(|was| *was != is) {
            tried[offset] = was;
            if holds(&tried) {
                return Some(Change { offset, is: Some(is), was: Some(was) });
            }
        }
        tried[offset] = is;
    }
    None
}

/// Likewise for a text that is not hashed as a whole. Everything that people write is tried around `near`,
/// elsewhere only what could stand there if the text is long.
pub(super) fn of_text(text: &[u8], near: usize, mut holds: impl FnMut(&[u8]) -> bool) -> Option<Change> {
    const TRIES: usize = 60_000;
    let all: Vec<u8> = (b' '..=b'~').collect();
    let long = text.len() * all.len() > TRIES;
    let from = near.saturating_sub(16).min(text.len());
    let mut left = TRIES;
    let mut tried = text.to_vec();
    for offset in (from..text.len()).chain(0..from) {
        let is = text[offset];
        let likely: &[u8] = match is {
            _ if !long || offset.abs_diff(near) <= 16 => &all,
            b'0'..=b'9' => b"0123456789",
            b'a'..=b'z' | b'A'..=b'Z' => continue,
            _ => &all,
        };
        for was in likely.iter().copied().filter(|was| *was != is) {
            left -= 1;
            if left == 0 {
                return None;
            }
            tried[offset] = was;
            if holds(&tried) {
                return Some(Change { offset, is: Some(is), was: Some(was) });
            }
        }
        tried[offset] = is;
    }
    None
}
