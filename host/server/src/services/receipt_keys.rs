//! The keys that receipts are signed with.
