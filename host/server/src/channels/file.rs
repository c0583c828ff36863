//! A folder with one file for each message, for development: what would have gone out, to be read.

use super::{Channel, ChannelError, Letter, NotSent};
use futures::future::BoxFuture;
use std::path::{Path, PathBuf};
use tokio::fs;

/// A folder.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(dir: &Path) -> Result<Self, ChannelError> {
        std::fs::create_dir_all(dir).map_err(|error| ChannelError::Folder(dir.to_owned(), error))?;
        Ok(Self(dir.to_owned()))
    }
}

impl Channel for Folder {
    fn send<'l>(&'l self, letter: Letter<'l>) -> BoxFuture<'l, Result<(), NotSent>> {
        Box::pin(async move {
            let message = letter.message;
            let text = format!(
                "To: {}\nSubject: {}\nMessage: {}\nDate: {}\n\n{}\n",
                letter.address, message.subject, message.id, letter.at, message.body
            );
            let later = |error: std::io::Error| NotSent::Later(error.to_string());
            // Whoever looks into the folder sees whole messages only; a second attempt writes the same file.
            let part = self.0.join(format!("{}.part", message.id));
            fs::write(&part, text).await.map_err(later)?;
            fs::rename(&part, self.0.join(format!("{}.txt", message.id))).await.map_err(later)
        })
    }
}
