//! From the lines of the file to the bodies of requests; every bad cell of every row is reported.

use super::map::Map;
use super::source::Source;
use crate::failure::Failure;
use csv::StringRecord;
use jiff::civil::Date;
use serde_json::{Map as Json, Value, json};
use std::collections::HashMap;
use std::path::Path;

/// A row that can be loaded.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Line of the file, from 1.
    pub(super) line: u64,
    /// Reference of the ticket: the map's name and the row's key.
    pub(super) reference: String,
    /// Body of `POST /v1/tickets`.
    pub(super) body: Value,
}

/// Why a row was not loaded; a row may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reject {
    pub(super) line: u64,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) reason: String,
}

/// What the file holds.
pub(super) struct Sheet {
    pub(super) total: usize,
    pub(super) rows: Vec<Row>,
    pub(super) rejects: Vec<Reject>,
}

/// Reads the whole file and checks every row.
pub(super) fn read(path: &Path, map: &Map, as_of: Date) -> Result<Sheet, Failure> {
    let bytes = std::fs::read(path).map_err(Failure::file(path))?;
    // Spreadsheets like to begin with a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    parse(bytes, map, as_of).map_err(|what| {
        Failure::input(
            format!("{}: {what}", path.display()),
            "a CSV file in UTF-8 with the headings of the map",
        )
    })
}

fn parse(bytes: &[u8], map: &Map, as_of: Date) -> Result<Sheet, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headings = reader.headers().map_err(|error| error.to_string())?.clone();
    let columns = positions(&headings, map)?;
    let mut sheet = Sheet { total: 0, rows: Vec::new(), rejects: Vec::new() };
    let mut keys: HashMap<String, u64> = HashMap::new();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| error.to_string())? {
        sheet.total += 1;
        let line = record.position().map_or(0, |position| line(bytes, position));
        let mut bad = Vec::new();
        let mut reject = |column: &str, value: &str, reason: String| {
            bad.push(Reject { line, column: column.to_owned(), value: value.to_owned(), reason });
        };
        match StringRecord::from_byte_record(record.clone()) {
            Err(_) => reject("", "", "is not UTF-8".to_owned()),
            Ok(text) if text.len() != headings.len() => {
                reject("", "", format!("has {} cells, the heading row {}", text.len(), headings.len()));
            }
            Ok(text) => {
                let cells = Cells { record: &text, columns: &columns, as_of };
                let key = cells.get(&map.key).trim().to_owned();
                if key.is_empty() {
                    reject(&map.key, "", "is empty, but tells rows apart".to_owned());
                } else if let Some(first) = keys.insert(key.clone(), line) {
                    reject(&map.key, &key, format!("is the same as in line {first}"));
                }
                let body = cells.body(map, &format!("{}:{key}", map.name), &mut reject);
                if bad.is_empty() {
                    sheet.rows.push(Row { line, reference: format!("{}:{key}", map.name), body });
                }
            }
        }
        sheet.rejects.extend(bad);
    }
    Ok(sheet)
}

/// The line on which a record begins: its position may still be at the end of the line before it, or of
/// empty lines between them.
fn line(bytes: &[u8], position: &csv::Position) -> u64 {
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}

/// Where each column of the map is; a heading that is missing or there twice fails the file.
fn positions(headings: &StringRecord, map: &Map) -> Result<HashMap<String, usize>, String> {
    let mut found = HashMap::new();
    for column in map.columns() {
        let mut places = headings.iter().enumerate().filter(|(_, heading)| heading.trim() == column);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => found.insert(column.to_owned(), place),
            (None, _) => {
                let headings = headings.iter().map(|h| format!("{h:?}")).collect::<Vec<_>>().join(", ");
                return Err(format!("has no column {column:?}, which the map reads; it has {headings}"));
            }
            (Some(_), Some(_)) => return Err(format!("has more than one column {column:?}")),
        };
    }
    Ok(found)
}

struct Cells<'a> {
    record: &'a StringRecord,
    columns: &'a HashMap<String, usize>,
    as_of: Date,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    fn body(&self, map: &Map, reference: &str, reject: &mut impl FnMut(&str, &str, String)) -> Value {
        for (column, values) in &map.allowed {
            let cell = self.get(column);
            if !values.iter().any(|value| value == cell.trim()) {
                reject(column, cell, format!("is none of {}", values.join(", ")));
            }
        }
        let mut body = Json::new();
        body.insert("reference".to_owned(), json!(reference));
        for (_, destination, source) in &map.fields {
            if let Some(value) = self.value(source, reject) {
                let word = value.as_str().unwrap_or_default();
                if destination.kind().accepts_word(word) || !value.is_string() {
                    destination.put(&mut body, value);
                } else {
                    let column = source.column.as_deref().unwrap_or_default();
                    reject(column, word, format!("is no {}", destination.kind().list()));
                }
            }
        }
        // A map speaks of one claim; the API takes a list.
        if let Some(claim) = body.remove("claims") {
            body.insert("claims".to_owned(), json!([claim]));
        } else {
            body.insert("claims".to_owned(), json!([{}]));
        }
        Value::Object(body)
    }

    fn value(&self, source: &Source, reject: &mut impl FnMut(&str, &str, String)) -> Option<Value> {
        if let Some(constant) = &source.constant {
            return match constant {
                // A TOML date is written as the API reads it.
                toml::Value::Datetime(day) => Some(json!(day.to_string())),
                other => serde_json::to_value(other).ok(),
            };
        }
        if source.as_of {
            return Some(json!(self.as_of));
        }
        if !source.when.is_empty() {
            let holds = source.when.iter().find(|case| {
                case.any.iter().any(|column| case.values.iter().any(|value| value == self.get(column).trim()))
            });
            let word = holds.map(|case| case.then.as_str()).or(source.otherwise.as_deref());
            return word.map(|word| json!(word));
        }
        let mut read = |column: &String| {
            let cell = self.get(column);
            source.read(cell, self.as_of).unwrap_or_else(|error| {
                reject(column, cell, error.to_string());
                None
            })
        };
        if let Some(column) = &source.column {
            return read(column);
        }
        let parts = source.join.iter().filter_map(|column| {
            read(column).map(|value| format!("{column} {}", value.as_str().unwrap_or_default()))
        });
        let joined = parts.collect::<Vec<_>>().join("; ");
        (!joined.is_empty()).then(|| json!(joined))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let map = Map::parse("name = 'm'\nkey = 'k'\n[fields]\n'product.model' = { column = 'a' }").unwrap();
        for (file, expected) in [
            ("k,a\n1,\n2,\n", vec![2, 3]),
            ("k,a\r\n1,\r\n2,\r\n", vec![2, 3]),
            ("k,a\r\n\r\n\r\n1,\r\n\r\n2,", vec![4, 6]),
            ("k,a\n\"1\n1\",\n2,\n", vec![2, 4]),
        ] {
            let sheet = parse(file.as_bytes(), &map, Date::default()).unwrap();
            assert_eq!(
                sheet.rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(),
                expected,
                "{file:?}"
            );
        }
    }
}
