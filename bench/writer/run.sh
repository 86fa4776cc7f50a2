#!/usr/bin/env bash
# 64 callers at the group writer over a disk whose sync takes 5 ms, on both databases, with cancelled,
# panicking and failing jobs in the mix, and a full check at the end; then the same five statements
# in a transaction for each request.
set -euo pipefail
cd "$(dirname "$0")/../.."
. bench/postgres.sh
callers=${CALLERS:-64} seconds=${SECONDS_EACH:-10} profile=${PROFILE:-release}
export TORG_TEST_SYNC_MS=${TORG_TEST_SYNC_MS:-5}
flag=--release
[ "$profile" = release ] || flag=
cargo build -q $flag -p torg-log --example bench_writer
bench=$PWD/target/$profile/examples/bench_writer
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'stop_postgres; rm -rf "$scratch"' EXIT
cc -O2 -shared -fPIC -o "$scratch/slow_disk.so" bench/writer/slow_disk.c
preload=LD_PRELOAD=$scratch/slow_disk.so

for kind in group clean request; do
  echo "# SQLite, $kind: $callers callers, sync takes $TORG_TEST_SYNC_MS ms"
  env "$preload" timeout 300 "$bench" "sqlite:$scratch/$kind.db" "$callers" "$seconds" "$kind"
done
start_postgres "$scratch/pg" "$preload" "TORG_TEST_SYNC_MS=$TORG_TEST_SYNC_MS"
for kind in group clean request; do
  echo "# PostgreSQL, $kind: $callers callers, sync takes $TORG_TEST_SYNC_MS ms"
  "${PSQL[@]}" -d postgres -c "CREATE DATABASE bench_$kind"
  timeout 300 "$bench" "$POSTGRES/bench_$kind" "$callers" "$seconds" "$kind"
done
