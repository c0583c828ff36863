//! The rows of one ticket, read back from the host's own database as SQL to write them again.

/// Tables that a ticket writes, parents first, and the column that holds the ticket's id.
pub(crate) const TABLES: [(&str, &str); 6] = [
    ("ticket", "id"),
    ("claim", "ticket_id"),
    ("deadline", "ticket_id"),
    ("journal", "ticket_id"),
    ("receipt", "ticket_id"),
    ("idempotency", "key"),
];

/// How the ids of a row are made anew in SQL: everything else is written as it was.
pub(crate) struct Fresh {
    /// The new ticket's id.
    pub(crate) ticket: &'static str,
    /// The new ticket's number.
    pub(crate) number: &'static str,
    /// An id that nothing refers to.
    pub(crate) id: &'static str,
    /// A text that is new.
    pub(crate) key: &'static str,
}

impl Fresh {
    /// The new value of a column, where it must be new.
    pub(crate) fn of(&self, table: &str, column: &str) -> Option<&'static str> {
        match (table, column) {
            ("ticket", "id") | (_, "ticket_id") => Some(self.ticket),
            ("ticket", "number") => Some(self.number),
            (_, "id") => Some(self.id),
            ("idempotency", "key") => Some(self.key),
            _ => None,
        }
    }
}

/// `INSERT` of these values, given as SQL.
pub(crate) fn insert(table: &str, columns: &[String], values: &[String]) -> String {
    format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "))
}
