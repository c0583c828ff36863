//! Whose signature an upload must bear.
