//! Public keys that hosts sign receipts with; never removed.

use crate::statements::statements;

statements! {}
