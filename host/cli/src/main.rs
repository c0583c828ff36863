//! The one binary `sanbao`.

fn main() {}
