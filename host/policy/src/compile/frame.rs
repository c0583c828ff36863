//! What the host and the child that compiles say to each other: an order in the arguments, the component on
//! standard input, one answer on standard output.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::time::Duration;

const MAGIC: &[u8; 8] = b"sanbao-1";
/// Longest text in an answer, in bytes.
const TEXT: usize = 8 << 10;

/// What the child is to do, and within which limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Processor time, in whole seconds.
    pub(super) cpu: Duration,
    /// Bytes beyond what it has mapped when it begins.
    pub(super) memory: usize,
    /// Largest memory of a policy, in bytes: part of the engine's configuration.
    pub(super) pool: usize,
    /// Bytes of the component.
    pub(super) length: usize,
    /// The engine that it is for.
    pub(super) fingerprint: String,
}

impl Order {
    pub(super) fn arguments(&self) -> [String; 5] {
        [
            self.cpu.as_secs().to_string(),
            self.memory.to_string(),
            self.pool.to_string(),
            self.length.to_string(),
            self.fingerprint.clone(),
        ]
    }

    pub(super) fn of(arguments: impl Iterator<Item = OsString>) -> Option<Self> {
        let arguments: Option<Vec<String>> = arguments.map(|argument| argument.into_string().ok()).collect();
        let [cpu, memory, pool, length, fingerprint] = arguments?.try_into().ok()?;
        Some(Self {
            cpu: Duration::from_secs(cpu.parse().ok()?),
            memory: memory.parse().ok()?,
            pool: pool.parse().ok()?,
            length: length.parse().ok()?,
            fingerprint,
        })
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Native code.
    Code(Vec<u8>),
    /// The compiler does not take it.
    Refused(String),
    /// There was no more memory.
    Memory,
    /// The compiler panicked.
    Panicked(String),
    /// The child has another engine: this one.
    OtherEngine(String),
    /// The child could not begin.
    Unfit(String),
}

/// No answer could be read.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// The child ended, or the pipe broke, before there was a whole one.
    Cut,
    /// It is longer than allowed.
    TooLong,
    /// It is no answer.
    Garbled,
}

impl Answer {
    const MEMORY: u8 = 2;

    /// An answer that needs no memory to be made.
    pub(super) const OUT_OF_MEMORY: [u8; 17] = {
        let mut frame = [0; 17];
        let mut i = 0;
        while i < MAGIC.len() {
            frame[i] = MAGIC[i];
            i += 1;
        }
        frame[8] = Self::MEMORY;
        frame
    };

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let (kind, payload) = match self {
            Self::Code(code) => (0, code.as_slice()),
            Self::Refused(text) => (1, short(text)),
            Self::Memory => (Self::MEMORY, &[][..]),
            Self::Panicked(text) => (3, short(text)),
            Self::OtherEngine(fingerprint) => (4, short(fingerprint)),
            Self::Unfit(text) => (5, short(text)),
        };
        out.write_all(MAGIC)?;
        out.write_all(&[kind])?;
        out.write_all(&(payload.len() as u64).to_le_bytes())?;
        out.write_all(payload)?;
        out.flush()
    }

    /// Reads one whole answer, with code of at most `code` bytes.
    pub(super) fn read(from: &mut impl Read, code: usize) -> Result<Self, NoAnswer> {
        let mut head = [0; 17];
        from.read_exact(&mut head).map_err(|_| NoAnswer::Cut)?;
        let [magic @ .., kind, a, b, c, d, e, f, g, h] = head;
        if magic != *MAGIC {
            return Err(NoAnswer::Garbled);
        }
        let length = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
        let most = if kind == 0 { code } else { TEXT };
        if usize::try_from(length).map_or(true, |length| length > most) {
            return Err(NoAnswer::TooLong);
        }
        let mut payload = Vec::new();
        let read = from.take(length).read_to_end(&mut payload).map_err(|_| NoAnswer::Cut)?;
        if read as u64 != length {
            return Err(NoAnswer::Cut);
        }
        let text = |payload| String::from_utf8(payload).map_err(|_| NoAnswer::Garbled);
        Ok(match kind {
            0 => Self::Code(payload),
            1 => Self::Refused(text(payload)?),
            Self::MEMORY => Self::Memory,
            3 => Self::Panicked(text(payload)?),
            4 => Self::OtherEngine(text(payload)?),
            5 => Self::Unfit(text(payload)?),
            _ => return Err(NoAnswer::Garbled),
        })
    }
}

fn short(text: &str) -> &[u8] {
    &text.as_bytes()[..text.floor_char_boundary(TEXT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_were_written() {
        for answer in [
            Answer::Code(vec![7; 100]),
            Answer::Refused("too large".into()),
            Answer::Memory,
            Answer::Panicked("no".into()),
            Answer::OtherEngine("wasmtime-1/0".into()),
            Answer::Unfit("no arguments".into()),
        ] {
            let mut bytes = Vec::new();
            answer.write(&mut bytes).unwrap();
            assert_eq!(Answer::read(&mut bytes.as_slice(), 100).unwrap(), answer);
            for cut in 0..bytes.len() {
                assert!(matches!(Answer::read(&mut &bytes[..cut], 100), Err(NoAnswer::Cut)));
            }
        }
        assert_eq!(Answer::read(&mut Answer::OUT_OF_MEMORY.as_slice(), 0).unwrap(), Answer::Memory);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let mut bytes = Vec::new();
        Answer::Code(vec![0; 101]).write(&mut bytes).unwrap();
        assert!(matches!(Answer::read(&mut bytes.as_slice(), 100), Err(NoAnswer::TooLong)));
        bytes[8] = 9;
        assert!(matches!(Answer::read(&mut bytes.as_slice(), 100), Err(NoAnswer::Garbled)));
        bytes[0] = b'x';
        assert!(matches!(Answer::read(&mut bytes.as_slice(), 100), Err(NoAnswer::Garbled)));
    }

    #[test]
    fn orders_are_read_as_they_were_given() {
        let order = Order {
            cpu: Duration::from_secs(7),
            memory: 1 << 30,
            pool: 256 << 20,
            length: 12,
            fingerprint: "wasmtime-48/ab".into(),
        };
        assert_eq!(Order::of(order.arguments().into_iter().map(OsString::from)), Some(order));
        assert_eq!(Order::of(["1", "2"].into_iter().map(OsString::from)), None);
    }
}
