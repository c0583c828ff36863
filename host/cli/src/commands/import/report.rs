//! What an import says at its end.

use super::load::Loaded;
use super::rows::Reject;
use crate::failure::Failure;
use crate::terminal::table;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many rows were rejected; a row may have several problems.
pub(super) fn lines(rejects: &[Reject]) -> usize {
    rejects.iter().map(|reject| reject.line).collect::<BTreeSet<_>>().len()
}

/// Prints every problem of every rejected row, and writes them to a file if asked.
pub(super) fn rejects(rejects: &[Reject], file: Option<&Path>) -> Result<(), Failure> {
    for Reject { line, column, value, reason } in rejects {
        match (column.as_str(), value.as_str()) {
            ("", "") => eprintln!("line {line}: {reason}"),
            (column, "") => eprintln!("line {line}, column {column:?}: {reason}"),
            (column, value) => eprintln!("line {line}, column {column:?}: {value:?} {reason}"),
        }
    }
    let Some(path) = file else { return Ok(()) };
    let write = || -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(["line", "column", "value", "reason"])?;
        for reject in rejects {
            let line = reject.line.to_string();
            writer.write_record([
                &line,
                &inert(&reject.column),
                &inert(&reject.value),
                &inert(&reject.reason),
            ])?;
        }
        writer.flush()?;
        Ok(())
    };
    write().map_err(|error| Failure::file(path)(error.into()))
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Prints how many rows are in the host, and the verdicts they got.
pub(super) fn summary(total: usize, loaded: &[Loaded]) {
    let there = loaded.iter().filter(|row| row.was_there).count();
    let opened = loaded.len() - there;
    out!("{total} rows: {opened} opened, {there} already there, {} rejected", total - loaded.len());
    if opened == 0 && there > 0 {
        out!("nothing changed");
    }
    let mut verdicts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for claim in loaded.iter().flat_map(|row| &row.ticket.claims) {
        *verdicts.entry((claim.verdict(), claim.rules().join(" "))).or_default() += 1;
    }
    let mut verdicts: Vec<_> = verdicts.into_iter().collect();
    verdicts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut rows = table(&["verdict", "rules", "claims"]);
    for ((verdict, rules), count) in verdicts {
        rows.add_row([verdict, rules, count.to_string()]);
    }
    out!("{rows}");
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn a_rejected_cell_is_no_formula() {
        assert_eq!(inert("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(inert("-5"), "'-5");
        assert_eq!(inert("plain"), "plain");
    }
}
