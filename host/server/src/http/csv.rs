//! Reports as tables: CSV where `?format=csv` or `Accept: text/csv` asks for it, else JSON.

use super::page::Listed;
use super::problem::Problem;
use super::reply::{Answer, Reply};
use crate::views::report::Table;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};
use sanbao_domain::text::Text;
use serde::Serialize;
use std::convert::Infallible;

/// Tells where the next page of a table begins; a JSON list says it in its body.
const NEXT: HeaderName = HeaderName::from_static("next-cursor");

/// How a report is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
}

impl<S: Sync> FromRequestParts<S> for Layout {
    type Rejection = Infallible;

    /// As the `Accept` header says.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepted = parts.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let first = accepted.flat_map(|value| value.split(',')).find_map(|range| {
            match range.split(';').next().unwrap_or_default().trim() {
                "text/csv" => Some(Self::Csv),
                "application/json" | "*/*" => Some(Self::Json),
                _ => None,
            }
        });
        Ok(first.unwrap_or(Self::Json))
    }
}

impl Layout {
    /// The layout that the query names, in front of this one.
    ///
    /// # Errors
    /// 422 for another word than json or csv.
    pub fn or(self, named: Option<&str>) -> Result<Self, Problem> {
        match named {
            None => Ok(self),
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            Some(_) => Err(Problem::invalid().error(
                "format",
                Text::new("没有这种格式", "there is no such format"),
                Text::new("填写 json 或 csv。", "Give json or csv."),
            )),
        }
    }

    /// A report in this layout.
    pub fn reply<T: Table + ?Sized>(self, json: &impl Serialize, table: &T) -> Answer {
        match self {
            Self::Json => Reply::ok(json),
            Self::Csv => written(table),
        }
    }

    /// A page of a list in this layout.
    pub fn list<T: Serialize>(self, listed: &Listed<T>) -> Answer
    where
        [T]: Table,
    {
        let reply = self.reply(listed, listed.items.as_slice())?;
        Ok(match (&listed.next_cursor, self) {
            (Some(cursor), Self::Csv) => reply.header(NEXT, cursor),
            _ => reply,
        })
    }
}

fn written<T: Table + ?Sized>(table: &T) -> Answer {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(T::COLUMNS).map_err(Problem::internal)?;
    for row in table.rows() {
        for field in &row {
            writer.write_field(harmless(field).as_bytes()).map_err(Problem::internal)?;
        }
        writer.write_record(None::<&[u8]>).map_err(Problem::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| Problem::internal(error.into_error()))?;
    Ok(Reply::bytes(StatusCode::OK, "text/csv; charset=utf-8; header=present", bytes))
}

/// Spreadsheets take a field that begins like a formula for one; what customers say must not become one.
fn harmless(field: &str) -> std::borrow::Cow<'_, str> {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && field.parse::<f64>().is_err();
    if formula { format!("'{field}").into() } else { field.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_customers_say_never_becomes_a_formula() {
        for (field, shown) in [("=1+1", "'=1+1"), ("@x", "'@x"), ("-12", "-12"), ("plain", "plain"), ("", "")]
        {
            assert_eq!(harmless(field), shown);
        }
    }
}
