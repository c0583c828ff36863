//! Which files there are, how large, and which was loaded when.

use crate::digest::Digest;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How the name of compiled code ends.
const CODE: &str = ".code";
/// How the name of code ends that is not accepted yet.
pub(super) const STAGED: &str = ".staged";
/// Nothing is checked for as long as this: what is older was left by a process that ended.
const FORGOTTEN: Duration = Duration::from_secs(3600);

/// The name of a component's code for an engine.
pub(super) fn name(digest: Digest, engine: &str) -> String {
    format!("{digest}.{engine}{CODE}")
}

#[derive(Default)]
pub(super) struct Files {
    known: HashMap<Digest, Known>,
    size: u64,
    /// Counts loads, so that an order does not depend on how fine the clock is.
    clock: u64,
}

struct Known {
    size: u64,
    used: u64,
}

impl Files {
    /// Those of an engine; removes what another one left.
    pub(super) fn read(folder: &Path, engine: &str) -> io::Result<Self> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(metadata) = entry.metadata() else { continue };
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let ours = name.strip_suffix(CODE).and_then(|name| name.split_once('.'));
            match ours {
                Some((digest, of)) if of == engine && metadata.is_file() => {
                    if let Ok(digest) = digest.parse::<Digest>() {
                        found.push((modified, digest, metadata.len()));
                        continue;
                    }
                }
                Some(_) => {}
                None => {
                    let forgotten = modified.elapsed().is_ok_and(|age| age > FORGOTTEN);
                    if !name.ends_with(STAGED) || !forgotten {
                        continue;
                    }
                }
            }
            let _ = fs::remove_file(entry.path());
        }
        found.sort_unstable_by_key(|(modified, ..)| *modified);
        let mut files = Self::default();
        for (_, digest, size) in found {
            files.touch(digest, size);
        }
        Ok(files)
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// It is there, and was used now.
    pub(super) fn touch(&mut self, digest: Digest, size: u64) {
        self.clock += 1;
        let before = self.known.insert(digest, Known { size, used: self.clock });
        self.size = self.size - before.map_or(0, |known| known.size) + size;
    }

    pub(super) fn remove(&mut self, digest: Digest) {
        if let Some(known) = self.known.remove(&digest) {
            self.size -= known.size;
        }
    }

    /// Forgets the least recently used, except one, until no more than `limit` bytes are left. What it returns
    /// is to be removed.
    pub(super) fn shrink(&mut self, limit: u64, but: Option<Digest>) -> Vec<Digest> {
        if self.size <= limit {
            return Vec::new();
        }
        let mut oldest: Vec<_> = self.known.iter().map(|(digest, known)| (known.used, *digest)).collect();
        oldest.sort_unstable();
        let mut gone = Vec::new();
        for (_, digest) in oldest {
            if self.size <= limit {
                break;
            }
            if Some(digest) != but {
                self.remove(digest);
                gone.push(digest);
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_first() {
        let [a, b, c] = [1, 2, 3].map(|byte| Digest([byte; 32]));
        let mut files = Files::default();
        for digest in [a, b, c] {
            files.touch(digest, 10);
        }
        files.touch(a, 12);
        assert_eq!((files.len(), files.size()), (3, 32));
        assert_eq!(files.shrink(32, None), []);
        assert_eq!(files.shrink(31, None), [b]);
        assert_eq!(files.shrink(12, Some(c)), [a], "what is kept is not removed, older though it is");
        assert_eq!((files.len(), files.size()), (1, 10));
        assert_eq!(files.shrink(0, Some(c)), []);
    }
}
