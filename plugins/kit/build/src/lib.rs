//! What the build script of a Rust policy uses.
//!
//! ```no_run
//! // build.rs
//! fn main() -> std::io::Result<()> {
//!     sanbao_kit_build::scenarios("scenarios")
//! }
//! ```
//!
//! `sanbao_kit::scenarios!()` in the policy then makes a custom section of what this found, without any tool but
//! cargo. A host reads it when it takes the policy in.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Gathers the tables `*.toml` of a folder, which is named from the policy's own. Their text goes in as it is:
/// the host says what is wrong with it.
///
/// # Errors
/// A folder or file that cannot be read or written.
pub fn scenarios(folder: &str) -> io::Result<()> {
    println!("cargo::rerun-if-changed={folder}");
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let files = paths.iter().map(|path| file(path)).collect::<io::Result<Vec<_>>>()?.join(",");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("call this from a build script"))?;
    fs::write(PathBuf::from(out).join("scenarios.json"), format!("{{\"version\":1,\"files\":{{{files}}}}}"))
}

fn file(path: &Path) -> io::Result<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{}:{}", quoted(&name), quoted(&fs::read_to_string(path)?)))
}

/// As a JSON string.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 16);
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            c if c < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn any_text_is_a_json_string() {
        assert_eq!(quoted("say \"三包\" \\ twice\n\t."), r#""say \"三包\" \\ twice\n\u0009.""#);
    }
}
