#!/usr/bin/env bash
# Digests for many subscribers, beside readers. Server on one core, load on the other.
# 1. how long it takes from the job's start until all mails are in the outbox, and until all are
#    in the folder; 2. the p99 of a page, in windows of a second: the median of those before and of
#    those while the digests are made, and the worst of each. The page is made anew each time
#    (--cache-bytes 0): a kept one waits for nothing.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
need wrk curl taskset python3
people=${PEOPLE:-10000} page=${PAGE:-/bygga-bo-och-miljo/avfall/sophamtning} connections=${CONNECTIONS:-4}
build
start_torg demo --data "$scratch/data" --cache-bytes 0
database=$scratch/data/torg.db

# ask SQL: one value.
ask() { python3 - "$database" "$1" <<'PY'
import sqlite3, sys
row = sqlite3.connect(sys.argv[1], timeout=30).execute(sys.argv[2]).fetchone()
print("" if row is None or row[0] is None else row[0])
PY
}

# The job has noted what the demo city itself brought.
for _ in $(seq 1 120); do
  [ -n "$(ask "SELECT until_number FROM subscription_slot WHERE rhythm = 'at_once'")" ] && break
  sleep 0.5
done

python3 - "$database" "$people" <<'PY'
import sqlite3, sys, time, uuid
database = sqlite3.connect(sys.argv[1], timeout=30)
told = database.execute("SELECT COALESCE(MAX(number), 0) FROM subscription_item").fetchone()[0]
now = time.time_ns() // 1000
boards = [row[0] for row in database.execute("SELECT DISTINCT organisation_id FROM announcement")]
boards = ["board:%s" % uuid.UUID(bytes=board) for board in boards]
rows = []
for at in range(int(sys.argv[2])):
    # Everybody has the whole board; a hundred sets of topics in two languages.
    own = sorted({"board", *(boards[(at + step) % len(boards)] for step in range(at % 50 % 4))})
    address = "p%d@stad.example" % at
    rows.append((uuid.uuid4().bytes, address, address, ("sv", "en")[at % 2], " ".join(own), told, now))
with database:
    database.executemany(
        "INSERT INTO subscription (id, address, address_key, locale, rhythm, state, topics, told, "
        "confirmed_at) VALUES (?, ?, ?, ?, 'at_once', 'active', ?, ?, ?)", rows)
PY

# windows SECONDS FILE: the p99 of each second, with when it began, in milliseconds.
windows() {
  local end=$(($(now_ms) + $1 * 1000)) at
  while [ "$(now_ms)" -lt "$end" ]; do
    at=$(now_ms)
    echo "$at $(load "$PID" 1 "$connections" "$URL$page" | cut -d' ' -f4)" >>"$2"
  done
}
windows 10 "$scratch/quiet"
before=$(cut -d' ' -f2 "$scratch/quiet" | median)
worst_before=$(cut -d' ' -f2 "$scratch/quiet" | sort -g | tail -n 1)

# Ten announcements at once. All who subscribe get one mail with them.
python3 - "$database" "$scratch/announcements.json" <<'PY'
import datetime, json, sqlite3, sys
key = sqlite3.connect(sys.argv[1]).execute(
    "SELECT o.key FROM organisation o JOIN announcement a ON a.organisation_id = o.id LIMIT 1").fetchone()[0]
today = datetime.date.today()
json.dump([{
    "key": "matning-%d" % at, "kind": "announcement", "organisation": key,
    "title": {"sv": "Anslag för mätning %d" % at}, "text": "Vad anslaget handlar om. " * 10,
    "posted": str(today), "removed": str(today + datetime.timedelta(days=21)),
} for at in range(10)], open(sys.argv[2], "w"))
PY
"$torg" import announcements "$scratch/announcements.json" --data "$scratch/data" >/dev/null
windows 75 "$scratch/beside" &
load_pid=$!
for _ in $(seq 1 180); do
  [ "$(ask "SELECT COUNT(*) FROM subscription WHERE told < (SELECT MAX(number) FROM subscription_item)")" = 0 ] &&
    [ "$(ask "SELECT COUNT(*) FROM mail_outbox WHERE kind = 'subscription.digest'")" -ge "$people" ] && break
  sleep 0.5
done
wait "$load_pid"
first=$(ask "SELECT run_at FROM job WHERE kind = 'make_digests' AND finished_at >= (SELECT MAX(created_at) FROM mail_outbox) ORDER BY finished_at LIMIT 1")
done_at=$(ask "SELECT finished_at FROM job WHERE kind = 'make_digests' AND finished_at >= (SELECT MAX(created_at) FROM mail_outbox) ORDER BY finished_at LIMIT 1")
for _ in $(seq 1 240); do
  [ "$(ask "SELECT COUNT(*) FROM mail_outbox WHERE state <> 'sent'")" = 0 ] && break
  sleep 0.5
done
sent=$(ask "SELECT MAX(finished_at) FROM mail_outbox")
awk -v from=$((first / 1000 - 1000)) -v to=$((done_at / 1000)) \
  '$1 >= from && $1 <= to { print $2 }' "$scratch/beside" | sort -g >"$scratch/during"
beside=$(median <"$scratch/during")
worst=$(tail -n 1 "$scratch/during")
mails=$(ask "SELECT COUNT(*) FROM mail_outbox WHERE kind = 'subscription.digest'")
contents=$(ask "SELECT COUNT(DISTINCT content_id) FROM mail_outbox WHERE kind = 'subscription.digest'")
awk -v people="$people" -v mails="$mails" -v contents="$contents" -v queued=$((done_at - first)) \
  -v sent=$((sent - first)) -v before="$before" -v beside="$beside" -v worst="$worst" -v worst_before="$worst_before" -v rss="$(rss "$PID")" 'BEGIN {
    printf "subscribers %d, mails %d, different contents %d\n", people, mails, contents
    printf "made and queued in %.1f s (goal: under 30 s), all in the folder after %.1f s\n", queued / 1e6, sent / 1e6
    printf "p99 of a page: %.2f ms before, %.2f ms beside it, %.1f times (goal: 2)\n", before, beside, beside / before
    printf "p99 in the worst second: %.2f ms before, %.2f ms beside it, %.1f times\n", worst_before, worst, worst / worst_before
    printf "memory %d MB\n", rss
    exit !(mails == people && queued < 30e6)
  }'
