//! A verdict on edited facts or another date; nothing is stored.
