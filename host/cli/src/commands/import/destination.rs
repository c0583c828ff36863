//! Where a value of a row may go: the body of `POST /v1/tickets` with one claim.

use super::source::Shape;
use serde_json::{Map as Json, Value};
use std::str::FromStr;

/// A place in the body, named in a map as "product.category", "dates.sold" or "attributes.NAME".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Destination {
    path: Vec<String>,
    kind: Kind,
}

/// What a destination takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Money,
    /// A day or an instant.
    Moment,
    /// A kind of party.
    Party,
    Wish,
    Cause,
    /// Whatever the policy declares; the host checks the type.
    Attribute,
}

const TICKET: &[(&str, Kind)] = &[
    ("customer.name", Kind::Text),
    ("customer.phone", Kind::Text),
    ("customer.email", Kind::Text),
    ("customer.address", Kind::Text),
    ("product.category", Kind::Text),
    ("product.model", Kind::Text),
    ("product.serial", Kind::Text),
    ("product.lot", Kind::Text),
    ("product.quantity", Kind::Integer),
    ("product.price", Kind::Money),
];

const CLAIM: &[(&str, Kind)] = &[
    ("respondent", Kind::Text),
    ("claimant.kind", Kind::Party),
    ("claimant.standing", Kind::Text),
    ("claimant.grade", Kind::Text),
    ("asked", Kind::Wish),
    ("cause", Kind::Cause),
    ("fault", Kind::Text),
    ("claimed", Kind::Money),
    ("dates.produced", Kind::Moment),
    ("dates.shipped", Kind::Moment),
    ("dates.sold", Kind::Moment),
    ("dates.installed", Kind::Moment),
    ("dates.received", Kind::Moment),
    ("dates.reported", Kind::Moment),
    ("dates.discontinued", Kind::Moment),
];

/// The name is none of a ticket or a claim.
#[derive(Debug, thiserror::Error)]
#[error("is no place in a ticket; one of {}, attributes.NAME", names())]
pub(super) struct UnknownDestination;

fn names() -> String {
    TICKET.iter().chain(CLAIM).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl FromStr for Destination {
    type Err = UnknownDestination;

    fn from_str(name: &str) -> Result<Self, UnknownDestination> {
        let known = |list: &[(&str, Kind)]| list.iter().find(|(n, _)| *n == name).map(|(_, kind)| *kind);
        let words = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
        if let Some(kind) = known(TICKET) {
            return Ok(Self { path: words(name), kind });
        }
        let kind = match name.strip_prefix("attributes.") {
            Some(attribute) if !attribute.is_empty() && !attribute.contains('.') => Kind::Attribute,
            _ => known(CLAIM).ok_or(UnknownDestination)?,
        };
        Ok(Self { path: [vec!["claims".to_owned()], words(name)].concat(), kind })
    }
}

impl Destination {
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Puts the value into the body.
    pub(super) fn put(&self, body: &mut Json<String, Value>, value: Value) {
        let Some((last, parents)) = self.path.split_last() else { return };
        let mut place = body;
        for name in parents {
            let entry = place.entry(name.clone()).or_insert_with(|| Value::Object(Json::new()));
            let Value::Object(next) = entry else { return };
            place = next;
        }
        place.insert(last.clone(), value);
    }
}

impl Kind {
    /// Whether a source of this shape can fill it.
    pub(super) fn takes(self, shape: Shape) -> bool {
        match self {
            Self::Attribute => shape != Shape::Money,
            Self::Text | Self::Party | Self::Wish | Self::Cause => shape == Shape::Text,
            Self::Integer => shape == Shape::Integer,
            Self::Money => shape == Shape::Money,
            Self::Moment => matches!(shape, Shape::Date | Shape::Instant),
        }
    }

    /// How to say in a map what it takes.
    pub(super) fn wants(self) -> &'static str {
        match self {
            Self::Text | Self::Party | Self::Wish | Self::Cause => "a text",
            Self::Integer => "as = \"integer\"",
            Self::Money => "as = \"money\" with a currency",
            Self::Moment => "as = \"date\", \"instant\" or \"days-before\"",
            Self::Attribute => "anything but money",
        }
    }

    /// For the words of a fixed list: whether this is one of them.
    pub(super) fn accepts_word(self, word: &str) -> bool {
        let value = || Value::String(word.to_owned());
        match self {
            Self::Party => serde_json::from_value::<sanbao_domain::party::PartyKind>(value()).is_ok(),
            Self::Wish => serde_json::from_value::<sanbao_domain::case::Wish>(value()).is_ok(),
            Self::Cause => serde_json::from_value::<sanbao_domain::case::Cause>(value()).is_ok(),
            _ => true,
        }
    }

    /// The name of the fixed list, for messages.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::Party => "kind of party",
            Self::Wish => "wish (repair, replace, refund, credit, parts, unspecified)",
            Self::Cause => "cause of the contract",
            _ => "word",
        }
    }
}
