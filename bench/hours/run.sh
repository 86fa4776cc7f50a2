#!/usr/bin/env bash
# bench/hours/run.sh [UNITS]: asks which of so many units (5 000) are open, on one core and in process,
# with the plans of the demo's units over and over, at a thousand instants of a year. Prints
# milliseconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build -q --release --locked -p torg-directory --example bench_hours
exec taskset -c 0 target/release/examples/bench_hours "$@"
