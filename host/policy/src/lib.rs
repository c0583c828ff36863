//! The policy engine: wasmtime, limits, contract bindings per version, registry and receipts.
