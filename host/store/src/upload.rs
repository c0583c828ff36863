//! Uploads of policies: jobs with a lease, and what became of them.

use crate::statements::statements;

statements! {}
