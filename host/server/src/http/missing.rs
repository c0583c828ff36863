//! Which field of a JSON body is missing. serde's own error says it only in its text, so a body that does not
//! fit is read a second time with an error that keeps the name.

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use std::fmt;

/// The path of the field that `T` needs and `bytes` lack: `claims[0].cause`; nothing where the fault is
/// another.
pub(super) fn field<T: DeserializeOwned>(bytes: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(bytes).ok()?;
    let error = serde_path_to_error::deserialize::<_, T>(Node(body)).err()?;
    let within = error.path().to_string();
    match error.into_inner() {
        Fault::Missing(name) if within == "." => Some(name.to_owned()),
        Fault::Missing(name) => Some(format!("{within}.{name}")),
        Fault::Other(_) => None,
    }
}

/// What is wrong with a body.
#[derive(Debug)]
enum Fault {
    /// It lacks this field.
    Missing(&'static str),
    /// Anything else.
    Other(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::Other(what.to_string())
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Missing(name)
    }
}

/// A JSON value, read as serde_json reads it but for the error.
struct Node(Value);

impl<'de> IntoDeserializer<'de, Fault> for Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn members(map: serde_json::Map<String, Value>) -> impl Iterator<Item = (String, Node)> {
    map.into_iter().map(|(name, value)| (name, Node(value)))
}

impl<'de> Deserializer<'de> for Node {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(value) => match (value.as_u64(), value.as_i64(), value.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, value) => visitor.visit_f64(value.unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Node))),
            Value::Object(map) => visitor.visit_map(MapDeserializer::new(members(map))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(StringDeserializer::<Fault>::new(word)),
            Value::Object(map) => {
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members(map))))
            }
            _ => Err(Fault::Other("neither a word nor an object".to_owned())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
