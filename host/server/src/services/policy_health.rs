//! How versions fare, and the return to the one before.
