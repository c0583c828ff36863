//! Policies pushed to and pulled from OCI registries.
