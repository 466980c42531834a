#!/usr/bin/env bash
# What needs no test run: formatting, lints for server and client, dependencies and licences, types of the browser tests.
#
#   tools/check.sh                 all of them
#   tools/check.sh fmt|client|server|deps|types
#
# Clippy runs with the profiles of the optimised builds, so that build scripts and macros are compiled once for both.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
use_toolchain
export CARGO_TARGET_DIR=$target

fmt() { say "formatting"; cargo fmt --all -- --check; }

client() {
  say "lints: client"
  cargo clippy --locked -p frontend --profile wasm-release --target wasm32-unknown-unknown -- -D warnings
}

server() {
  say "lints: server, carriers, sms, documents, pages and domain"
  cargo clippy --locked --release --all-targets -p server -p carriers -p sms -p documents -p app -p domain -p texts -- -D warnings
  say "lints: tools"
  cargo clippy --locked --release --all-targets -p assets -- -D warnings
}

deps() {
  say "dependencies: bans, licences, sources"
  local deny=$cache/tools/bin/cargo-deny
  "$deny" --log-level error --all-features check --hide-inclusion-graph bans licenses sources
  say "dependencies: advisories"
  if timeout 120 "$deny" --log-level error fetch db >/dev/null 2>&1; then
    "$deny" --log-level error --all-features check --disable-fetch advisories
  else
    note "NOT CHECKED: the advisory database (github.com/rustsec/advisory-db) cannot be reached from here"
  fi
}

types() {
  say "types of the browser tests"
  (cd end2end && npx --no-install tsc --noEmit)
}

case ${1-} in
  fmt | client | server | deps | types) "$1" ;;
  '') fmt; client; server; deps; types ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
