//! Stories of several weeks that show a whole regulation at work, each told beat by beat through the HTTP
//! API: who does what, what the host must answer, and what it must refuse.

mod batch;
mod breakdown;
mod change;
mod complaint;
mod counter;
mod installation;
mod names;
mod tell;

pub(super) use tell::tell;

use super::scenes::Who;
use reqwest::Method;
use serde_json::Value;

/// Every story, in the order in which they are told; each lets time pass.
pub(super) fn all() -> Vec<Story> {
    vec![
        counter::story(),
        batch::story(),
        breakdown::story(),
        installation::story(),
        complaint::story(),
        change::story(),
    ]
}

/// One story.
pub(super) struct Story {
    /// Its name in the state file: "counter".
    pub(super) name: &'static str,
    /// What it is about, in one line.
    pub(super) title: &'static str,
    /// What happens, in order.
    pub(super) beats: Vec<Beat>,
}

/// One thing that happens, and what the host must answer. In paths and bodies `$name` stands for the id of a
/// party or for something kept by an earlier beat of the story, `$day-30` for a day counted from today,
/// `$now-2h` for an instant.
pub(super) struct Beat {
    by: Who,
    /// Under which name an earlier beat kept the key of this person, where it is not the party's first key.
    person: Option<&'static str>,
    says: &'static str,
    does: Does,
    keeps: Vec<(&'static str, &'static str)>,
    expects: Vec<(&'static str, Value)>,
    shows: Vec<&'static str>,
}

enum Does {
    Send {
        method: Method,
        path: String,
        body: Option<Value>,
    },
    /// The host must refuse it with this kind of problem.
    Refused {
        path: String,
        body: Value,
        kind: &'static str,
    },
    /// So many of this unit of time pass.
    Wait(u32, &'static str),
    /// Asks until what is at the pointer is this, or a number at least this large: the host works on it.
    Until {
        path: &'static str,
        pointer: &'static str,
        value: Value,
    },
}

impl Beat {
    fn new(by: Who, says: &'static str, does: Does) -> Self {
        Self { by, person: None, says, does, keeps: Vec::new(), expects: Vec::new(), shows: Vec::new() }
    }

    fn post(by: Who, says: &'static str, path: &str, body: Value) -> Self {
        Self::new(by, says, Does::Send { method: Method::POST, path: path.to_owned(), body: Some(body) })
    }

    fn get(by: Who, says: &'static str, path: &str) -> Self {
        Self::new(by, says, Does::Send { method: Method::GET, path: path.to_owned(), body: None })
    }

    fn refused(by: Who, says: &'static str, path: &str, body: Value, kind: &'static str) -> Self {
        Self::new(by, says, Does::Refused { path: path.to_owned(), body, kind })
    }

    fn until(
        by: Who,
        says: &'static str,
        path: &'static str,
        (pointer, value): (&'static str, Value),
    ) -> Self {
        Self::new(by, says, Does::Until { path, pointer, value })
    }

    fn wait(by: Who, says: &'static str, amount: u32, unit: &'static str) -> Self {
        Self::new(by, says, Does::Wait(amount, unit))
    }

    /// Done by another person of the party, whose key was kept under this name.
    fn person(mut self, name: &'static str) -> Self {
        self.person = Some(name);
        self
    }

    /// Keeps what is at a JSON pointer of the answer under a name.
    fn keep(mut self, name: &'static str, pointer: &'static str) -> Self {
        self.keeps.push((name, pointer));
        self
    }

    /// What must be at a JSON pointer of the answer.
    fn expect(mut self, pointer: &'static str, value: impl Into<Value>) -> Self {
        self.expects.push((pointer, value.into()));
        self
    }

    /// Shows what is at a JSON pointer of the answer.
    fn show(mut self, pointer: &'static str) -> Self {
        self.shows.push(pointer);
        self
    }
}
