#!/usr/bin/env bash
# Lighthouse 12 at its mobile setting (a slow phone on a slow net, simulated) on start, article,
# news list, search (the form, and with answers) and notice board of the demo city: 100 in all four
# categories, first load under 100 kB, script under 30 kB. Ends with 1 when something is not so.
# The load takes a core of its own; run it where nothing else runs. ROUNDS=1 for a quick look.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need node npm curl taskset
here=$root/bench/lighthouse
[ -d "$here/node_modules/lighthouse" ] || npm --prefix "$here" ci --ignore-scripts --no-audit --no-fund --prefer-offline >/dev/null
build
start_torg demo --data "$scratch/data"
# Made once, as a page that anybody has read already.
for page in "${@:-/}"; do curl -fs -o /dev/null "$URL$page"; done
taskset -c 1 timeout 900 node "$here/run.mjs" "$URL" "$@"
