//! What a party may use.
