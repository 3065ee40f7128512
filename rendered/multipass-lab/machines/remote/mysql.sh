#!/usr/bin/env bash
# Makes this machine a MySQL server for these databases: mysql.sh SETTINGS ADDRESS CLIENTS CERTIFICATE KEY [DATABASE USER PASSWORD]...
# It listens at ADDRESS, and lets each USER into its DATABASE from CLIENTS, which are NETWORK/NETMASK. SETTINGS, CERTIFICATE, KEY and each
# PASSWORD are files. Run it as root; running it again with another certificate or password is how they are rotated.
#
# ROOT names a directory whose files are written instead of those in /, for tests.
set -euo pipefail

readonly USAGE='usage: mysql.sh SETTINGS ADDRESS CLIENTS CERTIFICATE KEY [DATABASE USER PASSWORD]...'
readonly SETTINGS=${1:?$USAGE}
readonly ADDRESS=${2:?$USAGE}
readonly CLIENTS=${3:?$USAGE}
readonly CERTIFICATE=${4:?$USAGE}
readonly KEY=${5:?$USAGE}
readonly ACCOUNTS=("${@:6}")
readonly ROOT=${ROOT:-}
# How long a start may take, in seconds.
readonly PATIENCE=${PATIENCE:-120}

refuse() {
  printf 'mysql: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
((${#ACCOUNTS[@]} % 3 == 0)) || refuse 'an account lacks its user or its password' "$USAGE"

# What a login cannot be is refused before anything is changed. Neither SQL nor a file of options has a way to write some of them.
for ((i = 2; i < ${#ACCOUNTS[@]}; i += 3)); do
  password=$(<"${ACCOUNTS[i]}")
  [[ $password =~ ^[[:print:]]+$ ]] ||
    refuse "${ACCOUNTS[i]} is no password: it is empty, or has a line break in it" 'write one line, or delete the file and render'
done

# Debian and Ubuntu have one name for the server that they prefer: MariaDB and MySQL.
if ! dpkg-query --show --showformat '${db:Status-Status}\n' default-mysql-server 2>/dev/null | grep -qx installed &&
  ! [[ -x /usr/sbin/mysqld || -x /usr/sbin/mariadbd ]]; then
  command -v apt-get >/dev/null || refuse 'this machine has no apt-get' 'take Debian 12, Ubuntu 22.04 or newer'
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes default-mysql-server
fi
# The last of the folders that the package's my.cnf reads: what is in it wins.
if [[ -d /etc/mysql/mariadb.conf.d ]]; then unit=mariadb folder=/etc/mysql/mariadb.conf.d; else unit=mysql folder=/etc/mysql/mysql.conf.d; fi

changed=
# put MODE FILE TARGET: in place, if it is not there yet just like this. mysqld's group may read what others may not.
put() {
  local target=$ROOT$3
  if cmp --quiet -- "$2" "$target" && [[ $(stat --format %a:%G -- "$target") == "${1#0}:mysql" ]]; then return; fi
  # No moment shows half a file, and none a key that others can read.
  install -D -m "$1" -g mysql -- "$2" "$target.new"
  mv -- "$target.new" "$target"
  echo "changed: $3"
  changed=yes
}
put 0644 "$SETTINGS" "$folder/zz-stackwright.cnf"
put 0644 "$CERTIFICATE" /etc/mysql/stackwright/tls.crt
put 0640 "$KEY" /etc/mysql/stackwright/tls.key
# It can't listen at an address that the machine has not got yet.
cat >"$scratch/unit" <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target
UNIT
put 0644 "$scratch/unit" "/etc/systemd/system/$unit.service.d/stackwright.conf"

[[ -z $changed ]] || systemctl daemon-reload
systemctl enable --quiet "$unit.service"
if [[ -n $changed ]] || ! systemctl is-active --quiet "$unit.service"; then
  systemctl restart "$unit.service" ||
    refuse "$unit.service does not start with $folder/zz-stackwright.cnf" "look why: journalctl --unit $unit.service --lines 50"
  echo "started: $unit.service"
fi

# By its socket root needs no password. What is asked comes by the client's input, and no list of processes shows that.
administer() { mysql --no-defaults --protocol=socket --user=root --batch --skip-column-names; }
waited=0
until administer <<<'SELECT 1' >/dev/null 2>&1; do
  ((++waited <= PATIENCE)) || refuse "the server does not answer after $PATIENCE seconds" "look why: journalctl --unit $unit.service --lines 50"
  sleep 1
done

# quoted TEXT: as a string of SQL, in the mode that is set below.
quoted() {
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\\\'}"
}

# account DATABASE USER PASSWORD: what makes it so, whatever was there. A log of statements would show the password.
account() {
  local at
  at="'$2'@'$CLIENTS'"
  printf "SET SESSION sql_mode = '', SESSION sql_log_off = ON, SESSION sql_log_bin = OFF, SESSION long_query_time = 3600;\n"
  # shellcheck disable=SC2016 # the backticks are SQL's
  printf 'CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4;\n' "$1"
  printf 'CREATE USER IF NOT EXISTS %s IDENTIFIED BY %s REQUIRE SSL;\n' "$at" "$(quoted "$3")"
  printf 'ALTER USER %s IDENTIFIED BY %s REQUIRE SSL;\n' "$at" "$(quoted "$3")"
  # What it was given before by another hand goes. In a grant, _ would stand for any letter.
  printf 'REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s;\n' "$at"
  # shellcheck disable=SC2016
  printf 'GRANT ALL PRIVILEGES ON `%s`.* TO %s;\n' "${1//_/\\_}" "$at"
}

# Over the network and by TLS, as a client on this machine. The password goes by a pipe.
comes_in() {
  mysql --defaults-file=<(printf '[client]\npassword="%s"\n' "${3//\\/\\\\}") --protocol=tcp --host="$ADDRESS" --user="$2" \
    --ssl-ca="$CERTIFICATE" --database="$1" --batch --skip-column-names --execute "SHOW SESSION STATUS LIKE 'Ssl_cipher'"
}

for ((i = 0; i < ${#ACCOUNTS[@]}; i += 3)); do
  database=${ACCOUNTS[i]} user=${ACCOUNTS[i + 1]} password=$(<"${ACCOUNTS[i + 2]}")
  # What the server says of a mistake quotes what is near it.
  said=$(account "$database" "$user" "$password" | administer 2>&1) ||
    refuse "the server refuses the account $user of $database" "${said%% near *}"
  cipher=$(comes_in "$database" "$user" "$password" 2>&1) || refuse "$user can't come into $database at $ADDRESS" "$cipher"
  [[ $cipher == Ssl_cipher$'\t'?* ]] || refuse "$user comes into $database without TLS" 'look at the settings of the client in /etc/mysql'
  echo "$user comes into $database from ${CLIENTS%/*}, by TLS"
done
