# For the scripts here: builds and starts torg on one core, and reads what it costs.
# Core 0 is the server's, core 1 the load's.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
torg=${TORG_TEST_BIN:-$root/target/release/torg}
scratch=$(mktemp -d)
chmod 755 "$scratch"
started=()
ticks=$(getconf CLK_TCK)

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null ||
      { echo "$tool is missing: apt-get install $tool" >&2; exit 1; }
  done
}
PATH=$PATH:/usr/sbin

build() { [ -n "${TORG_TEST_BIN:-}" ] || (cd "$root" && cargo build -q --release --locked); }

stop_all() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  started=()
}
finish() { stop_all; rm -rf "$scratch"; }
trap finish EXIT
trap 'exit 130' INT TERM

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# start_torg WORDS…: sets PID, URL and START_MS (until /readyz answers).
start_torg() {
  local log=$scratch/torg.log at
  at=$(now_ms)
  : >"$log"
  taskset -c 0 "$torg" "$@" --listen 127.0.0.1:0 >"$log" 2>&1 &
  PID=$!
  started+=("$PID")
  for _ in $(seq 1 12000); do
    URL=$(grep -oE 'http://127\.0\.0\.1:[1-9][0-9]*' "$log" | head -n 1 || true)
    [ -n "$URL" ] && curl -fs -o /dev/null "$URL/readyz" && break
    kill -0 "$PID" 2>/dev/null || { cat "$log" >&2; echo "torg ended" >&2; exit 1; }
    sleep 0.01
  done
  START_MS=$(($(now_ms) - at))
}

# cpu PID: hundredths of seconds of processor time so far, in user and system mode.
cpu() { awk '{sub(/^.*\) /, ""); print $12 + $13}' "/proc/$1/stat"; }
# rss PID: resident megabytes.
rss() { awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$1/status"; }

# load PID SECONDS CONNECTIONS URL [wrk words…]: prints "requests/s requests/cpu-second p50 p99 errors".
load() {
  local pid=$1 seconds=$2 connections=$3 url=$4 before after out
  shift 4
  before=$(cpu "$pid")
  out=$(taskset -c 1 timeout $((seconds + 30)) wrk -t1 -c"$connections" -d"${seconds}s" --latency "$@" "$url")
  after=$(cpu "$pid")
  awk -v cpu=$((after - before)) -v hz="$ticks" '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /requests in/ { n = $1 }
    /Requests\/sec/ { rate = $2 }
    /Non-2xx/ { bad = $NF }
    /Socket errors/ { bad += $4 + $6 + $8 + $10 }
    END { printf "%.0f %.0f %.2f %.2f %d\n", rate, n / (cpu / hz), p50, p99, bad }' <<<"$out"
}

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
