//! Components by their digest, in object storage.
