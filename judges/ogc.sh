#!/usr/bin/env bash
# GDAL reads every collection of /api/ogc as OGC API Features, and the units as GeoJSON, and counts what
# Torg counts:
#   judges/ogc.sh TORG DATA     starts the program on a city's data folder
#   judges/ogc.sh URL           asks a server that runs
set -uo pipefail
scratch=$(mktemp -d)
pid=
get() { node -e "fetch(process.argv[1]).then(async (own) => { if (!own.ok) process.exit(1); process.stdout.write(await own.text()); }, () => process.exit(1))" "$1"; }
finish() { [ -n "$pid" ] && kill "$pid" 2>/dev/null; rm -rf "$scratch"; }
trap finish EXIT
case $1 in
  http*) url=$1 ;;
  *)
    # With the addresses, which a city opens by a setting: a collection like the others.
    TORG_MAP_ADDRESSES_OPEN=true "$1" serve --data "$2" --listen 127.0.0.1:0 >"$scratch/log" 2>&1 &
    pid=$!
    for _ in $(seq 300); do
      url=$(grep -oE 'http://127\.0\.0\.1:[1-9][0-9]*' "$scratch/log" | head -n 1)
      [ -n "$url" ] && get "$url/readyz" >/dev/null && break
      sleep 0.1
    done
    [ -n "$url" ] || { cat "$scratch/log"; exit 1; } ;;
esac
export CPL_TIMEOUT=30
passed=0 failed=0
while read -r id; do
  said=$(get "$url/api/ogc/collections/$id/items?limit=1" | node -p 'JSON.parse(require("fs").readFileSync(0)).numberMatched')
  # Small pages, so that GDAL has to follow the links from one to the next.
  if timeout 120 ogr2ogr -f GeoJSON "$scratch/$id.geojson" "OAPIF:$url/api/ogc" "$id" -oo PAGE_SIZE=7 2>"$scratch/gdal.log"; then
    read=$(timeout 60 ogrinfo -ro -so -al "$scratch/$id.geojson" | sed -n 's/^Feature Count: //p')
  else
    read=$(tail -n 1 "$scratch/gdal.log")
  fi
  if [ "$said" = "$read" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1)); echo "$id: Torg says $said features, GDAL reads $read"
  fi
done < <(get "$url/api/ogc/collections" | node -p 'JSON.parse(require("fs").readFileSync(0)).collections.map((own) => own.id).join("\n")')
# The document as such: valid by GDAL's own reader, and all that it needs for a rectangle.
some=$(timeout 60 ogrinfo -ro -so "OAPIF:$url/api/ogc" library -spat 11.9 57.68 12.0 57.72 2>/dev/null | sed -n 's/^Feature Count: //p')
said=$(get "$url/api/ogc/collections/library/items?limit=1&bbox=11.9,57.68,12.0,57.72" | node -p 'JSON.parse(require("fs").readFileSync(0)).numberMatched')
[ -n "$some" ] && [ "$some" = "$said" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "within a rectangle: Torg says $said, GDAL reads $some"; }
# The units as GeoJSON, read as RFC 7946 has it.
get "$url/api/v1/units.geojson" >"$scratch/units.json"
said=$(node -p 'JSON.parse(require("fs").readFileSync(0)).features.length' <"$scratch/units.json")
some=$(timeout 60 ogrinfo -ro -so -al "$scratch/units.json" 2>/dev/null | sed -n 's/^Feature Count: //p')
[ -n "$some" ] && [ "$some" = "$said" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "units.geojson: Torg says $said units, GDAL reads $some"; }
echo "$passed agreed, $failed did not"
[ "$failed" -eq 0 ] && [ "$passed" -gt 3 ]
