//! Memory for one call. The host gives every call a fresh instance and drops it afterwards, so giving
//! memory back would be work for nothing: the allocator only moves a pointer forward.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32;
use core::cell::Cell;
use core::ptr::null_mut;

const PAGE: usize = 65536;

struct Bump {
    next: Cell<usize>,
    end: Cell<usize>,
}

// An instance has one thread.
unsafe impl Sync for Bump {}

unsafe extern "C" {
    static __heap_base: u8;
}

unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut next = self.next.get();
        if next == 0 {
            next = &raw const __heap_base as usize;
            self.end.set(wasm32::memory_size(0) * PAGE);
        }
        let start = (next + layout.align() - 1) & !(layout.align() - 1);
        let Some(past) = start.checked_add(layout.size()) else { return null_mut() };
        if past > self.end.get() {
            let pages = (past - self.end.get()).div_ceil(PAGE);
            if wasm32::memory_grow(0, pages) == usize::MAX {
                return null_mut();
            }
            self.end.set(self.end.get() + pages * PAGE);
        }
        self.next.set(past);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // The newest block grows where it is: vectors and strings are mostly filled one at a time.
        if old as usize + layout.size() == self.next.get() {
            self.next.set(old as usize);
        }
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !new.is_null() && new != old {
            unsafe { core::ptr::copy_nonoverlapping(old, new, layout.size().min(size)) };
        }
        new
    }
}

#[global_allocator]
static MEMORY: Bump = Bump { next: Cell::new(0), end: Cell::new(0) };
