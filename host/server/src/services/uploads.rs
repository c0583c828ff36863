//! Uploads: accepted at once, checked by a job, followed by whoever sent them.
