//! The allocator of a program that compiles: when there is no more memory, the child says so before it ends, as
//! an aborted process cannot be told from any other that was.
#![allow(unsafe_code)]

use crate::compile::frame::Answer;
use std::alloc::{GlobalAlloc, Layout};
use std::fs::File;
use std::io::{self, Write};
use std::sync::OnceLock;

/// Where the child answers; empty in every other process.
static OUT: OnceLock<File> = OnceLock::new();

/// An allocator that tells the host when the child that compiles has none left. In every other process it is
/// the one that it wraps.
pub struct Memory<A>(pub A);

/// From now on this process is the child.
#[cfg(unix)]
pub(super) fn watch() -> io::Result<()> {
    use std::os::fd::AsFd;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let _ = OUT.set(out);
    Ok(())
}

/// Nothing here asks for memory.
fn told(block: *mut u8) -> *mut u8 {
    if block.is_null()
        && let Some(mut out) = OUT.get()
    {
        let _ = out.write_all(&Answer::OUT_OF_MEMORY);
        std::process::abort();
    }
    block
}

// SAFETY: every call goes to the wrapped allocator as it came, and its answer is returned as it is.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Memory<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        told(unsafe { self.0.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        told(unsafe { self.0.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        told(unsafe { self.0.realloc(block, layout, size) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { self.0.dealloc(block, layout) }
    }
}
