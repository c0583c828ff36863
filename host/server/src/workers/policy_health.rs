//! Watches how versions fare.
