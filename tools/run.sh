#!/usr/bin/env bash
# Starts dist/redress in this clone, with its data in data/ unless the configuration says otherwise.
# DEMO=1 first adds the demo chain, which `redress demo` refuses where there are cases already.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

data=${REDRESS_DATA_DIR:-data}
if [ "${DEMO-}" = 1 ]; then
  say "demo chain"
  if [ -z "${REDRESS_DATABASE_URL-}" ] && [ -z "$(ls -A "$data" 2>/dev/null)" ]; then
    # A run that breaks off leaves no half chain behind.
    dist/redress demo --cases "${DEMO_CASES:-120}" || { rm -rf "${data:?}"; die "the demo could not be made"; }
  else
    dist/redress demo --cases "${DEMO_CASES:-120}" || note "starting with the data that is there"
  fi
fi
exec dist/redress serve
