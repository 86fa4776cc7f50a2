#!/usr/bin/env bash
# The map over 5 000 and 20 000 features beside those of the demo city: the page with its list, the features of a
# view as the browser asks for them, and the same by OGC API Features. Server on one core, load on the other.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need wrk curl taskset
seconds=${SECONDS_EACH:-5}
build
start_torg demo --data "$scratch/data"
for count in 5000 20000; do
  node -e '
    const features = Array.from({ length: +process.argv[1] }, (_, at) => ({
      type: "Feature", id: at + 1, properties: { name: `Plats ${at}` },
      geometry: { type: "Point", coordinates: [11.75 + ((at * 7919) % 3500) / 10000, 57.58 + ((at * 104729) % 2500) / 10000] },
    }));
    console.log(JSON.stringify({ type: "FeatureCollection", features }));
  ' "$count" >"$scratch/$count.geojson"
  at=$(now_ms)
  "$torg" import areas "$scratch/$count.geojson" --layer "plats-$count" --data "$scratch/data" >/dev/null
  echo "import of $count features: $(($(now_ms) - at)) ms"
done
# The server follows the other process, and reads the layers once.
sleep 1
curl -fs -o /dev/null "$URL/karta?layers=plats-5000,plats-20000"
printf '%-44s %10s %10s %8s %8s %7s\n' "what" "requests/s" "/cpu-s" "p50" "p99" "errors"
measure() { printf '%-44s %10s %10s %8s %8s %7s\n' "$1" $(load "$PID" "$seconds" 4 "$URL$2"); }
both=layers=plats-5000,plats-20000
measure "page, all 25 000" "/karta?$both"
measure "page, a view of the middle" "/karta?$both&lat=57.7&lon=11.95&z=13"
measure "page, words" "/karta?$both&q=plats+123"
measure "features of a view" "/karta/features.geojson?$both&bbox=11.94,57.69,11.97,57.71"
measure "OGC, bbox, 100 of 20 000" "/api/ogc/collections/plats-20000/items?bbox=11.94,57.69,11.97,57.71&f=json"
measure "my area" "/mitt-omrade?at=57.7,11.95"
echo "memory: $(rss "$PID") MB"
