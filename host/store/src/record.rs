//! Rows of either database as the structs that callers see.

use crate::value::{Codec, Plain};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Error, Row};

/// A struct that can be read from a row of either database.
pub(crate) trait Record: Sized + Send + Unpin {
    fn from_sqlite(row: &SqliteRow) -> Result<Self, Error>;
    fn from_postgres(row: &PgRow) -> Result<Self, Error>;
}

/// Reads one column through its codec.
pub(crate) trait Get {
    fn get_as<C: Codec<T>, T>(&self, column: &str) -> Result<T, Error>;
}

macro_rules! get {
    ($($row:ty),*) => {$(
        impl Get for $row {
            fn get_as<C: Codec<T>, T>(&self, column: &str) -> Result<T, Error> {
                C::decode(self.try_get::<C::Raw, _>(column)?)
                    .map_err(|source| Error::ColumnDecode { index: column.to_owned(), source })
            }
        }
    )*};
}
get!(SqliteRow, PgRow);

/// Says how the fields of a struct are read: `field`, `field = "column"`, `field as Codec`.
macro_rules! record {
    ($type:path { $($field:ident $(= $column:literal)? $(as $codec:ident)?),* $(,)? }) => {
        impl $crate::record::Record for $type {
            fn from_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
                $crate::record::record!(@read row { $($field $(= $column)? $(as $codec)?),* })
            }
            fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                $crate::record::record!(@read row { $($field $(= $column)? $(as $codec)?),* })
            }
        }
    };
    (@read $row:ident { $($field:ident $(= $column:literal)? $(as $codec:ident)?),* }) => {{
        use $crate::record::Get;
        Ok(Self {
            $($field: $row.get_as::<$crate::record::record!(@codec $($codec)?), _>(
                $crate::record::record!(@column $field $($column)?))?,)*
        })
    }};
    (@codec) => { $crate::value::Plain };
    (@codec $codec:ident) => { $crate::value::$codec };
    (@column $field:ident) => { stringify!($field) };
    (@column $field:ident $column:literal) => { $column };
}
pub(crate) use record;

/// A row of one column named `value`.
pub(crate) struct Single<T>(pub(crate) T);

impl<T: Send + Unpin> Record for Single<T>
where
    Plain: Codec<T>,
{
    fn from_sqlite(row: &SqliteRow) -> Result<Self, Error> {
        row.get_as::<Plain, T>("value").map(Self)
    }
    fn from_postgres(row: &PgRow) -> Result<Self, Error> {
        row.get_as::<Plain, T>("value").map(Self)
    }
}
