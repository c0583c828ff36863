//! The project's files, read once: what runs, and what tests it.

use crate::ids::named;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Text files by their path from the project's root.
pub(crate) struct Sources {
    root: PathBuf,
    files: Vec<(String, String)>,
}

/// Where tests are; scenario tables are tests too.
const TESTS: [&str; 3] = ["/tests/", "/scenarios/", "tests/tests/"];
/// Lists of ids are no tests of them.
const NO_TESTS: &str = "tests/tests/catalogue/";

impl Sources {
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
        let mut files = Vec::new();
        for folder in ["host", "plugins", "tests", "migrations"] {
            collect(&root.join(folder), &root, &mut files);
        }
        files.sort();
        Self { root, files }
    }

    /// The ids of `prefix` that a file, or any file of a folder, names; none where nothing is there.
    pub(crate) fn names(&self, place: &str, prefix: &str) -> Option<BTreeSet<u32>> {
        self.root.join(place).exists().then(|| {
            let inside = |path: &str| path == place || path.starts_with(&format!("{place}/"));
            let files = self.files.iter().filter(|(path, _)| inside(path));
            files.flat_map(|(_, text)| named(text, prefix)).collect()
        })
    }

    /// Tests by path, each with the ids of `prefix` that it names.
    pub(crate) fn tests(&self, prefix: &str) -> Vec<(String, BTreeSet<u32>)> {
        let is_test = |path: &str| {
            !path.starts_with(NO_TESTS)
                && TESTS.iter().any(|part| path.contains(part) || path.starts_with(part))
        };
        let tests = self.files.iter().filter(|(path, _)| is_test(path));
        tests.map(|(path, text)| (path.clone(), named(text, prefix))).collect()
    }
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                collect(&path, root, files);
            }
        } else if path
            .extension()
            .is_some_and(|kind| ["rs", "toml", "sql", "html", "txt"].iter().any(|k| kind == *k))
        {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}
