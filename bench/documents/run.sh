#!/usr/bin/env bash
# How long a document takes to become Word, Excel and PDF, in release: ten pages, a hundred, and as many
# rows as may be. The median of FIVE (5) times for PDF, the start of the process included.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need taskset
turns=${FIVE:-5}
cd "$root"
cargo build -q --release --locked -p torg-documents -p torg-document --example sample --bins
for rows in 330 3300 49990; do
  folder=$scratch/$rows
  mkdir -p "$folder"
  echo "$rows rows:"
  taskset -c 0 target/release/examples/sample "$folder" "$rows"
  for _ in $(seq "$turns"); do
    at=$(now_ms)
    taskset -c 0 env RAYON_NUM_THREADS=1 target/release/torg-documents --memory 2048 \
      <"$folder/sample.json" >"$folder/sample.pdf" || echo "PDF: not made" >&2
    echo $(($(now_ms) - at))
  done >"$folder/times"
  echo "PDF: $(stat -c %s "$folder/sample.pdf") bytes in $(median <"$folder/times") ms"
done
