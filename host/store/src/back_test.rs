//! Back-tests: jobs, how far they came, what they found.

use crate::statements::statements;

statements! {}
