//! The HTTP host: routes that mirror the URL tree, services and workers.
