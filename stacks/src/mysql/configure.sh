#!/usr/bin/env bash
# The init container `configure`, the only one that sees the Secrets. From the pod's name and the mounted credentials it
# writes what the other containers run with. All of it lies in /run/mysql, which is memory:
#   my.cnf     the server: who this member is, then the common file and the role's
#   init.sql   what mysqld runs at every start, before it listens
#   root.cnf   how the probes reach the server
#   donor      the member that clone.sh copies, when it must
#   donor.cnf  how it reaches that member, and as whom
#   clone.sql  the copying itself
set -euo pipefail
umask 077
export LC_ALL=C

fail() {
  printf 'configure: %s\n' "$1" >&2
  exit 1
}

: "${POD_NAME:?set it from metadata.name}"
: "${SERVICE:?set it to the full name of the headless Service, with the final dot}"
: "${DATABASE:?set it to the name of the database}"
: "${CONNECTIONS:?set it to how many clients are served at once}"

# Without the dot a resolver tries the name under other domains, and in the end outside of the cluster, where no answer or a wrong
# one would pass for the cluster's.
[[ $SERVICE =~ ^[a-z0-9.-]+\.$ ]] ||
  fail "SERVICE is '$SERVICE': write the full name with the final dot, such as mysql.database.svc.cluster.local."
[[ $CONNECTIONS =~ ^[1-9][0-9]*$ ]] || fail "CONNECTIONS is '$CONNECTIONS', not a number of clients"
[[ $POD_NAME =~ ^(.+)-([0-9]+)$ ]] || fail "POD_NAME is '$POD_NAME', not a StatefulSet's NAME-ORDINAL"
set_name=${BASH_REMATCH[1]}
ordinal=${BASH_REMATCH[2]}

member() { printf '%s-%s.%s' "$set_name" "$1" "$SERVICE"; }

# Prints /secrets/ROLE/KEY. A line break is refused: the server, the clients and the application would not agree on
# whether it belongs to the value.
secret() {
  local file=/secrets/$1/$2 value
  [[ -r $file ]] || fail "$file cannot be read: mount the Secret of the $1 account there, with the key $2"
  if IFS= read -r -d '' value <"$file"; then
    fail "$file holds a NUL byte: write the Secret again, as text"
  fi
  [[ -n $value ]] || fail "$file is empty: put a value into the key $2 of the Secret of the $1 account"
  [[ $value != *[[:cntrl:]]* ]] ||
    fail "$file holds a line break or another control character: write the Secret again without it (printf '%s', not echo)"
  printf '%s' "$value"
}

# The three quote for SQL strings, SQL names and option files.
backslash=\\ quote=\' double=\" tick=\`
text() {
  local value=${1//"$backslash"/"$backslash$backslash"}
  printf "'%s'" "${value//"$quote"/"$quote$quote"}"
}
name() { printf '%s' "$tick${1//"$tick"/"$tick$tick"}$tick"; }
option() {
  local value=${1//"$backslash"/"$backslash$backslash"}
  printf '"%s"' "${value//"$double"/"$backslash$double"}"
}

# Names of databases are patterns in GRANT.
pattern=${DATABASE//_/\\_}
pattern=${pattern//%/\\%}

root_password=$(secret root password)
application=$(secret application username)
application_password=$(secret application password)
replication=$(secret replication username)
replication_password=$(secret replication password)
clone=$(secret clone username)
clone_password=$(secret clone password)

for account in "$application" "$replication" "$clone"; do
  [[ $account != root && $account != mysql.* ]] ||
    fail "an account may not be called '$account': that name is the server's own, choose another in the Secret"
done
[[ $application != "$replication" && $replication != "$clone" && $clone != "$application" ]] ||
  fail "the application, replication and clone accounts need three different user names, or one would get the rights of two"
((${#replication_password} <= 32)) ||
  fail "the replication password has ${#replication_password} bytes: MySQL stores 32 at most, shorten it in the Secret"

if ((ordinal == 0)); then
  role=primary
  # Only asked when the primary's own volume is empty.
  donor=$(member 1)
else
  role=replica
  donor=$(member $((ordinal - 1)))
fi

cat >/run/mysql/my.cnf <<CNF
[mysqld]
server_id = $((100 + ordinal))
report_host = $(member "$ordinal")
max_connections = $CONNECTIONS
!include /config/common.cnf
!include /config/$role.cnf
CNF

# ALTER follows CREATE so that a changed Secret takes effect at the next start. Accounts are not replicated: every member
# sets its own, so its probes never depend on when another member was restarted.
account() { # USER PASSWORD REQUIREMENT RIGHTS
  printf "CREATE USER IF NOT EXISTS %s@'%%';\n" "$(text "$1")"
  printf "ALTER USER %s@'%%' IDENTIFIED WITH caching_sha2_password BY %s REQUIRE %s;\n" "$(text "$1")" "$(text "$2")" "$3"
  printf "GRANT %s TO %s@'%%';\n" "$4" "$(text "$1")"
}
{
  echo "SET GLOBAL super_read_only = OFF;"
  echo "SET SESSION sql_log_bin = OFF;"
  echo "ALTER USER 'root'@'localhost' IDENTIFIED WITH caching_sha2_password BY $(text "$root_password");"
  account "$application" "$application_password" SSL "ALL ON $(name "$pattern").*"
  account "$replication" "$replication_password" SSL "REPLICATION SLAVE ON *.*"
  account "$clone" "$clone_password" SSL "BACKUP_ADMIN ON *.*"
  echo "SET SESSION sql_log_bin = ON;"
  if [[ $role == primary ]]; then
    # A primary whose data came from a replica still knows that replica's source.
    echo "RESET REPLICA ALL;"
    echo "CREATE DATABASE IF NOT EXISTS $(name "$DATABASE");"
  else
    echo "SET GLOBAL super_read_only = ON;"
    printf 'CHANGE REPLICATION SOURCE TO SOURCE_HOST = %s, SOURCE_PORT = 3306, SOURCE_USER = %s, SOURCE_PASSWORD = %s, ' \
      "$(text "$(member 0)")" "$(text "$replication")" "$(text "$replication_password")"
    # A retry count of 0 means for ever.
    echo "SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_CONNECT_RETRY = 2, SOURCE_RETRY_COUNT = 0;"
    echo "START REPLICA;"
  fi
  echo "SET GLOBAL offline_mode = OFF;"
} >/run/mysql/init.sql

cat >/run/mysql/root.cnf <<CNF
[client]
socket = /run/mysql/mysqld.sock
user = root
password = $(option "$root_password")
CNF

printf '%s' "$donor" >/run/mysql/donor
cat >/run/mysql/donor.cnf <<CNF
[client]
port = 3306
user = $(option "$clone")
password = $(option "$clone_password")
ssl_mode = REQUIRED
connect_timeout = 5
CNF

cat >/run/mysql/clone.sql <<SQL
SET GLOBAL clone_valid_donor_list = $(text "$donor:3306");
CLONE INSTANCE FROM $(text "$clone")@$(text "$donor"):3306 IDENTIFIED BY $(text "$clone_password") DATA DIRECTORY = '/var/lib/mysql/data.new' REQUIRE SSL;
SQL

printf 'configure: %s is a %s, server id %s\n' "$POD_NAME" "$role" $((100 + ordinal))
