#!/usr/bin/env bash
# One page, 32 connections, server on one core, load on the other.
# 1. kept in the page cache, side by side with nginx that serves the same bytes from a file:
#    requests for each second of processor time. 2. made from SQLite each time (--cache-bytes 0).
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need wrk nginx curl taskset
page=${PAGE:-/bygga-bo-och-miljo/avfall/sophamtning-och-mer} rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-5}
build
start_torg demo --data "$scratch/data"
# No page of the demo has 18 kB: one that says what three of them say, under one title.
waste=$root/demo/pages/sv/bygga-bo-och-miljo/avfall
mkdir -p "$scratch/pages/bygga-bo-och-miljo/avfall"
{
  cat "$waste/sophamtning.md"
  for part in grovavfall atervinningscentraler; do
    printf '\n## %s\n' "$(sed -n 's/^title: //p' "$waste/$part.md")"
    awk 'fences == 2; /^---$/ && fences < 2 { fences++ }' "$waste/$part.md"
  done
} >"$scratch/pages/bygga-bo-och-miljo/avfall/sophamtning-och-mer.md"
"$torg" import pages "$scratch/pages" --data "$scratch/data" --quiet
torg_pid=$PID torg_url=$URL

# nginx with the same bytes and the same headers, as fast as it can be told to be.
headers() { # encoding: the headers of Torg's own answer, as nginx settings
  curl -fs -D - -o /dev/null -H "Accept-Encoding: $1" "$torg_url$page" | tr -d '\r' |
    grep -iE '^(content-encoding|content-security-policy|x-content-type-options|referrer-policy|permissions-policy|cross-origin-opener-policy|cache-control|vary):' |
    sed -E 's/^([^:]+): (.*)$/      add_header \1 "\2";/'
}
servers=
for encoding in identity gzip br; do
  mkdir -p "$scratch/www/$encoding"
  curl -fs -H "Accept-Encoding: $encoding" "$torg_url$page" -o "$scratch/www/$encoding/page"
  port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  declare "port_$encoding=$port"
  servers+="
    server {
      listen 127.0.0.1:$port backlog=1024;
      root $scratch/www/$encoding;
      default_type 'text/html; charset=utf-8';
$(headers "$encoding")
    }"
done
cat >"$scratch/nginx.conf" <<CONF
worker_processes 1;
pid $scratch/nginx.pid;
error_log $scratch/nginx.log;
$([ "$(id -u)" = 0 ] && echo "user root;")
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 600s;
  types { }
  $servers
}
CONF
taskset -c 0 nginx -e "$scratch/nginx.log" -c "$scratch/nginx.conf" -g 'daemon off;' &
started+=($!)
sleep 1
nginx_pid=$(pgrep -P "$!" | head -n 1)

echo "page: $page"
printf '%-22s %12s %12s %8s %14s %14s\n' answer torg/cpu-s nginx/cpu-s ratio torg/s nginx/s
compare() { # NAME ENCODING [header]
  local name=$1 encoding=$2 port torgs=() nginxs=() ratios=() a b rate per nrate nper etag netag more=() nmore=()
  port=port_$encoding
  if [ "${3:-}" = 304 ]; then
    etag=$(curl -fs -D - -o /dev/null -H "Accept-Encoding: $encoding" "$torg_url$page" | tr -d '\r' | sed -nE 's/^etag: //Ip')
    netag=$(curl -fs -D - -o /dev/null "http://127.0.0.1:${!port}/page" | tr -d '\r' | sed -nE 's/^etag: //Ip')
    more=(-H "If-None-Match: $etag")
    nmore=(-H "If-None-Match: $netag")
    for answer in "$(curl -s -o /dev/null -w '%{http_code} %{size_download}' -H "Accept-Encoding: $encoding" "${more[@]}" "$torg_url$page")" \
      "$(curl -s -o /dev/null -w '%{http_code} %{size_download}' "${nmore[@]}" "http://127.0.0.1:${!port}/page")"; do
      [ "$answer" = "304 0" ] || { echo "no 304: $answer"; exit 1; }
    done
  fi
  for _ in $(seq "$rounds"); do
    a=$(load "$torg_pid" "$seconds" 32 "$torg_url$page" -H "Accept-Encoding: $encoding" "${more[@]}")
    b=$(load "$nginx_pid" "$seconds" 32 "http://127.0.0.1:${!port}/page" "${nmore[@]}")
    [ "${a##* }" = 0 ] && [ "${b##* }" = 0 ] || { echo "errors: $a / $b"; exit 1; }
    read -r rate per _ <<<"$a"
    torgs+=("$per")
    read -r nrate nper _ <<<"$b"
    nginxs+=("$nper")
    ratios+=("$(awk -v a="$per" -v b="$nper" 'BEGIN {printf "%.3f", a / b}')")
  done
  printf '%-22s %12s %12s %8s %14s %14s\n' "$name" "$(printf '%s\n' "${torgs[@]}" | median)" \
    "$(printf '%s\n' "${nginxs[@]}" | median)" "$(printf '%s\n' "${ratios[@]}" | median)" "$rate" "$nrate"
}
bytes() { stat -c %s "$scratch/www/$1/page"; }
compare "br ($(bytes br) B)" br
compare "gzip ($(bytes gzip) B)" gzip
compare "identity ($(bytes identity) B)" identity
compare "304" br 304
stop_all

echo
echo "made from SQLite each time (--cache-bytes 0), 32 connections, one core:"
start_torg demo --data "$scratch/data" --cache-bytes 0
for encoding in identity br; do
  read -r rate per p50 p99 bad <<<"$(load "$PID" "$seconds" 32 "$URL$page" -H "Accept-Encoding: $encoding")"
  echo "$encoding, as fast as it goes: $rate/s, $per for a second of processor time, p50 $p50 ms, p99 $p99 ms, $bad errors"
done
# As fast as it goes, 32 connections wait for each other: a page then takes 32 / rate at the median,
# however quick it is made. With readers who pause, the time of one page is seen.
for pause in 9 14 30; do
  echo "function delay() return $pause end" >"$scratch/pause.lua"
  read -r rate _ p50 p99 bad <<<"$(load "$PID" "$seconds" 32 "$URL$page" -s "$scratch/pause.lua")"
  echo "identity, each pausing $pause ms: $rate/s, p50 $p50 ms, p99 $p99 ms, $bad errors"
done
