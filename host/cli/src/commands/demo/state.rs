//! What the demo remembers between two runs: ids, keys and how far the story is.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

const FILE: &str = "state.json";

/// The state file. It holds keys, so only its owner may read it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// Parties by the name that the story gives them.
    pub(super) parties: BTreeMap<String, Account>,
    /// Ids of what was set up once, by the name that the story gives it.
    pub(super) ids: BTreeMap<String, String>,
    /// Scenes by reference.
    pub(super) scenes: BTreeMap<String, Played>,
    /// What was told of each story, a line for each beat that is done.
    #[serde(default)]
    pub(super) stories: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    path: PathBuf,
}

/// A party's id and its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) key: String,
}

/// How far a scene is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Played {
    pub(super) ticket: String,
    /// Round trip of the opening request with its verdict, in milliseconds.
    pub(super) took_ms: f64,
    /// Steps done.
    pub(super) steps: usize,
}

impl State {
    /// Reads the file in `dir`, or starts from nothing.
    pub(super) fn open(dir: &Path) -> Result<Self, Failure> {
        let path = dir.join(FILE);
        let mut state: Self = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                Failure::input(format!("{}: {error}", path.display()), "start over: make demo FRESH=1")
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(Failure::file(&path)(error)),
        };
        state.path = path;
        Ok(state)
    }

    /// Whether nothing was set up yet.
    pub(super) fn is_new(&self) -> bool {
        self.parties.is_empty()
    }

    /// Writes the file anew; a crash leaves the old one or the new one.
    pub(super) fn save(&self) -> Result<(), Failure> {
        let bytes = serde_json::to_vec_pretty(self).map_err(std::io::Error::other)?;
        let draft = self.path.with_extension("new");
        private(&draft).and_then(|mut file| file.write_all(&bytes)).map_err(Failure::file(&draft))?;
        fs::rename(&draft, &self.path).map_err(Failure::file(&self.path))
    }
}

fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
