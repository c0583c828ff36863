//! A real browser, without a window. Tests do not skip it: where none is installed, they fail.

use std::process::Stdio;
use tokio::process::Command;

/// What a browser made of a page.
#[derive(Debug)]
pub struct Shown {
    /// The document as it stands after loading.
    pub dom: String,
    /// What the browser complains of, such as what a page's security policy forbids.
    pub log: String,
}

/// No page was shown.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// There is no browser.
    #[error("no Chromium is installed; `host/cli/scripts/setup.sh test` does it")]
    Missing,
    /// It does not run.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It ended without a document.
    #[error("the browser showed nothing: {0}")]
    Nothing(String),
}

/// Names under which systems install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Loads a page and shows the document.
///
/// # Errors
/// There is no browser, or it fails.
pub async fn show(url: &str) -> Result<Shown, BrowserError> {
    let profile = tempfile::tempdir()?;
    for name in NAMES {
        let run = Command::new(name)
            .args(["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            // Tests run as root in containers, where its sandbox cannot start; the page is our own.
            .arg("--no-sandbox")
            .args(["--enable-logging=stderr", "--timeout=20000", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await;
        match run {
            Ok(output) => {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let (dom, log) = (text(&output.stdout), text(&output.stderr));
                return if dom.contains("<html") {
                    Ok(Shown { dom, log })
                } else {
                    Err(BrowserError::Nothing(log))
                };
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(BrowserError::Missing)
}
