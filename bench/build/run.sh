#!/usr/bin/env bash
# How long a clean release build takes, and how long it takes from a one-line edit to the end of the
# tests of that room. Works in a clone of the last commit, in target/bench-data/build.
set -euo pipefail
cd "$(dirname "$0")/../.."
clone=target/bench-data/build
room=${ROOM:-torg-markup} file=${FILE:-crates/markup/src/lib.rs}
rm -rf "$clone"
git clone -q . "$clone"
cd "$clone"
cargo fetch -q --locked
export CARGO_TARGET_DIR=$PWD/target
seconds() { local at=$SECONDS; "$@" >build.log 2>&1 || { tail -n 30 build.log >&2; exit 1; }; echo $((SECONDS - at)); }
echo "clean cargo build --release: $(seconds cargo build --release --locked --offline) s on $(nproc) cores"
rm -rf target/release
seconds cargo nextest run -p "$room" --locked --offline >/dev/null
for turn in 1 2 3; do
  printf '\n// One line, %d.\n' "$turn" >>"$file"
  at=$(date +%s%N)
  cargo nextest run -p "$room" --locked --offline >build.log 2>&1 || { tail -n 30 build.log >&2; exit 1; }
  echo "one line in $file, then the tests of $room: $((($(date +%s%N) - at) / 10000000)) hundredths of a second"
done
cd ../../..
rm -rf "$clone"
