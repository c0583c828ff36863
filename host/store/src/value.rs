//! Values as they travel to either database and back: one list of types, bound and read the same way.

use crate::StoreError;
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use sanbao_domain::ids::{
    ActivationId, BackTestId, ClaimId, DeadlineId, FindingId, FollowUpId, KeyId, LinkId, MessageId,
    PartDocumentId, PartyId, PolicyId, PostingId, ReceiptId, RequisitionId, TicketId, UnitId,
};
use sanbao_domain::ids::{ShadowId, SigningKeyId, UploadId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArguments, SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Arguments, Decode, Postgres, Sqlite, Type};
use uuid::Uuid;

/// One bound parameter. Nulls keep their type, which PostgreSQL wants to know.
#[derive(Clone, Debug)]
pub(crate) enum Val {
    Id(Option<Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Bool(Option<bool>),
    Bytes(Option<Vec<u8>>),
    At(Option<Timestamp>),
}

/// The parameters of a statement, in the order of its `$1`, `$2` …
macro_rules! vals {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Val::from($value)),*] };
}
pub(crate) use vals;

/// A value as JSON text.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<Val, StoreError> {
    Ok(Val::Text(Some(serde_json::to_string(value)?)))
}

/// A unit variant of an enum as the word that serde gives it.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<Val, StoreError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(Val::Text(Some(word))),
        serde_json::Value::Null => Ok(Val::Text(None)),
        _ => Err(StoreError::Value(serde::ser::Error::custom("not a word"))),
    }
}

macro_rules! froms {
    ($($from:ty => $variant:ident |$value:ident| $into:expr;)*) => {$(
        impl From<$from> for Val {
            fn from($value: $from) -> Self {
                Self::$variant(Some($into))
            }
        }
        impl From<Option<$from>> for Val {
            fn from(value: Option<$from>) -> Self {
                Self::$variant(value.map(|$value| $into))
            }
        }
    )*};
}

froms! {
    Uuid => Id |value| value;
    String => Text |value| value;
    &str => Text |value| value.to_owned();
    &String => Text |value| value.clone();
    i64 => Int |value| value;
    u32 => Int |value| i64::from(value);
    // Counters that never come near the limit.
    u64 => Int |value| i64::try_from(value).unwrap_or(i64::MAX);
    u16 => Int |value| i64::from(value);
    Vec<u8> => Bytes |value| value;
    &[u8] => Bytes |value| value.to_vec();
    [u8; 32] => Bytes |value| value.to_vec();
    Timestamp => At |value| value;
    bool => Bool |value| value;
}

/// The way from a column to a field of a record.
pub(crate) trait Codec<T> {
    /// What the drivers read.
    type Raw: Raw;
    /// The field's value.
    fn decode(raw: Self::Raw) -> Result<T, BoxDynError>;
}

/// A type that both drivers can read.
pub(crate) trait Raw:
    Type<Sqlite> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + for<'r> Decode<'r, Postgres>
{
}
impl<T> Raw for T where
    T: Type<Sqlite> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + for<'r> Decode<'r, Postgres>
{
}

/// The column is the field.
pub(crate) struct Plain;
/// The column is JSON text.
pub(crate) struct Json;
/// The column is a word of an enum.
pub(crate) struct Word;
/// As `Json`, or NULL.
pub(crate) struct MaybeJson;
/// As `Word`, or NULL.
pub(crate) struct MaybeWord;

impl<T: DeserializeOwned> Codec<T> for Json {
    type Raw = String;
    fn decode(raw: String) -> Result<T, BoxDynError> {
        Ok(serde_json::from_str(&raw)?)
    }
}

impl<T: DeserializeOwned> Codec<T> for Word {
    type Raw = String;
    fn decode(raw: String) -> Result<T, BoxDynError> {
        Ok(serde_json::from_value(serde_json::Value::String(raw))?)
    }
}

impl<T: DeserializeOwned> Codec<Option<T>> for MaybeWord {
    type Raw = Option<String>;
    fn decode(raw: Option<String>) -> Result<Option<T>, BoxDynError> {
        raw.map(<Word as Codec<T>>::decode).transpose()
    }
}

impl<T: DeserializeOwned> Codec<Option<T>> for MaybeJson {
    type Raw = Option<String>;
    fn decode(raw: Option<String>) -> Result<Option<T>, BoxDynError> {
        raw.map(<Json as Codec<T>>::decode).transpose()
    }
}

macro_rules! plain {
    ($($type:ty: $raw:ty |$value:ident| $into:expr;)*) => {$(
        impl Codec<$type> for Plain {
            type Raw = $raw;
            fn decode($value: $raw) -> Result<$type, BoxDynError> {
                Ok($into)
            }
        }
        impl Codec<Option<$type>> for Plain {
            type Raw = Option<$raw>;
            fn decode(raw: Option<$raw>) -> Result<Option<$type>, BoxDynError> {
                raw.map(<Plain as Codec<$type>>::decode).transpose()
            }
        }
    )*};
}

plain! {
    Uuid: Uuid |raw| raw;
    String: String |raw| raw;
    i64: i64 |raw| raw;
    u32: i64 |raw| raw.try_into()?;
    u64: i64 |raw| raw.try_into()?;
    u16: i64 |raw| raw.try_into()?;
    bool: bool |raw| raw;
    Vec<u8>: Vec<u8> |raw| raw;
    [u8; 32]: Vec<u8> |raw| raw.as_slice().try_into()?;
    Timestamp: At |raw| raw.0;
}

macro_rules! ids {
    ($($id:ty),*) => {
        froms! { $($id => Id |value| value.0;)* }
        plain! { $($id: Uuid |raw| raw.into();)* }
    };
}
ids!(PartyId, KeyId, UnitId, TicketId, ClaimId, PolicyId, ActivationId, ReceiptId, DeadlineId);
ids!(RequisitionId, PostingId, PartDocumentId, FindingId, LinkId, FollowUpId);
ids!(MessageId, BackTestId);
ids!(ShadowId);
ids!(UploadId, SigningKeyId);

/// An instant in microseconds: TIMESTAMPTZ on PostgreSQL, RFC 3339 text of fixed width on SQLite, so
/// that text order is time order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At(pub(crate) Timestamp);

impl Type<Sqlite> for At {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for At {
    fn encode_by_ref(&self, buf: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        let text = DateTimePrinter::new().precision(Some(6)).timestamp_to_string(&self.0);
        <String as Encode<'_, Sqlite>>::encode(text, buf)
    }
}

impl<'r> Decode<'r, Sqlite> for At {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<&str as Decode<'r, Sqlite>>::decode(value)?.parse()?))
    }
}

impl Type<Postgres> for At {
    fn type_info() -> PgTypeInfo {
        <jiff_sqlx::Timestamp as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for At {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <jiff_sqlx::Timestamp as Encode<'_, Postgres>>::encode(self.0.into(), buf)
    }
}

impl<'r> Decode<'r, Postgres> for At {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<jiff_sqlx::Timestamp as Decode<'r, Postgres>>::decode(value)?.to_jiff()))
    }
}

macro_rules! bind {
    ($name:ident, $arguments:ty) => {
        pub(crate) fn $name(values: Vec<Val>) -> Result<$arguments, BoxDynError> {
            let mut arguments = <$arguments>::default();
            for value in values {
                match value {
                    Val::Id(value) => arguments.add(value)?,
                    Val::Text(value) => arguments.add(value)?,
                    Val::Int(value) => arguments.add(value)?,
                    Val::Bool(value) => arguments.add(value)?,
                    Val::Bytes(value) => arguments.add(value)?,
                    Val::At(value) => arguments.add(value.map(At))?,
                }
            }
            Ok(arguments)
        }
    };
}
bind!(sqlite_arguments, SqliteArguments);
bind!(postgres_arguments, PgArguments);
