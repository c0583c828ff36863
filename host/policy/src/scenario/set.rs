//! The tables of a policy, read from a folder or from the policy itself.

use super::form::{Base, Table};
use super::section::SECTION_SIZE;
use sanbao_domain::calendar::{Calendar, CalendarError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// The file with what all scenarios have in common.
pub const BASE: &str = "base.toml";
/// Most scenarios of a policy.
pub const MOST: usize = 2_000;
/// The form of the section that this host writes and reads.
const VERSION: u32 = 1;

/// A policy's scenarios, ready to be asked.
#[derive(Clone, Debug)]
pub struct Set {
    pub(super) base: Json,
    pub(super) calendar: Arc<Calendar>,
    tables: Vec<Table>,
    files: BTreeMap<String, String>,
}

/// The content of the section, as JSON: the files by name, in their authors' own text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u32,
    files: BTreeMap<String, String>,
}

/// Scenarios that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// A folder or file that cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Bytes of the section that are not what they should be.
    #[error("it is not JSON with a version and files: {0}")]
    Content(#[from] serde_json::Error),
    /// A newer form.
    #[error("its form has version {0}; this host reads {VERSION}")]
    Version(u32),
    /// More than a host runs.
    #[error("{found} {what}; at most {most} are allowed")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there may be.
        most: usize,
    },
    /// No file says what the scenarios have in common.
    #[error("there is no {BASE}")]
    NoBase,
    /// A file that is not a table.
    #[error("{file}: {error}")]
    Table {
        /// Its name.
        file: String,
        /// What the parser says, with line and column.
        error: Box<toml::de::Error>,
    },
    /// A file that is not named after its rule.
    #[error("{file} holds the scenarios of {rule}")]
    Name {
        /// Its name.
        file: String,
        /// The rule that it states.
        rule: String,
    },
    /// The calendar of the base.
    #[error("{BASE}: calendar: {0}")]
    Calendar(#[from] CalendarError),
}

impl FormError {
    /// What the author does about it.
    pub fn fix(&self) -> String {
        match self {
            Self::Read { .. } => "name a folder with base.toml and a table for each rule".to_owned(),
            Self::Content(_) | Self::Version(_) => {
                "let `sanbao policy wrap FILE --scenarios DIR` or the kit write it, of this host's version"
                    .to_owned()
            }
            Self::TooMuch { .. } => "keep those that show something of their own".to_owned(),
            Self::NoBase => format!("add {BASE} with [calendar] and [facts]"),
            Self::Table { .. } => "write it like the tables of the packs in plugins/*/scenarios".to_owned(),
            Self::Name { rule, .. } => format!("call it {rule}.toml"),
            Self::Calendar(_) => "write it like the calendar of a party".to_owned(),
        }
    }
}

impl Set {
    /// Reads the files `*.toml` of a folder.
    ///
    /// # Errors
    /// A file that cannot be read or is not what its name says.
    pub fn read(folder: &Path) -> Result<Self, FormError> {
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |source| FormError::Read { path, source }
        };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(fail(folder))? {
            let path = entry.map_err(fail(folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name.ends_with(".toml") {
                files.insert(name.to_owned(), fs::read_to_string(&path).map_err(fail(&path))?);
            }
        }
        Self::of(files)
    }

    /// Reads the content of a section.
    ///
    /// # Errors
    /// As [`Set::read`], and content of another form.
    pub fn parse(content: &[u8]) -> Result<Self, FormError> {
        within("bytes", content.len(), SECTION_SIZE)?;
        let content: Content = serde_json::from_slice(content)?;
        if content.version != VERSION {
            return Err(FormError::Version(content.version));
        }
        Self::of(content.files)
    }

    /// The content of a section.
    ///
    /// # Errors
    /// More than a section may hold.
    pub fn content(&self) -> Result<Vec<u8>, FormError> {
        let content = serde_json::to_vec(&Content { version: VERSION, files: self.files.clone() })?;
        within("bytes", content.len(), SECTION_SIZE)?;
        Ok(content)
    }

    /// The tables, by the name of their files.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// How many scenarios there are.
    pub fn len(&self) -> usize {
        self.tables.iter().map(|table| table.scenarios.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn of(files: BTreeMap<String, String>) -> Result<Self, FormError> {
        let base: Base = toml(BASE, files.get(BASE).ok_or(FormError::NoBase)?)?;
        let mut tables = Vec::new();
        for (file, text) in files.iter().filter(|(file, _)| *file != BASE) {
            let table: Table = toml(file, text)?;
            if file.strip_suffix(".toml") != Some(&table.rule) {
                return Err(FormError::Name { file: file.clone(), rule: table.rule });
            }
            tables.push(table);
        }
        let set = Self { base: base.facts, calendar: Arc::new(base.calendar.load()?), tables, files };
        within("scenarios", set.len(), MOST)?;
        Ok(set)
    }
}

fn within(what: &'static str, found: usize, most: usize) -> Result<(), FormError> {
    if found <= most { Ok(()) } else { Err(FormError::TooMuch { what, found, most }) }
}

fn toml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FormError> {
    toml::from_str(text).map_err(|error| FormError::Table { file: file.to_owned(), error: Box::new(error) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = r#"calendar = { time_zone = "UTC" }
        facts = { now = "2024-05-04" }"#;

    fn set(files: &[(&str, &str)]) -> Result<Set, FormError> {
        Set::of(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let table =
            "rule = \"A-1\"\ntitle = \"t\"\n[[scenario]]\nname = \"n\"\nexpect = { cites = [\"A-1\"] }\n";
        let made = set(&[(BASE, COMMON), ("A-1.toml", table)]).unwrap();
        let read = Set::parse(&made.content().unwrap()).unwrap();
        assert_eq!((read.len(), read.files), (1, made.files));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let error = |files: &[(&str, &str)]| set(files).unwrap_err().to_string();
        assert_eq!(error(&[]), "there is no base.toml");
        let table = "rule = \"A-1\"\ntitle = \"t\"\nscenario = []\n";
        assert_eq!(error(&[(BASE, COMMON), ("A-2.toml", table)]), "A-2.toml holds the scenarios of A-1");
        assert!(
            error(&[(BASE, COMMON), ("A-1.toml", "rule = 1")])
                .starts_with("A-1.toml: TOML parse error at line 1")
        );
        let zone = COMMON.replace("UTC", "Mars/Olympus");
        assert!(error(&[(BASE, zone.as_str())]).starts_with("base.toml: calendar: "));
        let row = "[[scenario]]\nname = \"n\"\nexpect = {}\n".repeat(MOST + 1);
        let many = format!("rule = \"A-1\"\ntitle = \"t\"\n{row}");
        assert_eq!(
            error(&[(BASE, COMMON), ("A-1.toml", many.as_str())]),
            "2001 scenarios; at most 2000 are allowed"
        );
    }

    #[test]
    fn another_form_is_told_its_version() {
        let error = |content: &[u8]| Set::parse(content).unwrap_err();
        assert!(matches!(error(br#"{"version": 2, "files": {}}"#), FormError::Version(2)));
        assert!(matches!(error(b"TOML"), FormError::Content(_)));
        assert!(matches!(error(&vec![b' '; SECTION_SIZE + 1]), FormError::TooMuch { what: "bytes", .. }));
    }
}
