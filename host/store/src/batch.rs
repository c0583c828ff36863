//! Several writes in as few messages as the engine allows: one statement on PostgreSQL, whose parts
//! are data-modifying `WITH` queries; one statement after the other on SQLite, where a message costs
//! no network.

use crate::value::Val;
use std::borrow::Cow;
use std::fmt::Write;

/// A table and the columns that an insert fills.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// What happens to a row that is there already; nothing said, the insert fails.
    pub(crate) conflict: &'static str,
}

impl Table {
    /// `INSERT INTO table (columns) VALUES (…), (…)` for a number of rows.
    pub(crate) fn insert(&self, rows: usize) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.name, self.columns.join(", "));
        let mut parameter = 0;
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns.len() {
                parameter += 1;
                let comma = if column == 0 { "" } else { ", " };
                // Writing to a string cannot fail.
                let _ = write!(sql, "{comma}${parameter}");
            }
            sql.push(')');
        }
        sql.push_str(self.conflict);
        sql
    }
}

/// One statement with its parameters.
pub(crate) struct Step {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) values: Vec<Val>,
}

/// A first step, whose row count decides, and others that do not look at one another's rows.
pub(crate) struct Batch {
    steps: Vec<Step>,
}

impl Batch {
    pub(crate) fn new(sql: impl Into<Cow<'static, str>>, values: Vec<Val>) -> Self {
        Self { steps: vec![Step { sql: sql.into(), values }] }
    }

    pub(crate) fn step(&mut self, sql: impl Into<Cow<'static, str>>, values: Vec<Val>) {
        self.steps.push(Step { sql: sql.into(), values });
    }

    /// Inserts rows of a table; nothing for no rows.
    pub(crate) fn insert(&mut self, table: &Table, rows: Vec<Vec<Val>>) {
        if !rows.is_empty() {
            self.step(table.insert(rows.len()), rows.into_iter().flatten().collect());
        }
    }

    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    /// `WITH s1 AS (second), s2 AS (third) … first`. PostgreSQL runs the main query first and the
    /// parts that it does not refer to afterwards, so the row lock that orders concurrent writers is
    /// always the first one taken.
    pub(crate) fn into_one_statement(mut self) -> Step {
        if self.steps.len() == 1 {
            return self.steps.remove(0);
        }
        let first = self.steps.remove(0);
        let mut sql = String::new();
        let mut values = Vec::new();
        for (index, step) in self.steps.into_iter().enumerate() {
            sql.push_str(if index == 0 { "WITH " } else { ", " });
            let _ = write!(sql, "s{index} AS (");
            renumber(&step.sql, values.len(), &mut sql);
            sql.push(')');
            values.extend(step.values);
        }
        sql.push(' ');
        renumber(&first.sql, values.len(), &mut sql);
        values.extend(first.values);
        Step { sql: sql.into(), values }
    }
}

/// Appends `sql` with every `$n` raised by `by`. Our statements hold no `$` other than parameters.
fn renumber(sql: &str, by: usize, out: &mut String) {
    let mut parts = sql.split('$');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or_default() + by;
        let _ = write!(out, "${number}{rest}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ints(values: &[i64]) -> Vec<Val> {
        values.iter().copied().map(Val::from).collect()
    }

    #[test]
    fn several_steps_become_one_statement_with_parameters_of_its_own() {
        let table = Table { name: "b", columns: &["x", "y"], conflict: "" };
        let mut batch = Batch::new("UPDATE a SET v = $2 WHERE id = $1", ints(&[1, 2]));
        batch.insert(&table, vec![]);
        batch.insert(&table, vec![ints(&[3, 4]), ints(&[5, 6])]);
        batch.step("DELETE FROM c WHERE id = $1", ints(&[7]));
        let step = batch.into_one_statement();
        assert_eq!(
            step.sql,
            "WITH s0 AS (INSERT INTO b (x, y) VALUES ($1, $2), ($3, $4)), \
             s1 AS (DELETE FROM c WHERE id = $5) UPDATE a SET v = $7 WHERE id = $6"
        );
        let order: Vec<i64> =
            step.values.iter().map(|value| if let Val::Int(Some(n)) = value { *n } else { 0 }).collect();
        assert_eq!(order, [3, 4, 5, 6, 7, 1, 2]);
    }
}
