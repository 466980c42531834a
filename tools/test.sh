#!/usr/bin/env bash
# Every check and every test: set-up, formatting, lints, dependencies, cargo's tests on SQLite and on a PostgreSQL that is
# started here, with an S3 server that they start themselves, and the browser tests against the optimised build. All of them run, whatever fails; nothing is skipped
# silently. The last line sums up cargo's and Playwright's counts; a check that fails counts as one failure.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

tools/setup.sh test
use_toolchain
export CARGO_TARGET_DIR=$target

work=$(mktemp -d)
# PostgreSQL's user has to get through to its own folder in it.
chmod 711 "$work"
passed=0 failed=0 summary=()

finish() {
  if [ -d "$work/postgres/data" ]; then tools/postgres.sh stop "$work/postgres" || true; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# check NAME COMMAND…: something that either holds or does not.
check() {
  local name=$1 begun=$SECONDS; shift
  if "$@"; then
    summary+=("ok      $name ($((SECONDS - begun)) s)")
  else
    summary+=("FAILED  $name ($((SECONDS - begun)) s)")
    failed=$((failed + 1))
  fi
}

# sum TEXT-FILE PATTERN: adds up the numbers that stand before a word.
sum() { { grep -oE "$2" "$1" || true; } | { grep -oE '[0-9]+' || true; } | awk '{ n += $1 } END { print n + 0 }'; }

# count NAME RC PASSED FAILED NOT-RUN SECONDS
count() {
  local name=$1 rc=$2 p=$3 f=$4 skipped=$5
  # A runner that broke off (a test that does not compile, a killed process) has failed even if no test of it has.
  if [ "$rc" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  passed=$((passed + p)) failed=$((failed + f))
  summary+=("$([ "$f" = 0 ] && echo 'ok     ' || echo 'FAILED ') $name: $p passed, $f failed, $skipped marked to be skipped ($6 s)")
}

cargo_tests() {
  local name=$1 log=$work/$1.log rc=0 begun=$SECONDS; shift
  say "cargo test: $name"
  cargo test --locked --release --no-fail-fast "$@" 2>&1 | tee "$log" || rc=$?
  # Only the lines that each test program ends with.
  grep '^test result:' "$log" >"$log.results" || true
  count "cargo test, $name" $rc "$(sum "$log.results" '[0-9]+ passed')" "$(sum "$log.results" '[0-9]+ failed')" \
    "$(sum "$log.results" '[0-9]+ ignored')" $((SECONDS - begun))
  { grep -E '^test .* \.\.\. ignored' "$log" || true; } >>"$work/skipped"
}

browser_tests() {
  local log=$work/browser.log rc=0 begun=$SECONDS
  say "browser tests"
  if [ "$built" != yes ]; then
    note "NOT RUN: the optimised build failed"
    count "Playwright" 1 0 1 0 0
    return
  fi
  (cd end2end && npx --no-install playwright test) 2>&1 | tee "$log" || rc=$?
  # Playwright's own summary: lines that begin with a number and one of its words.
  grep -E '^ +[0-9]+ (passed|failed|flaky|skipped|did not run|interrupted)\b' "$log" >"$log.results" || true
  count "Playwright" $rc "$(sum "$log.results" '[0-9]+ passed')" \
    "$(sum "$log.results" '[0-9]+ (failed|flaky|did not run|interrupted)')" "$(sum "$log.results" '[0-9]+ skipped')" $((SECONDS - begun))
  { grep -E '^ +- +[0-9]+ ' "$log" || true; } >>"$work/skipped"
}

check "formatting" tools/check.sh fmt
check "dependencies" tools/check.sh deps
check "types of the browser tests" tools/check.sh types
check "lints of the client" tools/check.sh client
check "lints of the server" tools/check.sh server

# The product first: the tests then find its dependencies compiled.
built=no
if tools/build.sh; then
  built=yes
  summary+=("ok      optimised build ($SECONDS s since the start)")
else
  summary+=("FAILED  optimised build")
  failed=$((failed + 1))
fi

say "PostgreSQL"
TEST_DATABASE_URL=$(tools/postgres.sh start "$work/postgres")
export TEST_DATABASE_URL
note "$TEST_DATABASE_URL"
export TEST_S3_SERVER=$cache/tools/bin/s3s-fs

# Together, so that `app` is compiled with the server's features; `texts` and `assets` apart, as their tests' own
# dependencies would have the server's compiled once more.
cargo_tests "server, carriers, sms, documents, pages, domain" -p server -p carriers -p sms -p documents -p app -p domain
cargo_tests "texts" -p texts
cargo_tests "assets" -p assets
browser_tests

say "summary ($((SECONDS / 60)) min $((SECONDS % 60)) s)"
if [ -s "$work/skipped" ]; then
  echo "skipped on purpose by the tests themselves:"
  cat "$work/skipped"
fi
printf '%s\n' "${summary[@]}"
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
