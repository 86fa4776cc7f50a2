#!/usr/bin/env bash
# bench/calendar/run.sh [OCCASIONS]: the calendar with 20 000 occasions beside the demo's own, nothing kept by the
# cache, server on one core: lists with any filter, a month, the API, Atom and iCalendar.
set -euo pipefail
source "$(dirname "$0")/../common.sh"
need node curl taskset
build
here=$root/bench/calendar
start_torg demo --data "$scratch/demo"
stop_all
node "$here/make_events.mjs" "$(date +%F)" "${1:-20000}" >"$scratch/events.csv"
at=$(now_ms)
"$torg" import events "$scratch/events.csv" --data "$scratch/demo" --organisation kulturforvaltningen --state published | tail -n 1
echo "imported in $(($(now_ms) - at)) ms"
start_torg serve --data "$scratch/demo" --cache-bytes 0
curl -fs "$URL/api/v1/events?page_size=1" | node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(JSON.parse(t).meta.count+" occasions"))'
taskset -c 1 node "$here/ask.mjs" "$URL" "${ROUNDS:-40}"
