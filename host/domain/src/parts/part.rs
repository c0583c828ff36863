//! The catalogue: which parts there are.

use crate::ids::PartyId;
use crate::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// A kind of spare part that a party keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Whose ledger it is in.
    pub owner: PartyId,
    /// Part number, unique for the owner; see [`is_part_number`].
    pub number: String,
    /// Kind in the maker's words: "electronic", "light-bar". Retention goes by it (LGT-43, 44).
    pub kind: String,
    /// Clear specification (BUS-44).
    pub title: String,
    /// Category of the product that it belongs to, in the maker's words: how long it is kept may depend on it.
    pub category: Option<String>,
    /// Model of the product that it belongs to.
    pub model: Option<String>,
    /// Whose part it is, where that is another party; it sees how much is in stock (LGT-44).
    pub brand: Option<PartyId>,
    /// Last day on which the model was made; absent while it is (LGT-43).
    pub discontinued_on: Option<Date>,
    /// When it was listed.
    pub created_at: Timestamp,
}

/// Whether a text may be a part number: 1 to 60 letters, digits, `.`, `_` and `-`, one digit at least, so
/// that no number reads like a word of an address.
pub fn is_part_number(text: &str) -> bool {
    (1..=60).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
        && text.chars().any(|c| c.is_ascii_digit())
}
