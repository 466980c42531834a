#!/usr/bin/env bash
# Measures the optimised server (dist/) on generated databases and prints one table; docs/bench.md says how to read it.
#
#   make bench                                            10,000 and 100,000 cases on SQLite and on PostgreSQL
#   make bench SIZES="10000 100000 1000000"               a million as well: some minutes and gigabytes more to make it
#   make bench SIZES=10000 DATABASES=sqlite               one of them
#
# The table goes to standard output, what happens meanwhile to standard error. The generated databases stay in
# ~/.cache/redress/bench, so that the next run begins at once; `rm -r` takes them away.
#
#   BENCH_DIR      where the copies lie that are written to (default /var/tmp); it must be on a disk that syncs
#   BENCH_DIST     folder of the binary and the site (default dist/)
#   BENCH_SECONDS  how long each load lasts (default 3)
#   BENCH_OUT      folder for the figures as JSON
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
cd "$root"

sizes=${SIZES:-10000 100000} databases=${DATABASES:-sqlite postgres}
dist=$(realpath "${BENCH_DIST:-$root/dist}")
[ -x "$dist/redress" ] || die "nothing is built yet: make build"
for command in wrk sqlite3 node; do have $command || die "$command is missing: run tools/setup.sh bench"; done
[ -d end2end/node_modules/playwright-core ] || die "playwright-core is missing: run tools/setup.sh bench"
for size in $sizes; do
  case $size in '' | *[!0-9]*) die "SIZES holds whole numbers, not $size" ;; esac
  [ "$size" -ge 10000 ] || die "fewer than 10,000 cases have no deep pages"
done
for database in $databases; do
  case $database in sqlite | postgres) ;; *) die "DATABASES are sqlite and postgres, not $database" ;; esac
done

runs=$(mktemp -d "${BENCH_DIR:-/var/tmp}/redress-bench.XXXXXX")
# PostgreSQL's user has to get through to its own folder in it.
chmod 711 "$runs"
. tools/bench/databases.sh

# Beside the shell, so that a signal does not wait for it; it ends its server itself.
measuring=
measure() {
  node "$@" &
  measuring=$!
  wait "$measuring"
  measuring=
}

finish() {
  if [ -n "$measuring" ]; then
    kill "$measuring" 2>/dev/null || true
    wait "$measuring" 2>/dev/null || true
  fi
  postgres_stop
  rm -rf "$runs"
}
trap finish EXIT
trap 'exit 130' INT TERM

case $(stat -f -c %T "$runs") in
  tmpfs | ramfs) die "$runs lies in memory, where a commit costs nothing: set BENCH_DIR to a folder on a disk" ;;
esac
case " $databases " in
  *' postgres '*)
    postgres_bin=$(tools/postgres.sh where)
    [ -n "$postgres_bin" ] || die "PostgreSQL is missing: run tools/setup.sh bench"
    PATH=$PATH:$postgres_bin
    ;;
esac

out=${BENCH_OUT:-$runs/figures}
mkdir -p "$out" "$kept"
picture=$cache/bench/picture.jpg
node tools/bench/picture.mjs "$picture"

for size in $sizes; do
  for database in $databases; do
    generate "$database" "$size"
  done
done

measured=()
for size in $sizes; do
  for database in $databases; do
    copy "$database" "$size"
    say "$database, $size cases (load average $(cut -d ' ' -f 1-3 /proc/loadavg))"
    measure tools/bench/run.mjs --dist "$dist" --data "$work_dir/files" ${postgres_url:+--url "$postgres_url" --pgbench "$postgres_bin/pgbench"} \
      --cases "$size" --database "$database" --picture "$picture" --out "$out/$database-$size.json"
    measured+=("$out/$database-$size.json")
    drop_copy
  done
done

say "the pages in Chromium"
copy "${databases%% *}" "${sizes%% *}"
measure tools/bench/pages.mjs --dist "$dist" --data "$work_dir/files" ${postgres_url:+--url "$postgres_url"} --out "$out/pages.json"
drop_copy

node tools/bench/table.mjs "$out/pages.json" "${measured[@]}"
