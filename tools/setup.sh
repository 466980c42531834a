#!/usr/bin/env bash
# Installs what Redress is built, run and tested with. Each step is done only when it is needed and says what it does.
#
#   tools/setup.sh run     Rust with wasm32-unknown-unknown, Node.js, binaryen and esbuild (npm)
#   tools/setup.sh test    the same, and Chromium, PostgreSQL, Playwright (npm), cargo-deny, s3s-fs (an S3 server)
#   tools/setup.sh bench   the first, and Chromium, PostgreSQL, Playwright (npm), wrk, sqlite3
#
# It knows Debian and Ubuntu (apt, as root or through sudo). On another system it uses what it finds, and ends with
# the list of what to install. What it found is written to target/toolchain.env, which the other scripts read.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rust_minimum=1.95
node_minimum=18
deny_version=0.20.2
s3_version=0.14.1
wasm=wasm32-unknown-unknown
missing=()

# --- the system's packages ---------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  have sudo || die "this needs root, and there is no sudo: run as root: $*"
  sudo "$@"
}

apt_updated=
apt_update() {
  [ -z "$apt_updated" ] || return 0
  note "apt-get update"
  as_root apt-get update -qq || note "apt-get update failed; going on with the package lists of last time"
  apt_updated=1
}

apt_install() {
  apt_update
  note "apt-get install $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  hash -r
}

# need COMMAND WHAT-IT-IS PACKAGE…: installs the packages when the command is absent.
need() {
  local command=$1 what=$2; shift 2
  have "$command" && return
  say "$what is missing"
  if have apt-get && apt_install "$@" && have "$command"; then return; fi
  missing+=("$what (command: $command; Debian's packages: $*)")
}

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# --- Rust --------------------------------------------------------------------------------------------------------

# version [TOOLCHAIN]: "1.96.0", or nothing where there is none.
version() { RUSTUP_TOOLCHAIN=${1-${RUSTUP_TOOLCHAIN-}} rustc_ -V 2>/dev/null | cut -d' ' -f2; }
rustc_() { if [ -n "${RUSTUP_TOOLCHAIN-}" ]; then rustc "$@"; else env -u RUSTUP_TOOLCHAIN rustc "$@"; fi; }

recent() { local v; v=$(version "$@") && [ -n "$v" ] && at_least "$v" "$rust_minimum"; }

# Compiles and links three lines, which shows that the standard library is there and of this very compiler.
makes_wasm() (
  export RUSTUP_TOOLCHAIN=${1-}
  probe=$(mktemp -d) && trap 'rm -rf "$probe"' EXIT
  echo '#[unsafe(no_mangle)] pub extern "C" fn probe(n: usize) -> usize { format!("{n}").len() }' >"$probe/probe.rs"
  rustc_ --edition 2024 --crate-type cdylib --target $wasm -o "$probe/probe.wasm" "$probe/probe.rs" 2>/dev/null
)

lints() { (export RUSTUP_TOOLCHAIN=${1-}; [ -n "$RUSTUP_TOOLCHAIN" ] || unset RUSTUP_TOOLCHAIN; cargo clippy -V && cargo fmt --version) >/dev/null 2>&1; }

complete() { recent "$1" && makes_wasm "$1" && lints "$1"; }

recorded_toolchain_is_good() {
  [ -r "$target/toolchain.env" ] || return 1
  (
    asked=${RUSTUP_TOOLCHAIN-}
    . "$target/toolchain.env"
    [ -z "$asked" ] || [ "$asked" = "${RUSTUP_TOOLCHAIN-}" ] || exit 1
    [ "$(rustc -V 2>/dev/null)" = "$redress_rustc" ] && [ -d "$redress_wasm_std" ]
  )
}

# record TOOLCHAIN: what the other scripts have to know; an empty name is "whatever cargo is on the PATH".
record() {
  mkdir -p "$target"
  local sysroot
  sysroot=$(RUSTUP_TOOLCHAIN=$1 rustc_ --print sysroot)
  {
    echo "# Written by tools/setup.sh."
    if [ -n "$1" ]; then printf 'export RUSTUP_TOOLCHAIN=%q\n' "$1"; fi
    printf 'case ":$PATH:" in *:%q:*) ;; *) export PATH=%q:$PATH ;; esac\n' "$(dirname "$(command -v cargo)")" "$(dirname "$(command -v cargo)")"
    printf 'redress_rustc=%q\n' "$(RUSTUP_TOOLCHAIN=$1 rustc_ -V)"
    printf 'redress_wasm_std=%q\n' "$sysroot/lib/rustlib/$wasm/lib"
  } >"$target/toolchain.env"
  note "Rust: $(RUSTUP_TOOLCHAIN=$1 rustc_ -V)${1:+ (rustup toolchain $1)}"
}

rustup_toolchain() {
  have rustup || return 1
  # One that is complete already needs no network.
  local name
  for name in ${RUSTUP_TOOLCHAIN:+"$RUSTUP_TOOLCHAIN"} stable debian; do
    rustup run "$name" rustc -V >/dev/null 2>&1 && complete "$name" && { record "$name"; return; }
  done
  if ! recent stable; then
    note "rustup toolchain install stable (Rust $rust_minimum or later is needed)"
    timeout 900 rustup toolchain install stable --profile minimal >&2 || true
  fi
  recent stable || return 1
  note "rustup target add $wasm, components clippy and rustfmt"
  timeout 300 rustup target add $wasm --toolchain stable >&2 || return 1
  lints stable || timeout 300 rustup component add clippy rustfmt --toolchain stable >&2 || return 1
  complete stable && record stable
}

# Debian's own Rust (the one it builds Firefox with) has no standard library for wasm32, but its source.
debian_toolchain() {
  have apt-get || return 1
  apt_update
  local offered
  offered=$(apt-cache policy rustc-web 2>/dev/null | sed -n 's/ *Candidate: //p')
  at_least "${offered:-0}" "$rust_minimum" || return 1
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web || return 1
  # /usr/bin/rust-lld leads to a linker of a package that nothing depends on.
  local linker
  linker=$(readlink /usr/bin/rust-lld) && { [ -e /usr/bin/rust-lld ] || apt_install "$linker"; } || return 1
  local name=
  if have rustup; then
    name=debian
    rustup toolchain link debian /usr
  fi
  makes_wasm "$name" || build_wasm_std "$name"
  complete "$name" && record "$name"
}

build_wasm_std() (
  note "building the standard library for $wasm from Debian's rust-web-src (half a minute)"
  export RUSTUP_TOOLCHAIN=$1
  [ -n "$1" ] || unset RUSTUP_TOOLCHAIN
  unset CARGO_TARGET_DIR CARGO_BUILD_TARGET
  place=$(rustc --print sysroot)/lib/rustlib/$wasm/lib
  work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
  cd "$work"
  cargo init --quiet --vcs none --lib --name empty
  # Bitcode beside the machine code, so that the client's link-time optimisation reaches into it.
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    cargo build --quiet --release --target $wasm -Zbuild-std=std,panic_abort
  as_root mkdir -p "$place"
  as_root find "$place" -name '*.rlib' -delete
  find target/$wasm/release/deps -name '*.rlib' ! -name 'libempty-*' -print0 | as_root xargs -0 cp -t "$place"
)

rust() {
  recorded_toolchain_is_good && return
  say "Rust $rust_minimum or later with $wasm"
  # A fresh rustup is found even if the shell has not been opened anew.
  if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then PATH=$HOME/.cargo/bin:$PATH; fi
  rustup_toolchain && return
  # A system's own Rust (Arch, Fedora, NixOS) may be whole.
  if ! have rustup && have cargo && complete ""; then record ""; return; fi
  if have rustup; then note "rustup could not give one; trying Debian's packages"; fi
  debian_toolchain && return
  missing+=("Rust $rust_minimum or later with the target $wasm, clippy and rustfmt: see https://rustup.rs, then: rustup target add $wasm")
}

# --- Node.js and what npm brings ---------------------------------------------------------------------------------

node_js() {
  need node "Node.js $node_minimum or later" nodejs npm
  need npm npm npm
  have node || return 0
  local v
  v=$(node -p process.versions.node)
  at_least "$v" "$node_minimum" || missing+=("Node.js $node_minimum or later (found $v)")
}

# npm_packages FOLDER: exactly what its package-lock.json names, again only when that file has changed.
npm_packages() {
  have npm || return 0
  local lock mark=$root/$1/node_modules/.redress-lock
  lock=$(sha256sum "$root/$1/package-lock.json" "$root/$1/package.json" | sha256sum)
  [ "$(cat "$mark" 2>/dev/null)" = "$lock" ] && return
  say "npm ci in $1"
  (cd "$root/$1" && npm ci --no-fund --no-audit --loglevel=error >&2)
  echo "$lock" >"$mark"
}

# --- for the tests -----------------------------------------------------------------------------------------------

chromium() {
  local name
  for name in chromium google-chrome chromium-browser; do
    have $name && ! grep -q snap "$(command -v $name)" 2>/dev/null && return
  done
  say "Chromium is missing"
  # Ubuntu's package is only a door to the snap store, which containers do not have.
  if have apt-get && [ "$(. /etc/os-release && echo "$ID")" = debian ]; then
    apt_install chromium fonts-liberation && have chromium && return
  elif (cd "$root/end2end" && npx playwright install chromium --with-deps >&2); then
    return
  fi
  missing+=("Chromium or Google Chrome, as the command chromium or google-chrome")
}

postgresql() {
  [ -n "$("$root/tools/postgres.sh" where)" ] && return
  say "PostgreSQL is missing"
  if have apt-get && apt_install postgresql && [ -n "$("$root/tools/postgres.sh" where)" ]; then return; fi
  missing+=("PostgreSQL 15 or later (its server programs initdb and pg_ctl on the PATH)")
}

# cargo_tool COMMAND VERSION [ARGUMENT…]: a Rust program that is only run, never depended on: its dependencies stay out of
# Cargo.lock, and their features out of ours.
cargo_tool() {
  local name=$1 version=$2; shift 2
  [ -x "$cache/tools/bin/$name" ] && [ "$("$cache/tools/bin/$name" --version)" = "$name $version" ] && return
  say "$name $version is missing: building it into $cache/tools (two minutes, once)"
  (
    use_toolchain
    # Its own target folder: nothing of it is of use to Redress, and it goes when the build is over.
    work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
    CARGO_TARGET_DIR=$work CARGO_PROFILE_DEV_DEBUG=false CARGO_PROFILE_DEV_STRIP=true \
      cargo install --quiet --locked --debug --force --root "$cache/tools" "$@" "$name@$version"
  )
}

# -----------------------------------------------------------------------------------------------------------------

case ${1-} in
  run | test | bench) part=$1 ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

need cc "a C compiler" gcc libc6-dev
rust
node_js
npm_packages tools
if [ "$part" != run ]; then
  npm_packages end2end
  chromium
  postgresql
  need sqlite3 "SQLite's shell" sqlite3
  need faketime "faketime, which moves a server's clock" faketime
fi
if [ "$part" = bench ]; then need wrk "wrk, which makes the load" wrk; fi
if [ ${#missing[@]} -gt 0 ]; then
  printf '\nerror: please install, then run this again:\n' >&2
  printf '  - %s\n' "${missing[@]}" >&2
  exit 1
fi
if [ "$part" = test ]; then
  cargo_tool cargo-deny "$deny_version"
  # The tests of pictures in a bucket speak to it.
  cargo_tool s3s-fs "$s3_version" --features binary
fi
