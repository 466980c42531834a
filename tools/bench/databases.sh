# The generated databases; sourced by bench.sh, never run.
#
# Each is made once by `redress demo` and kept in $kept, named by what its rows depend on; a run works on a copy.
# Needs: root, cache (tools/lib.sh), dist, runs (a folder that the user postgres gets through). PostgreSQL runs as in
# tools/postgres.sh, but durable, and again from a folder that is there already.

# What the rows depend on: the tables, how they are filled, and what is stored of the trade's own types.
kept=$cache/bench/$(cd "$root" && find migrations server/src/demo server/src/store app/domain/src -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -c 1-12)

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" != 0 ]; then "$@"; else (cd / && runuser -u postgres -- "$@"); fi
}

postgres_bin=
postgres_running=

# postgres_start DIR: starts the cluster in DIR/data with every commit on disk; sets postgres_url.
postgres_start() {
  local dir=$1 port
  port=$(free_port)
  as_owner "$postgres_bin/pg_ctl" start -w -t 120 -D "$dir/data" -l "$dir/data/server.log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir -c max_connections=400 -c shared_buffers=256MB ${2-}" >/dev/null ||
    { cat "$dir/data/server.log" >&2; die "PostgreSQL did not start"; }
  postgres_running=$dir
  postgres_url=postgres://redress@127.0.0.1:$port/redress
}

postgres_stop() {
  [ -n "$postgres_running" ] || return 0
  as_owner "$postgres_bin/pg_ctl" stop -m fast -t 120 -D "$postgres_running/data" >/dev/null || true
  postgres_running=
}

# A folder for one database, which the user postgres owns where the server runs as that user.
folder() {
  local dir
  dir=$(mktemp -d "$runs/$1.XXXXXX")
  if [ "$(id -u)" = 0 ] && [ -n "$postgres_bin" ]; then chown postgres "$dir"; fi
  echo "$dir"
}

# generate DATABASE CASES: into $kept, unless it is there. A run that breaks off leaves nothing half made behind.
generate() {
  local database=$1 cases=$2 place=$kept/$1-$2 dir begun=$SECONDS
  [ -e "$place/made" ] && return
  say "making $cases cases on $database"
  dir=$(folder "make-$database")
  mkdir "$dir/files"
  if [ "$database" = postgres ]; then
    as_owner "$postgres_bin/initdb" -D "$dir/data" -U redress --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/files/initdb.log" 2>&1 ||
      { cat "$dir/files/initdb.log" >&2; die "initdb failed"; }
    # Nothing needs to be durable before all of it is there.
    postgres_start "$dir" "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_recycle=off"
    as_owner "$postgres_bin/createdb" -h 127.0.0.1 -p "$(port_of "$postgres_url")" -U redress redress
  fi
  redress_demo "$dir/files" "$cases" "$([ "$database" = postgres ] && echo "$postgres_url" || true)"
  if [ "$database" = postgres ]; then
    # What autovacuum has done by itself in a database that has grown by the day.
    "$postgres_bin/psql" -qX -d "$postgres_url" -c 'vacuum analyze' -c checkpoint -c 'select pg_switch_wal()' -c checkpoint >/dev/null
    postgres_stop
  else
    # What its server does when it ends; the copy then is one file.
    rm -f "$dir/files/server.log"
  fi
  mkdir -p "$place"
  cp -a "$dir/." "$place/"
  rm -rf "$dir"
  sync -f "$place"
  echo "$((SECONDS - begun)) s" >"$place/made"
  note "made in $((SECONDS - begun)) s, $(du -sh "$place" | cut -f 1)B"
}

port_of() { local rest=${1##*:}; echo "${rest%%/*}"; }

# redress_demo DIR CASES [URL]
redress_demo() {
  env REDRESS_DATA_DIR="$1" ${3:+REDRESS_DATABASE_URL="$3"} REDRESS_LISTEN=127.0.0.1:1 REDRESS_PUBLIC_URL=http://127.0.0.1:1 \
    "$dist/redress" demo --cases "$2" >"$1/demo.log" 2>&1 || { tail -n 20 "$1/demo.log" >&2; die "the cases could not be made"; }
  rm "$1/demo.log"
}

# copy DATABASE CASES: a copy to be written to, with its PostgreSQL started; sets work_dir and postgres_url.
copy() {
  work_dir=$(folder "$1-$2") postgres_url=
  cp -a "$kept/$1-$2/." "$work_dir/"
  # What has just been written must not be waiting for the disk while the saves are measured.
  sync -f "$work_dir"
  if [ "$1" = postgres ]; then postgres_start "$work_dir"; fi
}

drop_copy() {
  postgres_stop
  rm -rf "${work_dir:?}"
}
