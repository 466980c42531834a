# What the scripts of tools/ share; sourced, never run.
# Sets: root (the clone), target (where cargo builds; CARGO_TARGET_DIR is respected), cache (what outlives a clone).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$PWD/$target ;; esac
cache=${XDG_CACHE_HOME:-$HOME/.cache}/redress

if [ -t 2 ]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi
say() { printf '\n%s==> %s%s\n' "$bold" "$*" "$plain" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die() { printf '\nerror: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The toolchain that tools/setup.sh found: PATH and, where several are installed, RUSTUP_TOOLCHAIN.
use_toolchain() {
  [ -r "$target/toolchain.env" ] || die "no toolchain is set up yet: run tools/setup.sh run"
  # shellcheck disable=SC1091
  . "$target/toolchain.env"
}

free_port() {
  node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}
