#!/usr/bin/env bash
# Torg beside Debian's WordPress in one run: the same pages (those of the demo city, with the same
# addresses, titles, texts and menu), server on one core, load on the other.
# 1. Kept: Torg's page cache beside nginx's fastcgi_cache in front of WordPress, which is what a
#    WordPress that is looked after has. Its cache holds packed pages too (zlib.output_compression and
#    a key with the encoding), which is better than is common: nginx would pack each answer anew.
#    Everything is asked for once before anything is measured.
# 2. Made for each request: Torg from SQLite (--cache-bytes 0) beside PHP-FPM with OPcache and MariaDB.
# Figures are requests for each second of processor time that all processes of the server spent
# together, MariaDB included, and their memory (proportional set size, so that what processes share
# counts once). Data folders of its own, loopback only, about five minutes.
set -euo pipefail
. "$(dirname "$0")/../common.sh"
here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-5} connections=${CONNECTIONS:-16}

# ---- what is needed -------------------------------------------------------------------------
fpm=$(compgen -c php-fpm | sort -V | tail -n 1 || true)
missing=()
[ -f /usr/share/wordpress/wp-load.php ] || missing+=(wordpress)
[ -d /usr/share/wordpress/wp-content/themes/twentytwentythree ] || missing+=(wordpress-theme-twentytwentythree)
command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null || missing+=(mariadb-server)
command -v php >/dev/null || missing+=(php-cli)
[ -n "$fpm" ] || missing+=(php-fpm)
parts=$(php -m 2>/dev/null || true)
for part in "mysqli:php-mysql" "dom:php-xml" "Zend OPcache:php-opcache"; do
  grep -qx "${part%%:*}" <<<"$parts" || missing+=("${part##*:}")
done
for tool in nginx wrk curl; do command -v $tool >/dev/null || missing+=($tool); done
command -v taskset >/dev/null || missing+=(util-linux)
if [ ${#missing[@]} -gt 0 ]; then
  echo "missing: ${missing[*]}. Install them, for example: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
[ "$(nproc)" -ge 2 ] || { echo "two cores are needed: one for the server, one for the load" >&2; exit 1; }
build
user=$(id -un)
site=$scratch/site host=wordpress.example

# ---- Torg with the demo city ----------------------------------------------------------------
start_torg demo --data "$scratch/data"
torg_pid=$PID torg_url=$URL
# Pages only: lists, search and units' pages are made by the program and have no counterpart.
curl -fs "$torg_url/sitemap.xml" | grep -oE '<loc>[^<]*' | sed -E 's#<loc>https?://[^/]*##; s#^$#/#' |
  grep -vE '^/(en/)?(hitta|find|sok|search|anslagstavla|notice-board)(/|$)' | sort -u >"$scratch/all"

# ---- WordPress with the same pages ------------------------------------------------------------
mkdir -p "$scratch/sql" "$site" "$scratch/kept" "$scratch/tmp"
mariadb-install-db --no-defaults --datadir="$scratch/sql" --user="$user" --auth-root-authentication-method=normal >/dev/null 2>&1
taskset -c 0 mariadbd --no-defaults --datadir="$scratch/sql" --user="$user" --socket="$scratch/sql.sock" --skip-networking \
  --innodb-buffer-pool-size=256M --pid-file="$scratch/sql.pid" >"$scratch/sql.log" 2>&1 &
sql=$!
started+=("$sql")
for _ in $(seq 100); do
  mariadb --no-defaults --socket="$scratch/sql.sock" -uroot -e 'CREATE DATABASE wp CHARACTER SET utf8mb4' 2>/dev/null && break
  sleep 0.2
done
cp -rL /usr/share/wordpress/. "$site/"
rm -rf "$site/wp-config.php" "$site/wp-content/uploads"
cat >"$site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$scratch/sql.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
TORG_SITE=$site TORG_URL=$torg_url TORG_HOST=$host TORG_PAGES=$scratch/all \
  timeout 240 php -d memory_limit=1G "$here/fill.php" >"$scratch/pages"

cat >"$scratch/fpm.conf" <<CONF
[global]
error_log = $scratch/fpm.log
daemonize = no
[www]
$([ "$(id -u)" = 0 ] && printf 'user = root\ngroup = root\n')
listen = $scratch/fpm.sock
listen.backlog = 1024
pm = static
pm.max_children = 4
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.validate_timestamps] = 0
php_admin_value[opcache.memory_consumption] = 128
CONF
as_root=()
[ "$(id -u)" = 0 ] && as_root=(--allow-to-run-as-root)
taskset -c 0 "$fpm" --nodaemonize "${as_root[@]}" --fpm-config "$scratch/fpm.conf" >"$scratch/fpm.out" 2>&1 &
php=$!
started+=("$php")

read -r kept_port made_port < <(node -e '
  const net = require("net"), servers = [0, 1].map(() => net.createServer().listen(0, "127.0.0.1"));
  Promise.all(servers.map((s) => new Promise((go) => s.once("listening", go)))).then(() => {
    console.log(servers.map((s) => s.address().port).join(" "));
    servers.forEach((s) => s.close());
  });')
for name in SCRIPT_FILENAME:"$site/index.php" SCRIPT_NAME:/index.php QUERY_STRING:'$query_string' REQUEST_METHOD:'$request_method' \
  CONTENT_TYPE:'$content_type' CONTENT_LENGTH:'$content_length' REQUEST_URI:'$request_uri' DOCUMENT_ROOT:"$site" \
  SERVER_PROTOCOL:'$server_protocol' GATEWAY_INTERFACE:CGI/1.1 REMOTE_ADDR:'$remote_addr' SERVER_NAME:"$host" SERVER_PORT:80 \
  REDIRECT_STATUS:200 HTTP_ACCEPT_ENCODING:'$packed' PHP_ADMIN_VALUE:'$packing'; do
  echo "fastcgi_param ${name%%:*} \"${name#*:}\";"
done >"$scratch/params"
cat >"$scratch/nginx.conf" <<CONF
worker_processes 1;
pid $scratch/nginx.pid;
error_log $scratch/nginx.log;
$([ "$(id -u)" = 0 ] && echo "user root;")
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type text/html;
  map \$http_accept_encoding \$packed { default ""; ~gzip gzip; }
  map \$packed \$packing { default "zlib.output_compression=Off"; gzip "zlib.output_compression=On"; }
  client_body_temp_path $scratch/tmp/body;
  proxy_temp_path $scratch/tmp/proxy;
  fastcgi_temp_path $scratch/tmp/fastcgi;
  uwsgi_temp_path $scratch/tmp/uwsgi;
  scgi_temp_path $scratch/tmp/scgi;
  fastcgi_buffers 32 16k;
  fastcgi_buffer_size 32k;
  fastcgi_cache_path $scratch/kept levels=1:2 keys_zone=kept:16m max_size=512m inactive=1h use_temp_path=off;
  fastcgi_cache_key \$packed\$request_method\$host\$request_uri;
  include $scratch/params;
  server {
    listen 127.0.0.1:$kept_port backlog=1024;
    location / {
      fastcgi_pass unix:$scratch/fpm.sock;
      fastcgi_cache kept;
      fastcgi_cache_valid 200 1h;
      fastcgi_cache_lock on;
      fastcgi_ignore_headers Vary;
      add_header X-Kept \$upstream_cache_status;
    }
  }
  server {
    listen 127.0.0.1:$made_port backlog=1024;
    location / { fastcgi_pass unix:$scratch/fpm.sock; }
  }
}
CONF
taskset -c 0 nginx -e "$scratch/nginx.log" -c "$scratch/nginx.conf" -g 'daemon off;' &
web=$!
started+=("$web")
for _ in $(seq 50); do
  curl -fs -o /dev/null -H "Host: $host" "http://127.0.0.1:$made_port/" && break
  sleep 0.2
done

# ---- measuring --------------------------------------------------------------------------------
with_children() { local pid; for pid in "$@"; do echo "$pid"; pgrep -P "$pid" || true; done; }
wordpress() { with_children "$sql" "$php" "$web"; }
cpu_of() { local pid sum=0; for pid in "$@"; do sum=$((sum + $(cpu "$pid"))); done; echo $sum; }
# Megabytes, what is shared counted once.
memory_of() { for pid in "$@"; do cat "/proc/$pid/smaps_rollup"; done | awk '/^Pss:/ {kb += $2} END {printf "%.0f", kb / 1024}'; }

# Each connection goes through all pages, from the first on.
cat >"$scratch/pages.lua" <<LUA
local pages, at = {}, 0
for line in io.lines("$scratch/pages") do pages[#pages + 1] = line end
function request()
  at = at % #pages + 1
  return wrk.format("GET", pages[at])
end
LUA
# ask URL ENCODING PIDS…: "requests/s requests/cpu-second p50 p99 errors"
ask() {
  local url=$1 encoding=$2 before after out
  shift 2
  before=$(cpu_of "$@")
  out=$(taskset -c 1 timeout $((seconds + 30)) wrk -t1 -c"$connections" -d"${seconds}s" --timeout 20s --latency -s "$scratch/pages.lua" \
    -H "Host: $host" -H "Accept-Encoding: $encoding" "$url")
  after=$(cpu_of "$@")
  awk -v cpu=$((after - before)) -v hz="$ticks" '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /requests in/ { n = $1 }
    /Requests\/sec/ { rate = $2 }
    /Non-2xx/ { bad = $NF }
    /Socket errors/ { bad += $4 + $6 + $8 + $10 }
    END { printf "%.1f %.1f %.2f %.2f %d\n", rate, n / (cpu / hz), p50, p99, bad }' <<<"$out"
}
# Every page once: kept from then on, and the same on both sides.
visit() { # URL ENCODING: how many pages, and the bytes of all of them
  local path bytes sum=0
  while read -r path; do
    bytes=$(curl -fs -o "$scratch/page" -w '%{size_download}' -H "Host: $host" -H "Accept-Encoding: $2" "$1$path") || { echo "no page at $1$path" >&2; exit 1; }
    sum=$((sum + bytes))
  done <"$scratch/pages"
  echo "$(wc -l <"$scratch/pages") $sum"
}
print() { printf '%-30s %12s %12s %8s %11s %11s %9s %9s\n' "$@"; }
compare() { # NAME ENCODING TORG-URL WORDPRESS-URL
  local name=$1 encoding=$2 torgs=() words=() ratios=() a b per nper rate nrate p99 np99
  mapfile -t pids < <(wordpress)
  for _ in $(seq "$rounds"); do
    a=$(ask "$3" "$encoding" "$torg_pid")
    b=$(ask "$4" "$encoding" "${pids[@]}")
    [ "${a##* }" = 0 ] && [ "${b##* }" = 0 ] || { echo "errors: $a / $b" >&2; exit 1; }
    read -r rate per _ p99 _ <<<"$a"
    read -r nrate nper _ np99 _ <<<"$b"
    torgs+=("$per")
    words+=("$nper")
    ratios+=("$(awk -v a="$per" -v b="$nper" 'BEGIN {printf "%.1f", a / b}')")
  done
  print "$name" "$(printf '%s\n' "${torgs[@]}" | median)" "$(printf '%s\n' "${words[@]}" | median)" \
    "$(printf '%s\n' "${ratios[@]}" | median)" "$rate" "$nrate" "$p99" "$np99"
}
memory() { # NAME
  mapfile -t pids < <(wordpress)
  local a b
  a=$(memory_of "$torg_pid")
  b=$(memory_of "${pids[@]}")
  echo "memory, $1: Torg $a MB, WordPress $b MB in ${#pids[@]} processes, $(awk -v a="$a" -v b="$b" 'BEGIN {printf "%.1f", b / a}') times as much"
}

kept=http://127.0.0.1:$kept_port made=http://127.0.0.1:$made_port
echo "WordPress $(php -r "include '$site/wp-includes/version.php'; echo \$wp_version;"), PHP $(php -r 'echo PHP_VERSION;'), MariaDB $(mariadbd --version | grep -oE '[0-9.]+-MariaDB' | sed 's/-.*//'), nginx $(nginx -v 2>&1 | grep -oE '[0-9.]+$'), one core, $connections connections"
for encoding in identity gzip; do
  read -r count torg_bytes <<<"$(visit "$torg_url" $encoding)"
  read -r _ wordpress_bytes <<<"$(visit "$kept" $encoding)"
  head=$(curl -fs -D - -o /dev/null -H "Host: $host" -H "Accept-Encoding: $encoding" "$kept$(head -n 1 "$scratch/pages")")
  grep -q 'X-Kept: HIT' <<<"$head" || { echo "nginx does not keep the pages: $head" >&2; exit 1; }
  echo "$count pages on each side, $encoding: $((torg_bytes / count)) bytes a page from Torg, $((wordpress_bytes / count)) from WordPress"
done
print "" torg/cpu-s wp/cpu-s ratio torg/s wp/s torg-p99 wp-p99
compare "kept, not packed" identity "$torg_url" "$kept"
compare "kept, gzip" gzip "$torg_url" "$kept"
memory "with everything kept"
kill "$torg_pid"
wait "$torg_pid" 2>/dev/null || true
started=("$web" "$php" "$sql")
start_torg demo --data "$scratch/data" --cache-bytes 0
torg_pid=$PID torg_url=$URL
compare "made each time, not packed" identity "$torg_url" "$made"
memory "after that"
