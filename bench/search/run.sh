#!/usr/bin/env bash
# bench/search/run.sh [DOCUMENTS] [FOLDER]: builds a search index of made-up documents of about 1 kB on
# one core and asks it 5 000 queries, in process. Prints seconds, bytes and milliseconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build -q --release --locked -p torg-search --example bench_index
exec taskset -c 0 target/release/examples/bench_index "$@"
