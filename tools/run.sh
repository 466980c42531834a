#!/usr/bin/env bash
# Starts dist/redress in this clone, with its data in data/ unless the configuration says otherwise.
# DEMO=1 first fills an empty data folder with the demo chain; one that holds anything is left as it is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

data=${REDRESS_DATA_DIR:-data}
if [ "${DEMO-}" = 1 ]; then
  if [ -n "${REDRESS_DATABASE_URL-}" ]; then
    note "DEMO=1 fills the folder of the embedded database only; for another: dist/redress demo --cases 120"
  elif [ -n "$(ls -A "$data" 2>/dev/null)" ]; then
    note "$data/ is not empty: no demo is added to it"
  else
    say "demo chain"
    # A run that breaks off leaves no half chain behind.
    dist/redress demo --cases "${DEMO_CASES:-120}" || { rm -rf "$data"; die "the demo could not be made"; }
  fi
fi
exec dist/redress serve
