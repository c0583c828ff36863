//! Loads what comes into force before the first claim needs it, on every host.
