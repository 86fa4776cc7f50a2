#!/bin/sh
# Makes real foreign files with a real WordPress (Debian's package) and a real wget:
#   OUT/export.xml       what “Tools, Export” gives
#   OUT/site.warc.gz     the site as `wget --warc-file` saves it
#   OUT/site.warc        the same unpacked
#   OUT/small.warc.gz    a few of its pages, an old address and one that is not there
#                        (strip.py makes the fixture small.warc.gz of it)
#   OUT/mirror/          the same as `wget --mirror --convert-links` saves it
# Needs: wordpress and one of its themes (wordpress-theme-twentytwentythree), mariadb-server php-cli
# php-mysql php-xml php-gd wget. Everything runs on loopback, in a folder of its own, and is ended by its process number.
# Usage: wordpress.sh OUT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
port=${TORG_TEST_WORDPRESS_PORT:-18480}
work=$(mktemp -d /tmp/torg-wordpress.XXXXXX)
database= ; server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$database" ] || { kill "$database" 2>/dev/null || true; wait "$database" 2>/dev/null || true; }
    rm -rf "$work"
}
trap end EXIT INT TERM

mkdir -p "$work/data" "$work/site"
chmod 755 "$work"
user=$(id -un)
mariadb-install-db --no-defaults --datadir="$work/data" --user="$user" --auth-root-authentication-method=normal >/dev/null 2>&1
mariadbd --no-defaults --datadir="$work/data" --user="$user" --socket="$work/sql.sock" --skip-networking \
    --pid-file="$work/sql.pid" >"$work/sql.log" 2>&1 &
database=$!
for _ in $(seq 100); do
    mariadb --no-defaults --socket="$work/sql.sock" -uroot -e 'CREATE DATABASE wp CHARACTER SET utf8mb4' 2>/dev/null && break
    sleep 0.2
done

cp -rL /usr/share/wordpress/. "$work/site/"
rm -rf "$work/site/wp-config.php" "$work/site/wp-content/uploads"
mkdir -p "$work/site/wp-content/uploads"
cat >"$work/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:$work/sql.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false); define('WPLANG', 'sv_SE');
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
TORG_SITE="$work/site" TORG_PORT="$port" php -d memory_limit=1G "$here/content.php"
TORG_SITE="$work/site" TORG_PORT="$port" php -d memory_limit=1G "$here/export.php" >"$out/export.xml"

php -d memory_limit=512M -S "127.0.0.1:$port" -t "$work/site" "$here/router.php" >"$work/php.log" 2>&1 &
server=$!
for _ in $(seq 50); do
    wget -q -O /dev/null "http://127.0.0.1:$port/" && break
    sleep 0.2
done
cd "$work"
rm -rf "$out/mirror" "$out"/*.warc*
# wget answers 8 when some page was not found, which is what is wanted here.
timeout 240 wget -q --recursive --level=inf --page-requisites --no-parent --reject-regex '/wp-json/|/wp-admin/|xmlrpc|/feed/' \
    --warc-file="$out/site" --directory-prefix="$work/first" "http://127.0.0.1:$port/" || [ $? = 8 ]
site="http://127.0.0.1:$port"
timeout 60 wget -q --warc-file="$out/small" --directory-prefix="$work/small" "$site/" "$site/bygga-och-bo/" \
    "$site/bygga-och-bo/bygglov/" "$site/bygga-och-bo/bygglov/kostnad/" "$site/bada/" "$site/kontakt/" \
    "$site/2026/03/bron-oppnar/" "$site/2026/02/tecken-marken-i-rubrik/" "$site/category/vagar/" \
    "$site/bara-for-namnden/" "$site/finns-inte/" "$site/?p=11" "$site/wp-content/uploads/2026/03/bron.jpg" || [ $? = 8 ]
gunzip -k "$out/site.warc.gz"
timeout 240 wget -q --mirror --page-requisites --convert-links --adjust-extension --no-parent \
    --reject-regex '/wp-json/|/wp-admin/|xmlrpc|/feed/' --directory-prefix="$out/mirror" "http://127.0.0.1:$port/" || [ $? = 8 ]
ls -la "$out"
