#!/usr/bin/env bash
# 100, 10 000 and 100 000 pages: import, index, start to first answer, memory, the time of a page
# made from SQLite and of one from the cache; then searches by HTTP in the largest.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need wrk curl node taskset
seconds=${SECONDS_EACH:-5}
sizes=${SIZES:-100 10000 100000}
data=$root/target/bench-data
mkdir -p "$data"
build

timed() { # NAME COMMAND…: prints seconds
  local at name=$1
  shift
  at=$(now_ms)
  "$@" >"$scratch/$name.log" 2>&1 || { tail -n 20 "$scratch/$name.log" >&2; exit 1; }
  awk -v ms=$(($(now_ms) - at)) 'BEGIN {printf "%.1f", ms / 1000}'
}

for count in $sizes; do
  folder=$data/$count
  if [ ! -e "$folder/done" ]; then
    rm -rf "$folder"
    mkdir -p "$folder/data"
    node "$root/bench/size/make_pages.mjs" "$count" "$folder/pages"
    "$torg" migrate --data "$folder/data" >"$scratch/migrate.log"
    "$torg" import organisations "$root/demo/organisations.csv" --data "$folder/data" >"$scratch/organisations.log"
    took=$(timed import "$torg" import pages --quiet "$folder/pages" --data "$folder/data")
    echo "$count pages: import $took s"
    touch "$folder/done"
  fi
  took=$(timed reindex taskset -c 0 "$torg" reindex --data "$folder/data")
  echo "$count pages: reindex on one core $took s"
  page=/del-0/grupp-0/sida-0
  start_torg serve --data "$folder/data" --cache-bytes 0
  curl -fs "$URL$page" -o /dev/null
  first=$START_MS memory=$(rss "$PID")
  read -r rate per p50 p99 bad <<<"$(load "$PID" "$seconds" 32 "$URL$page")"
  made="made each time $rate/s, p50 $p50 ms, p99 $p99 ms ($bad errors)"
  read -r _ _ one _ _ <<<"$(load "$PID" 3 1 "$URL$page")"
  stop_all
  start_torg serve --data "$folder/data"
  read -r rate _ _ p99 bad <<<"$(load "$PID" "$seconds" 32 "$URL$page")"
  echo "$count pages: first answer after $first ms, $memory MB; $made, alone $one ms; from the cache $rate/s, p99 $p99 ms"
  if [ -e "$folder/queries.lua" ] && [ "$count" -ge 100000 ]; then
    for connections in 1 8; do
      read -r rate per p50 p99 bad <<<"$(load "$PID" "$((seconds * 2))" "$connections" "$URL" -s "$folder/queries.lua")"
      echo "$count pages: /api/v1/search, $connections connections: $rate/s, p50 $p50 ms, p99 $p99 ms ($bad errors)"
    done
    echo "$count pages: after the searches $(rss "$PID") MB"
  fi
  stop_all
done
