//! Problem documents (RFC 9457): what went wrong, where, by which rule, and what to do about it.
//!
//! Handlers make a [`Problem`] in both languages; [`render`] writes the document once the request's
//! language and id are known, so nothing below has to carry them.

mod document;
mod kinds;

pub(crate) use document::render;
pub(crate) use kinds::{no_method, no_route};

use axum::http::StatusCode;
use sanbao_domain::text::{Language, Text};
use serde::Serialize;
use serde_json::{Map, Value};
use std::error::Error;
use std::sync::Arc;

/// Stable prefix of `type`; the code follows.
const TYPE_PREFIX: &str = "urn:sanbao:problem:";

/// An error answer.
#[derive(Clone, Debug)]
pub struct Problem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    title: Text,
    detail: Option<Text>,
    field: Option<String>,
    rule: Option<String>,
    fix: Option<Text>,
    errors: Vec<FieldError>,
    more: Map<String, Value>,
    /// For the log; never shown.
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// One field that is wrong.
#[derive(Clone, Debug)]
struct FieldError {
    field: String,
    message: Text,
    fix: Text,
}

impl Problem {
    /// A problem of a stable kind: `code` ends its `type` URI and `title` is the same for every one.
    pub fn new(status: StatusCode, code: &'static str, title: Text) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            title,
            detail: None,
            field: None,
            rule: None,
            fix: None,
            errors: Vec::new(),
            more: Map::new(),
            source: None,
        }))
    }

    /// What happened this time.
    pub fn detail(mut self, detail: Text) -> Self {
        self.0.detail = Some(detail);
        self
    }

    /// Path of the field at fault: `claims[0].dates.sold`.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// The rule behind it: `STO-25`.
    pub fn rule(mut self, rule: impl Into<String>) -> Self {
        self.0.rule = Some(rule.into());
        self
    }

    /// What to do about it.
    pub fn fix(mut self, fix: Text) -> Self {
        self.0.fix = Some(fix);
        self
    }

    /// One more field at fault.
    pub fn error(mut self, field: impl Into<String>, message: Text, fix: Text) -> Self {
        self.0.errors.push(FieldError { field: field.into(), message, fix });
        self
    }

    /// An extension member of the document. A value that cannot be written is left out.
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.0.more.insert(name.to_owned(), value);
        }
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The last part of its `type`.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// What is wrong and what to do, for a page that people read.
    pub fn said(&self, language: Language) -> Vec<String> {
        let parts = &self.0;
        let errors = parts.errors.iter().flat_map(|error| [&error.message, &error.fix]);
        let texts = [Some(&parts.title), parts.fix.as_ref()].into_iter().flatten().chain(errors);
        texts.map(|text| text.get(language).to_owned()).collect()
    }

    /// What to log.
    pub(crate) fn caused_by(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }
}
