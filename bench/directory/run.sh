#!/usr/bin/env bash
# The service guide over 5 000 units beside the demo's: what a page costs that nobody has asked for
# before, one request after another and nothing kept (--cache-bytes 0), in milliseconds.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need curl node
count=${UNITS:-5000} rounds=${ROUNDS:-200}
build
"$torg" demo --data "$scratch/data" --listen 127.0.0.1:0 >"$scratch/first.log" 2>&1 &
filling=$!
started+=("$filling")
until grep -q 'http://' "$scratch/first.log"; do
  kill -0 "$filling" || { cat "$scratch/first.log"; exit 1; }
  sleep 0.5
done
node "$(dirname "$0")/make_units.mjs" "$count" >"$scratch/units.csv"
begun=$(date +%s%N)
"$torg" import units "$scratch/units.csv" --data "$scratch/data" >"$scratch/import.log"
tail -n 1 "$scratch/import.log"
echo "import of $count units: $((($(date +%s%N) - begun) / 1000000)) ms"
kill "$filling"
wait "$filling" || true
start_torg demo --data "$scratch/data" --cache-bytes 0

ask() { # NAME PATH: median and 99th percentile of the time to the last byte
  local times
  curl -fs -o /dev/null "$URL$2"
  times=$(for _ in $(seq "$rounds"); do echo "url=\"$URL$2\""; echo 'output="/dev/null"'; done |
    curl -s -K - -w '%{time_total} %{http_code}\n')
  if awk '$2 != 200 {exit 1}' <<<"$times"; then :; else echo "$1: an error"; exit 1; fi
  awk '{print $1 * 1000}' <<<"$times" | sort -g |
    awk -v name="$1" '{t[NR] = $1} END {printf "%-34s p50 %7.2f ms   p99 %7.2f ms\n", name, t[int((NR + 1) / 2)], t[(int(NR * 0.99) > 0 ? int(NR * 0.99) : 1)]}'
}
ask "first page" "/hitta"
ask "one kind" "/hitta?kind=library"
ask "words" "/hitta?q=m%C3%A4tenhet+42"
ask "open now" "/hitta?open=1"
ask "open now, one kind, lift" "/hitta?open=1&kind=museum&access=lift"
ask "nearest first" "/hitta?near=57.6922,11.9110"
ask "nearest that are open, words" "/hitta?near=57.6922,11.9110&open=1&q=kustgatan"
ask "page of a unit" "/hitta/majornas-bibliotek"
ask "service" "/hitta/tjanst/skaffa-lanekort"
ask "API, 100 units" "/api/v1/units?limit=100"
ask "GeoJSON, all units" "/api/v1/units.geojson"

# One fact, one place: with the cache, in the demo's own city.
stop_all
start_torg demo --data "$scratch/city"
until login=$(grep -m 1 '^ *administrator ' "$scratch/torg.log"); do
  kill -0 "$PID" || exit 1
  sleep 0.2
done
read -r _ email password <<<"$login"
taskset -c 1 node "$(dirname "$0")/changed.mjs" "$URL" "$email" "$password" valhallabadet "${CHANGES:-20}"
