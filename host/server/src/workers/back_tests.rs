//! Runs back-tests, in the time that live calls leave.
