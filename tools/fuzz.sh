#!/usr/bin/env bash
# Throws generated input at what strangers can send: form answers and files. Not part of `make test`, whose property tests
# run on the same code; this searches on by what code the input reaches.
#
#   tools/fuzz.sh [SECONDS] [TARGETS]     each target so long (default 60); what breaks one is kept in fuzz/artifacts/
#
# Needs a C++ compiler (libFuzzer is C++) and compiles everything anew with coverage: a minute for `answers`, much more for `upload`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root/fuzz"
use_toolchain
have c++ || die "a C++ compiler is missing (Debian: g++)"

seconds=${1:-60}
export CARGO_TARGET_DIR=$cache/fuzz
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cdebug-assertions"
triple=$(rustc -vV | sed -n 's/^host: //p')
targets=${2:-answers upload}
features=
case $targets in *upload*) features=upload ;; esac
cargo build --release --target "$triple" --features "$features"

for target in $targets; do
  mkdir -p "$cache/corpus/$target" "artifacts/$target"
  seeds=()
  [ "$target" = upload ] && seeds=("$root/server/tests/fixtures")
  say "$target, $seconds s"
  "$CARGO_TARGET_DIR/$triple/release/$target" -max_total_time="$seconds" -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="artifacts/$target/" "$cache/corpus/$target" "${seeds[@]}"
done
