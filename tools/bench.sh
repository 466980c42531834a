#!/usr/bin/env bash
# Measures the optimised server on generated databases and prints one table.
#
#   tools/bench.sh                       10,000, 100,000 and 1,000,000 cases on SQLite and PostgreSQL (an hour or more)
#   BENCH_SIZES=100000 tools/bench.sh    only that size
#   BENCH_DATABASES=sqlite tools/bench.sh
#
# The load is wrk's (Debian's package), over loopback, from the same machine: the figures include its share of the cores.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
have wrk || die "wrk is missing: apt-get install wrk"
[ -x dist/redress ] || die "nothing is built yet: make build"
exec node tools/bench/run.mjs
