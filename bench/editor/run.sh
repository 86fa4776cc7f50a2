#!/usr/bin/env bash
# bench/editor/run.sh [PAGES]: the editor's desk over a site of 10 000 pages on SQLite, in process, so that
# what is measured is the server's own time. Opening a page of 200 blocks, autosaves, the list with
# filters, and 200 editors who autosave at once, each on a page of their own and ten on one; at the end
# every word that was acknowledged is looked for.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build -q --release --locked -p torg --example bench_editor
exec target/release/examples/bench_editor "${1:-10000}"
