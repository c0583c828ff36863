//! Native code into memory. The only place that trusts bytes to be what our own compiler wrote.
#![allow(unsafe_code)]

use super::error::CompileError;
use crate::engine::Engine;
use std::fs::File;
use std::io;
use wasmtime::component::Component;

/// Code that the compiler has just handed over.
pub(super) fn from_bytes(engine: &Engine, code: &[u8]) -> Result<Component, CompileError> {
    // SAFETY: callers pass what a compiler of this host answered, from its own process or from the pipe of a
    // child that it started itself and that named the same engine.
    unsafe { Component::deserialize(engine.wasmtime(), code) }.map_err(failed)
}

/// Code in a file whose seal was checked, or that this host has just written; it is mapped, not read.
///
/// `file` must lie in a folder that nobody but the host's own user can write to, and nobody writes to it again.
#[cfg(unix)]
pub(super) fn from_file(engine: &Engine, file: &File) -> Result<Component, CompileError> {
    use std::os::fd::AsRawFd;
    // The very file that was checked, whatever its name means by now.
    let path = format!("/dev/fd/{}", file.as_raw_fd());
    // SAFETY: the cache seals what its own compiler wrote, under a key that only this user can read, and checks
    // the seal through the same descriptor. Files there are written once, then renamed or removed, never
    // changed: what is mapped stays what it was.
    unsafe { Component::deserialize_file(engine.wasmtime(), path) }.map_err(failed)
}

/// As on Unix, but read into memory: there is no second name for an open file.
#[cfg(not(unix))]
pub(super) fn from_file(engine: &Engine, mut file: &File) -> Result<Component, CompileError> {
    use io::{Read, Seek};
    let mut code = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut code));
    read.map_err(|error| CompileError::Load(error.to_string()))?;
    from_bytes(engine, &code)
}

fn failed(error: wasmtime::Error) -> CompileError {
    let text = format!("{error:#}");
    if error.is::<io::Error>() || error.is::<rustix::io::Errno>() {
        CompileError::Load(text)
    } else {
        CompileError::Refused(text)
    }
}
