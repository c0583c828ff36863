//! Reports, as JSON and as rows of a table.

mod complaints;
mod daily;
mod service_level;

pub use complaints::{CausesView, ComplainantView};
pub use daily::DailyView;
pub use service_level::ServiceLevelView;

/// A report as a table: the names of its columns, and its rows.
pub trait Table {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// The rows, each with as many fields as there are columns.
    fn rows(&self) -> Vec<Vec<String>>;
}

/// A field that may be empty.
fn field(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
