#!/usr/bin/env bash
# bench/kill.sh [ROUNDS]: kills a serving Torg with kill -9 in the middle of writes, starts it again,
# and looks that everything that was acknowledged is there. SQLite, the demo city, 8 writers.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${TORG_TEST_BIN:-}" ] || cargo build -q --locked
exec node bench/kill/kill.mjs "${1:-20}"
