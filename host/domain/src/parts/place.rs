//! Where parts are, and in what condition.

use crate::ids::PartyId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A place that holds parts, or one outside from which they come and into which they go. Written as text:
/// `store:main`, `technician:Wang`, `station:<party id>`, `transit`, `customer`, `supplier`, `scrap`,
/// `difference`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    /// A shelf or room of the store, by name (BUS-44).
    Store(String),
    /// What a service station holds of ours: an account of its own (BUS-49).
    Station(PartyId),
    /// What somebody drew and answers for until it is written off (BUS-41, 42).
    Technician(String),
    /// Mailed to the user and not written off yet (BUS-43).
    Transit,
    /// Built into users' products.
    Customer,
    /// Where new parts come from, and repaired ones.
    Supplier,
    /// What was thrown away.
    Scrap,
    /// What stock-takes found to be more or less than booked (BUS-44).
    Difference,
}

/// Longest name of a shelf or a person.
const LONGEST: usize = 60;

/// The text names no place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no place: store:NAME, technician:NAME, station:PARTY, transit, customer, supplier, scrap or difference"
)]
pub struct PlaceError(String);

impl Place {
    /// Parts lie there until somebody draws them: a shelf of the store or a station's account.
    pub fn is_shelf(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Station(_))
    }

    /// Somebody drew the parts and has not accounted for them yet.
    pub fn is_custody(&self) -> bool {
        matches!(self, Self::Technician(_) | Self::Transit)
    }

    /// It can be counted, so its balance is never below nothing.
    pub fn is_real(&self) -> bool {
        self.is_shelf() || self.is_custody()
    }

    /// The party that holds what is there, where that is not the owner (BUS-49).
    pub fn holder(&self) -> Option<PartyId> {
        match self {
            Self::Station(party) => Some(*party),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(name) => write!(f, "store:{name}"),
            Self::Station(party) => write!(f, "station:{party}"),
            Self::Technician(name) => write!(f, "technician:{name}"),
            Self::Transit => f.write_str("transit"),
            Self::Customer => f.write_str("customer"),
            Self::Supplier => f.write_str("supplier"),
            Self::Scrap => f.write_str("scrap"),
            Self::Difference => f.write_str("difference"),
        }
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let name = |name: &str| {
            let fits = !name.trim().is_empty() && name.chars().count() <= LONGEST;
            (fits && !name.chars().any(char::is_control)).then(|| name.to_owned())
        };
        let place = match text.split_once(':') {
            Some(("store", rest)) => name(rest).map(Self::Store),
            Some(("technician", rest)) => name(rest).map(Self::Technician),
            Some(("station", rest)) => rest.parse().ok().map(Self::Station),
            Some(_) => None,
            None => match text {
                "transit" => Some(Self::Transit),
                "customer" => Some(Self::Customer),
                "supplier" => Some(Self::Supplier),
                "scrap" => Some(Self::Scrap),
                "difference" => Some(Self::Difference),
                _ => None,
            },
        };
        place.ok_or_else(|| PlaceError(text.to_owned()))
    }
}

impl TryFrom<String> for Place {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, PlaceError> {
        text.parse()
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

/// The condition of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// New or as new: may be issued and sold.
    Good,
    /// Repaired: good for replacing defective parts, never sold and never good stock again (LGT-46, 47).
    AfterSales,
    /// Taken out of a user's product (BUS-32).
    Old,
    /// Thrown away.
    Scrapped,
}

impl Condition {
    /// Every condition.
    pub const EVERY: [Self; 4] = [Self::Good, Self::AfterSales, Self::Old, Self::Scrapped];

    /// May be built into a user's product.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Good | Self::AfterSales)
    }

    /// The word used in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::AfterSales => "after-sales",
            Self::Old => "old",
            Self::Scrapped => "scrapped",
        }
    }
}

/// A place and a condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// In what condition.
    pub condition: Condition,
}

impl Spot {
    /// A place and a condition.
    pub fn new(place: Place, condition: Condition) -> Self {
        Self { place, condition }
    }
}
