//! Keys that parties sign their uploads with.

use crate::statements::statements;

statements! {}
