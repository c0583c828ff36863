//! What a party may use.

use crate::statements::statements;

statements! {}
