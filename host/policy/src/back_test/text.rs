//! The texts of receipts, read and compared with as little work as can be.

use crate::decision::{Input, Output};
use crate::failure::Failure;
use crate::limits::Limits;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Write};

/// What an input says before its question: in most histories always the same, and then read once.
#[derive(Default)]
pub(super) struct Head {
    text: String,
    limits: Limits,
}

/// Between the limits, which are numbers, and the question.
const QUESTION: &str = ",\"question\":";

impl Head {
    /// The limits and the question of an input; nothing where it cannot be read.
    pub(super) fn read<Q: DeserializeOwned>(&mut self, input: &str) -> Option<(Limits, Q)> {
        if !self.text.is_empty()
            && let Some(question) = input.strip_prefix(&*self.text).and_then(|rest| rest.strip_suffix('}'))
        {
            return Some((self.limits, serde_json::from_str(question).ok()?));
        }
        let Input { limits, question } = serde_json::from_str::<Input<Q>>(input).ok()?;
        self.text.clear();
        if input.starts_with("{\"limits\":")
            && let Some(at) = input.find(QUESTION)
        {
            self.text.push_str(&input[..at + QUESTION.len()]);
            self.limits = limits;
        }
        Some((limits, question))
    }
}

/// As a receipt would hold it.
pub(super) fn write<T: Serialize>(buffer: &mut Vec<u8>, outcome: &Result<T, Failure>) {
    buffer.clear();
    if let Err(error) = write_to(&mut *buffer, outcome) {
        tracing::error!(%error, "an answer that cannot be serialised");
    }
}

/// Whether a receipt would hold just that. Nothing is written down for it, and the first byte that differs ends it.
pub(super) fn is_written_as<T: Serialize>(outcome: &Result<T, Failure>, output: &str) -> bool {
    let mut left = Same(output.as_bytes());
    write_to(&mut left, outcome).is_ok() && left.0.is_empty()
}

fn write_to<T: Serialize>(to: impl Write, outcome: &Result<T, Failure>) -> serde_json::Result<()> {
    match outcome {
        Ok(answer) => serde_json::to_writer(to, &Output::Answer(answer)),
        Err(failure) => serde_json::to_writer(to, &Output::<T>::Failure(failure.into())),
    }
}

/// Takes only what is expected, which is what is left of it.
struct Same<'a>(&'a [u8]);

impl Write for Same<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let left = match (bytes, self.0) {
            // Most of what JSON is written in.
            ([one], [first, left @ ..]) if one == first => Some(left),
            _ => self.0.strip_prefix(bytes),
        };
        self.0 = left.ok_or(io::ErrorKind::InvalidData)?;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUT: &str = r#"{"limits":{"fuel":1,"memory":2,"table_elements":3,"result":4},"question":[5,6]}"#;

    #[test]
    fn a_head_that_was_read_before_is_told_from_another() {
        let mut head = Head::default();
        let read = |head: &mut Head, input: &str| {
            head.read::<Vec<u8>>(input).map(|(limits, question)| (limits.fuel, question))
        };
        let other = INPUT.replace("\"fuel\":1", "\"fuel\":9");
        for _ in 0..2 {
            assert_eq!(read(&mut head, INPUT), Some((1, vec![5, 6])));
            assert_eq!(read(&mut head, INPUT), Some((1, vec![5, 6])));
            assert_eq!(read(&mut head, &other), Some((9, vec![5, 6])));
            assert_eq!(read(&mut head, &INPUT.replace("]}", "]")), None);
            assert_eq!(read(&mut head, &INPUT.replace("]}", "]}}")), None);
            assert!(read(&mut head, &INPUT.replace(r#"{"limits""#, r#"{"more":0,"limits""#)).is_some());
        }
    }

    #[test]
    fn only_all_of_the_text_is_the_same() {
        let answer = Ok(vec!["one", "two"]);
        let mut text = Vec::new();
        write(&mut text, &answer);
        let text = String::from_utf8(text).unwrap_or_default();
        assert_eq!(text, r#"{"answer":["one","two"]}"#);
        assert!(is_written_as(&answer, &text));
        for other in ["", &text[..text.len() - 1], &format!("{text} "), &text.replace("two", "twi")] {
            assert!(!is_written_as(&answer, other), "{other}");
        }
    }
}
