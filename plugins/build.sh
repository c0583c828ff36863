#!/bin/sh
# Builds every policy pack to a core module in target/wasm32-unknown-unknown/release/*.wasm (the host, or
# `sanbao policy wrap`, makes components of them). Uses the toolchain's own Wasm target where there is one,
# or can be had; else Debian's Rust with the standard library's sources. A second run builds only changes.
# SANBAO_WASM_RUST=rustup or =debian takes that way only.
set -eu
cd "$(dirname "$0")"

target=wasm32-unknown-unknown
way=${SANBAO_WASM_RUST:-any}
say() { printf 'policy packs: %s\n' "$*" >&2; }
fail() { say "cannot build them: $1"; shift; for line; do printf '  %s\n' "$line" >&2; done; exit 1; }

# A policy keeps nothing between calls and recurses little: a small stack makes an instance cheaper.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS # They would hide the flags below.
flags='-Clink-arg=-zstack-size=65536 -Clink-arg=--stack-first'

has_rustup_target() {
    command -v rustup >/dev/null 2>&1 || return 1
    rustup target list --installed 2>/dev/null | grep -qx "$target" && return
    say "asking rustup for the target $target"
    rustup target add "$target" >/dev/null 2>&1
}

build_with_rustup() {
    say "building with $(rustc --version)"
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags cargo build --locked --release --target "$target" "$@"
}

# wasm-ld-22, wasm-ld-21, … or plain wasm-ld: the newest that is there.
debian_linker() {
    for v in -23 -22 -21 -20 -19 ''; do
        if command -v "wasm-ld$v" >/dev/null 2>&1; then echo "wasm-ld$v"; return; fi
    done
    return 1
}

has_debian() {
    [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && debian_linker >/dev/null \
        && [ -f "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}

install_debian() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then as_root=; elif command -v sudo >/dev/null 2>&1; then as_root=sudo; else return 1; fi
    say "installing rustc-web, cargo-web, rust-web-src and lld-22 (once)"
    $as_root apt-get update -q && $as_root apt-get install -y -q rustc-web cargo-web rust-web-src lld-22
}

build_with_debian() {
    say "building with Debian's $(/usr/bin/rustc --version) (the first run also builds the standard library: about a minute)"
    PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(debian_linker) \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags \
        /usr/bin/cargo build --locked --release --target "$target" -Zbuild-std=std,panic_abort "$@"
}

if [ "$way" != debian ] && has_rustup_target; then
    build_with_rustup "$@"
elif [ "$way" != rustup ] && { has_debian || { install_debian && has_debian; }; }; then
    build_with_debian "$@"
else
    fail "no Rust for the target $target" \
        "with rustup:       rustup target add $target" \
        "on Debian/Ubuntu:  apt-get install rustc-web cargo-web rust-web-src lld-22"
fi

out=${CARGO_TARGET_DIR:-target}/$target/release
for module in "$out"/*.wasm; do
    [ -f "$module" ] || fail "the build left no module in $out"
    say "$(wc -c <"$module" | tr -d ' ') bytes  $module"
done
