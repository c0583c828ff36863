//! Recorded decisions in the order of their ids, for replay: read in pages, narrow columns.

use crate::statements::statements;

statements! {}
