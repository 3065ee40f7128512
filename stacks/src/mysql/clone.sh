#!/usr/bin/env bash
# The init container `clone`: sees to it that a data directory exists. Data that is there is never touched. An empty
# volume gets a copy of the donor that configure.sh chose, or, on a primary that has no other member, a new server.
# Either is made beside its place and renamed into it, so that the data directory is whole or absent.
set -euo pipefail
umask 077

: "${POD_NAME:?set it from metadata.name}"
: "${SERVICE:?set it to the full name of the headless Service, with the final dot}"

data=/var/lib/mysql/data
new=/var/lib/mysql/data.new
# CLONE runs inside a server: a throw-away one without a network, which holds nothing.
scratch=/var/lib/mysql/scratch

say() { printf 'clone: %s\n' "$1"; }
fail() {
  printf 'clone: %s\n' "$1" >&2
  exit 1
}

# Prints the client's error for a host; nothing when the host let the clone account in.
refusal() { mysql --defaults-file=/run/mysql/donor.cnf --host="$1" --execute='DO 0' 2>&1 || true; }

put_in_place() {
  rm -rf "$scratch"
  sync --file-system "$new"
  mv "$new" "$data"
  sync --file-system "$data"
}

if [[ -d $data ]]; then
  say "$data has data, nothing to do"
  exit 0
fi
rm -rf "$new" "$scratch"

donor=$(</run/mysql/donor)
while true; do
  answer=$(refusal "$donor")
  case $answer in
    '') break ;;
    *'ERROR 2005 '*'(-2)'*)
      # No such name: EAI_NONAME; any other number means that it is not known. For a primary it means that no replica exists which
      # could hold the data, but only if names can be looked up at all: the pod's own must be found. The headless Service publishes
      # pods that are not ready. The final dot keeps both questions inside of the cluster, and out of the pod's /etc/hosts.
      if [[ $POD_NAME == *-0 && $(refusal "$POD_NAME.$SERVICE") != *'ERROR 2005 '* ]]; then
        say "$donor does not exist: initialising a new primary"
        mysqld --defaults-file=/run/mysql/my.cnf --initialize-insecure --datadir="$new"
        put_in_place
        exit 0
      fi
      ;;
    *'ERROR 2'* | *'ERROR 1040 '* | *'ERROR 1053 '* | *'ERROR 3032 '*) ;; # Not up yet, full, stopping, or still closed.
    *)
      fail "$donor answers, but refuses the clone account: $answer. The Secret of the clone account and what $donor took from it at its last start differ; restart $donor if the Secret was changed"
      ;;
  esac
  say "waiting for $donor: $answer"
  sleep 2
done

say "copying the data of $donor"
server=(--no-defaults --datadir="$scratch" --secure-file-priv=NULL --mysqlx=OFF --skip-networking --disable-log-bin
  --socket=/run/mysql/scratch.sock --tmpdir=/tmp --plugin-load-add=mysql_clone.so
  --performance-schema=OFF --innodb-buffer-pool-size=32M --innodb-redo-log-capacity=8M)
mysqld "${server[@]}" --initialize-insecure 2>/run/mysql/scratch.log || fail "no throw-away server: $(</run/mysql/scratch.log)"
mysqld "${server[@]}" 2>/run/mysql/scratch.log &
client=(--no-defaults --user=root --socket=/run/mysql/scratch.sock)
until mysqladmin "${client[@]}" ping &>/run/mysql/ping.log; do
  kill -0 $! 2>/dev/null || fail "no throw-away server: $(</run/mysql/scratch.log)"
  sleep 0.2
done
mysql "${client[@]}" </run/mysql/clone.sql || fail "the copy of $donor failed, see the error above; it is tried again from the start"
kill $!
wait $! || true
put_in_place
say "copied the data of $donor"
