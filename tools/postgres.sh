#!/usr/bin/env bash
# A PostgreSQL for tests and measurements, in a folder of its own, on a free port of 127.0.0.1.
#
#   tools/postgres.sh where            the folder of PostgreSQL's server programs, or nothing
#   tools/postgres.sh start DIR        makes and starts one in DIR (absent or empty), prints its URL
#   tools/postgres.sh stop DIR         stops it
#
# DURABLE=1 keeps fsync on, as a measurement of commits needs it; tests do without.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

where() {
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V | tail -n 1 || true)
  if [ -n "$bin" ] && [ -x "$bin/initdb" ]; then echo "$bin"; return; fi
  if have initdb && have pg_ctl; then dirname "$(command -v initdb)"; fi
}

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" != 0 ]; then "$@"; return; fi
  id postgres >/dev/null 2>&1 || die "PostgreSQL does not run as root, and there is no user postgres to run it as"
  (cd / && runuser -u postgres -- "$@")
}

start() {
  local dir=$1 bin port settings
  bin=$(where)
  [ -n "$bin" ] || die "PostgreSQL is not installed: run tools/setup.sh test"
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  as_owner test -w "$dir" || die "the user postgres cannot reach $dir: each folder above it needs its x"
  as_owner "$bin/initdb" -D "$dir/data" -U redress --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; die "initdb failed"; }
  port=$(free_port)
  settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir -c max_connections=400 -c shared_buffers=256MB"
  if [ "${DURABLE-}" != 1 ]; then settings="$settings -c fsync=off -c synchronous_commit=off -c full_page_writes=off"; fi
  as_owner "$bin/pg_ctl" start -w -t 60 -D "$dir/data" -l "$dir/data/server.log" -o "$settings" >/dev/null ||
    { cat "$dir/data/server.log" >&2; die "PostgreSQL did not start"; }
  as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U redress redress
  echo "postgres://redress@127.0.0.1:$port/redress"
}

stop() { as_owner "$(where)/pg_ctl" stop -m immediate -D "$1/data" >/dev/null; }

case ${1-} in
  where) where ;;
  start) start "${2:?a folder}" ;;
  stop) stop "${2:?a folder}" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
