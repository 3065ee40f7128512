#!/usr/bin/env bash
# Makes this machine a MongoDB server for these databases: mongodb.sh SETTINGS ACCOUNTS CERTIFICATE KEY ADMINISTRATOR. ADMINISTRATOR is a
# file with the password of who makes the accounts. Beside ACCOUNTS lie the script that makes them and the list of repositories. Run it as
# root; running it again with another certificate or password is how they are rotated.
#
# ROOT names a directory whose files are written instead of those in /, for tests.
set -euo pipefail

readonly USAGE='usage: mongodb.sh SETTINGS ACCOUNTS CERTIFICATE KEY ADMINISTRATOR'
readonly SETTINGS=${1:?$USAGE}
readonly ACCOUNTS=${2:?$USAGE}
readonly CERTIFICATE=${3:?$USAGE}
readonly KEY=${4:?$USAGE}
readonly ADMINISTRATOR=${5:?$USAGE}
readonly HERE=${ACCOUNTS%/*}
readonly ROOT=${ROOT:-}
readonly FOLDER=$ROOT/etc/stackwright/mongodb
readonly KEYRING=$ROOT/etc/apt/keyrings/mongodb.asc
# How long a start may take, in seconds.
readonly PATIENCE=${PATIENCE:-120}

refuse() {
  printf 'mongodb: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [[ $(uname -m) == x86_64 ]] && ! grep -qw avx "${CPUINFO:-/proc/cpuinfo}"; then
  # https://www.mongodb.com/docs/manual/administration/production-notes/#x86_64
  refuse 'this processor has no AVX, without which mongod ends at once' 'give the virtual machine the processor of its host'
fi

install_packages() {
  local id codename line key fingerprint found=
  # shellcheck source=/dev/null
  id=$(. "$ROOT/etc/os-release" && echo "$ID") codename=$(. "$ROOT/etc/os-release" && echo "$VERSION_CODENAME")
  while IFS='|' read -r own_id own_codename line key fingerprint; do
    [[ $own_id:$own_codename == "$id:$codename" ]] && found=yes && break
  done <"$HERE/mongodb-repositories"
  [[ -n $found ]] || refuse "MongoDB's makers have no packages for $id $codename" \
    "take one of: $(cut -d '|' -f 1,2 --output-delimiter ' ' "$HERE/mongodb-repositories" | paste --serial --delimiters ,)"
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes curl gnupg ca-certificates
  curl --fail --silent --show-error --location --retry 3 --proto '=https' --output "$scratch/key.asc" "$key" ||
    refuse "the key of MongoDB's packages can't be downloaded" "look at this machine's way to the internet"
  # The one key that is pinned, and no other beside it.
  [[ $(gpg --show-keys --with-colons "$scratch/key.asc" | awk -F: '$1 == "pub" { wanted = 1 } $1 == "fpr" && wanted { print $10; wanted = 0 }') == "$fingerprint" ]] ||
    refuse "$key is not the key that is pinned, $fingerprint" "look who changed it; if its makers did, pin the new one"
  install -D -m 0644 -- "$scratch/key.asc" "$KEYRING"
  install -D -m 0644 /dev/stdin "$ROOT/etc/apt/sources.list.d/mongodb.list" <<<"deb [signed-by=/etc/apt/keyrings/mongodb.asc] $line"
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes mongodb-org
}
if ! dpkg-query --show --showformat '${db:Status-Status}\n' mongodb-org 2>/dev/null | grep -qx installed; then install_packages; fi

changed=
# put MODE FILE TARGET: in place, if it is not there yet just like this. mongod's group may read what others may not.
put() {
  local target=$ROOT$3
  if cmp --quiet -- "$2" "$target" && [[ $(stat --format %a:%G -- "$target") == "${1#0}:mongodb" ]]; then return; fi
  # No moment shows half a file, and none a key that others can read.
  install -D -m "$1" -g mongodb -- "$2" "$target.new"
  mv -- "$target.new" "$target"
  echo "changed: $3"
  changed=yes
}
(umask 077 && cat "$KEY" "$CERTIFICATE" >"$scratch/server.pem")
put 0644 "$SETTINGS" /etc/mongod.conf
put 0644 "$CERTIFICATE" /etc/stackwright/mongodb/tls.crt
put 0640 "$scratch/server.pem" /etc/stackwright/mongodb/server.pem
# It can't listen at an address that the machine has not got yet, and its package does not start it again.
cat >"$scratch/unit" <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target

[Service]
Restart=on-failure
UNIT
put 0644 "$scratch/unit" /etc/systemd/system/mongod.service.d/stackwright.conf

[[ -z $changed ]] || systemctl daemon-reload
systemctl enable --quiet mongod.service
if [[ -n $changed ]] || ! systemctl is-active --quiet mongod.service; then
  systemctl restart mongod.service ||
    refuse 'mongod.service does not start with /etc/mongod.conf' 'look why: journalctl --unit mongod.service --lines 50'
  echo 'started: mongod.service'
fi

# The password of the run before is needed where this one brings another.
readonly KNOWN=$FOLDER/administrator
[[ -e $KNOWN ]] || install -D -m 0600 -- "$ADMINISTRATOR" "$KNOWN"
# Passwords are read by the script from files: neither the list of processes nor an environment shows one.
env HOME="$scratch" TOLD="$ACCOUNTS" KNOWN="$KNOWN" PATIENCE="$PATIENCE" mongosh --nodb --norc --quiet --file "$HERE/mongodb-accounts.js" ||
  refuse 'not all accounts are as they should be' 'mend what is said above, and run this again'
cmp --quiet -- "$ADMINISTRATOR" "$KNOWN" || install -m 0600 -- "$ADMINISTRATOR" "$KNOWN"
