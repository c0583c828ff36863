//! Durable state on SQLite and PostgreSQL: one SQL text for both, one file per aggregate.
