# For the other scripts: starts a PostgreSQL of its own. Sets POSTGRES to its address; stops at exit.
# Words after the folder are put before the server's own command line (LD_PRELOAD=… and the like).
start_postgres() {
  local folder=$1 bin port as=()
  shift
  for file in "$(command -v initdb)" /usr/lib/postgresql/*/bin/initdb; do
    [ -x "$file" ] && bin=$(dirname "$(readlink -f "$file")") && break
  done
  [ -n "${bin:-}" ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; return 1; }
  mkdir -p "$folder"
  chmod 755 "$folder"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as=(runuser -u postgres --)
  fi
  port=$(node -e 's=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  (
    cd "$folder" || exit 1
    "${as[@]}" "$bin/initdb" -D data -U torg --auth=trust --encoding=UTF8 --locale=C --no-sync >init.log 2>&1 &&
      "${as[@]}" env "$@" "$bin/pg_ctl" -D data -w -l server.log \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=200" start >start.log 2>&1
  ) || { cat "$folder"/*.log >&2; return 1; }
  PG_STOP=("${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop)
  POSTGRES=postgres://torg@127.0.0.1:$port
  PSQL=(psql -q -h 127.0.0.1 -p "$port" -U torg)
}
stop_postgres() { [ -z "${PG_STOP:-}" ] || (cd / && "${PG_STOP[@]}" >/dev/null 2>&1); }
