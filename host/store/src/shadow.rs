//! Shadow runs and where they diverged.

use crate::statements::statements;

statements! {}
