//! What a Rust policy author uses.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc as alloc_crate;

#[cfg(target_arch = "wasm32")]
mod alloc;
#[doc(hidden)]
pub mod bindings;

pub use bindings::approval::exports::sanbao::policy::approval;
pub use bindings::coverage::exports::sanbao::policy::coverage;
pub use bindings::policy::exports::sanbao::policy::manifest;
pub use bindings::policy::sanbao::policy::{calendar, log, types};
pub use bindings::service_level::exports::sanbao::policy::service_level;

/// Exports a policy's interfaces from the Wasm module; native builds of the pack have only the Rust functions.
///
/// ```ignore
/// sanbao_kit::export!(Store: manifest, coverage, approval, service_level);
/// ```
#[macro_export]
macro_rules! export {
    ($pack:ident: $($interface:ident),+ $(,)?) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = { $($crate::export!(@one $interface $pack);)+ };
    };
    (@one manifest $pack:ident) => { $crate::bindings::policy::export_manifest!($pack with_types_in $crate::bindings::policy); };
    (@one coverage $pack:ident) => { $crate::bindings::coverage::export_coverage!($pack with_types_in $crate::bindings::coverage); };
    (@one approval $pack:ident) => { $crate::bindings::approval::export_approval!($pack with_types_in $crate::bindings::approval); };
    (@one service_level $pack:ident) => { $crate::bindings::service_level::export_service_level!($pack with_types_in $crate::bindings::service_level); };
}

#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
