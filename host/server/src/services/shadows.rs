//! A candidate beside the version in force.
