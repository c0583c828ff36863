//! Checks what was uploaded, one at a time.
