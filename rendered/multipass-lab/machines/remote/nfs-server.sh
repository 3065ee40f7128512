#!/usr/bin/env bash
# Makes this machine the cluster's NFS server: nfs-server.sh DIRECTORY EXPORTS-FILE [DISK]. Run it as root; running it again
# changes nothing. DISK is where the data disk is mounted that the directory has to be on.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly DIRECTORY=${1:?usage: nfs-server.sh DIRECTORY EXPORTS-FILE [DISK]}
readonly EXPORTS=${2:?usage: nfs-server.sh DIRECTORY EXPORTS-FILE [DISK]}
readonly DISK=${3:-}
readonly ROOT=${ROOT:-}

if ! dpkg-query --show --showformat '${db:Status-Status}\n' nfs-kernel-server 2>/dev/null | grep -qx installed; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes nfs-kernel-server
fi

# A client's root is nobody here, and nobody has to make one directory for each volume.
install -d -o nobody -g nogroup -m 0777 "$ROOT$DIRECTORY"
if [[ -n $DISK && $(findmnt --noheadings --output TARGET --target "$ROOT$DIRECTORY") != "$ROOT$DISK" ]]; then
  printf 'nfs-server: %s\n  %s\n' "$DIRECTORY is not on the data disk, which belongs at $DISK" \
    "run './bootstrap.sh hosts', or export a directory of that disk" >&2
  exit 1
fi
install -D -m 0644 -- "$EXPORTS" "$ROOT/etc/exports.d/stackwright.exports"

systemctl enable --now nfs-kernel-server
exportfs -ra
exportfs -v
