//! Server-sent events, as far as the host sends them.

use reqwest::Response;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// Longest time to listen before connecting again.
pub(super) const LONGEST: Duration = Duration::from_secs(3600);
/// Longest silence; the host says something every fifteen seconds, if only that it is there.
const SILENCE: Duration = Duration::from_secs(60);

/// Events as they come.
pub(crate) struct Events {
    response: Response,
    read: Vec<u8>,
}

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its number.
    pub(crate) id: Option<u64>,
    /// What it says.
    pub(crate) data: Value,
}

impl Events {
    pub(super) fn new(response: Response) -> Self {
        Self { response, read: Vec::new() }
    }

    /// The next one; nothing more where the stream ended or broke off.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(text) = take(&mut self.read) {
                if let Some(event) = event(&text) {
                    return Some(event);
                }
            }
            match timeout(SILENCE, self.response.chunk()).await {
                Ok(Ok(Some(bytes))) => self.read.extend_from_slice(&bytes),
                Ok(Ok(None) | Err(_)) | Err(_) => return None,
            }
        }
    }
}

/// What was read up to the next empty line.
fn take(read: &mut Vec<u8>) -> Option<String> {
    let end = read.windows(2).position(|two| two == b"\n\n")? + 2;
    Some(String::from_utf8_lossy(&read.drain(..end).collect::<Vec<_>>()).into_owned())
}

/// An event with data; a comment is none.
fn event(text: &str) -> Option<Event> {
    let field = |name| text.lines().find_map(move |line| line.strip_prefix(name)?.strip_prefix(':'));
    let data = serde_json::from_str(field("data")?.trim_start()).ok()?;
    Some(Event { id: field("id").and_then(|id| id.trim().parse().ok()), data })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn events_are_read_whole_and_comments_passed_over() {
        let mut read = b"id: 1\nevent: queued\ndata: {\"a\":1}\n\n: still here\n\nid: 2\nda".to_vec();
        let taken: Vec<_> = std::iter::from_fn(|| take(&mut read)).collect();
        assert_eq!(read, b"id: 2\nda");
        let events: Vec<_> = taken.iter().filter_map(|text| event(text)).collect();
        assert_eq!(events, [Event { id: Some(1), data: json!({ "a": 1 }) }]);
    }
}
