//! The allocator of a program that compiles: when there is no more memory, the child says so before it ends, as
//! an aborted process cannot be told from any other that was.
#![allow(unsafe_code)]

use crate::compile::frame::Answer;
use std::alloc::{GlobalAlloc, Layout};
use std::fs::File;
use std::io::{self, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

/// Where the child answers; empty in every other process.
static OUT: OnceLock<File> = OnceLock::new();
/// Bytes that the child may have more of than when it began, where the allocator itself holds it to them; no limit
/// in every other process.
static MOST: AtomicIsize = AtomicIsize::new(isize::MAX);
/// Bytes that it has more of than when it began.
static USED: AtomicIsize = AtomicIsize::new(0);

/// An allocator that tells the host when the child that compiles has none left. In every other process it is
/// the one that it wraps. It counts what the child has where the system does not limit that: Linux does, macOS
/// takes the limit and heeds it not.
pub struct Memory<A, const COUNTS: bool = { !cfg!(target_os = "linux") }>(pub A);

/// From now on this process is the child; a limit is for allocators that count.
#[cfg(unix)]
pub(super) fn watch(most: Option<usize>) -> io::Result<()> {
    use std::os::fd::AsFd;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let _ = OUT.set(out);
    if let Some(most) = most {
        MOST.store(isize::try_from(most).unwrap_or(isize::MAX), Relaxed);
    }
    Ok(())
}

/// Nothing here asks for memory.
fn told(block: *mut u8) -> *mut u8 {
    if block.is_null() {
        out_of_memory();
    }
    block
}

/// Ends the child; does nothing in every other process.
fn out_of_memory() {
    if let Some(mut out) = OUT.get() {
        let _ = out.write_all(&Answer::OUT_OF_MEMORY);
        std::process::abort();
    }
}

/// Where there is a limit, counts so many bytes more, or less. No block is larger than `isize::MAX`.
fn count<const COUNTS: bool>(bytes: isize) {
    if !COUNTS {
        return;
    }
    let most = MOST.load(Relaxed);
    if most != isize::MAX && USED.fetch_add(bytes, Relaxed).saturating_add(bytes) > most && bytes > 0 {
        out_of_memory();
    }
}

// SAFETY: every call goes to the wrapped allocator as it came, and its answer is returned as it is.
unsafe impl<A: GlobalAlloc, const COUNTS: bool> GlobalAlloc for Memory<A, COUNTS> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count::<COUNTS>(layout.size() as isize);
        // SAFETY: the caller's promises are passed on.
        told(unsafe { self.0.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count::<COUNTS>(layout.size() as isize);
        // SAFETY: as above.
        told(unsafe { self.0.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count::<COUNTS>(size as isize - layout.size() as isize);
        // SAFETY: as above.
        told(unsafe { self.0.realloc(block, layout, size) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count::<COUNTS>(-(layout.size() as isize));
        // SAFETY: as above.
        unsafe { self.0.dealloc(block, layout) }
    }
}
