#!/bin/sh
# Finds what the build needs, or installs it where that can be done without asking: with apt-get as root or
# through sudo. Elsewhere it says what to install. The Wasm target is plugins/build.sh's own business.
# With the argument `test`: PostgreSQL too, whose binaries the tests start a cluster of their own from,
# Chromium, which looks at the customer's page, and an OCI registry and an S3 server, which tests start their own of.
set -eu
cd "$(dirname "$0")/../../.."

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() { say "$1"; shift; for line; do printf '  %s\n' "$line" >&2; done; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# install PACKAGE FOR-WHAT OTHERWISE...
install() {
    package=$1 what=$2; shift 2
    have apt-get || fail "$what is missing" "$@"
    if [ "$(id -u)" = 0 ]; then as_root=; elif have sudo; then as_root=sudo; else
        fail "$what is missing, and installing it needs root" "apt-get install $package" "$@"
    fi
    say "installing $package ($what; once)"
    $as_root apt-get update -q >&2
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >&2
}

have cargo || fail 'Rust is missing' 'install it with rustup: https://rustup.rs'
if ! { cargo --version && cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    have rustup || fail 'cargo, rustfmt and clippy 1.95 are needed' 'install them with rustup: https://rustup.rs'
    say 'asking rustup for the toolchain that rust-toolchain.toml names'
    rustup toolchain install >&2
fi

# SQLite and the engine have parts in C.
have cc || have gcc || have clang || install build-essential 'a C compiler' \
    'macOS: xcode-select --install' 'others: install gcc or clang'

has_postgres() {
    have initdb && return
    have pg_config && [ -x "$(pg_config --bindir)/initdb" ] && return
    for initdb in /usr/lib/postgresql/*/bin/initdb; do [ -x "$initdb" ] && return; done
    return 1
}

if [ "${1:-}" = test ]; then
    have docker-registry || have registry || install docker-registry 'an OCI registry, which policies are exchanged with in a test' \
        'others: put the program docker-registry or registry of the CNCF Distribution project on the PATH'
    # Small, and unlike those that are packaged it checks signatures; the first time takes a minute or two.
    tools=${CARGO_TARGET_DIR:-target}/tools
    have s3s-fs || [ -x "$tools/bin/s3s-fs" ] || {
        say 'building s3s-fs (an S3 server, which components are kept in by a test; once)'
        env -u CARGO_TARGET_DIR cargo install s3s-fs --version 0.14.1 --locked --debug --features binary \
            --root "$tools" >&2
    }
    has_postgres || install postgresql 'PostgreSQL, which every storage test runs on' \
        'macOS: brew install postgresql' 'Fedora: dnf install postgresql-server'
    has_postgres || fail 'PostgreSQL is installed, but its initdb is not found' 'put it on the PATH'
    have chromium || have chromium-browser || have google-chrome || have google-chrome-stable ||
        install chromium 'Chromium, which shows the customer page in a test' \
            'macOS: brew install chromium and put it on the PATH' 'Fedora: dnf install chromium'
fi
