#!/usr/bin/env bash
# Builds Redress into dist/: the binary `redress` and beside it the site that it serves.
#
#   tools/build.sh          optimised, as a shop runs it
#   tools/build.sh --dev    quick, for a developer: debug builds, no wasm-opt, nothing precompressed
#
# It builds where cargo builds (CARGO_TARGET_DIR, or target/) and does again only what has changed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
use_toolchain

case ${1-} in
  '') profile=release client=wasm-release dev='' ;;
  --dev) profile=dev client=dev dev=--dev ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
cargo() { command cargo "$@" --locked --target-dir "$target"; }

say "client (WebAssembly)"
cargo build -p frontend --profile $client --target wasm32-unknown-unknown
say "site"
# Always optimised: it compresses.
cargo build -p assets --release
"$target/release/assets" $dev --target-dir "$target"
say "server"
cargo build -p server --profile $profile

mkdir -p dist
folder=${profile/#dev/debug}
# Put in place by renaming, since a running server holds its own file.
if ! cmp -s "$target/$folder/redress" dist/redress; then
  cp "$target/$folder/redress" dist/redress.next
  mv dist/redress.next dist/redress
fi
if ! diff -rq "$target/site" dist/site >/dev/null 2>&1; then
  rm -rf dist/site.next
  cp -R "$target/site" dist/site.next
  rm -rf dist/site
  mv dist/site.next dist/site
fi
note "built: dist/redress, dist/site"
