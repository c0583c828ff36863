//! How policy versions fare: calls, failures, fuel and time.

use crate::statements::statements;

statements! {}
