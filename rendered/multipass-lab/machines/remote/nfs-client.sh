#!/usr/bin/env bash
# Lets this machine mount the cluster's NFS export, and proves it by mounting it once and writing a file:
# nfs-client.sh SERVER DIRECTORY. Run it as root; running it again changes nothing.
set -euo pipefail

readonly SERVER=${1:?usage: nfs-client.sh SERVER DIRECTORY}
readonly DIRECTORY=${2:?usage: nfs-client.sh SERVER DIRECTORY}

if ! dpkg-query --show --showformat '${db:Status-Status}\n' nfs-common 2>/dev/null | grep -qx installed; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes nfs-common
fi

mountpoint=$(mktemp -d)
trap 'umount "$mountpoint" 2>/dev/null || true; rmdir "$mountpoint"' EXIT

# soft: a server that is not there is an error after some seconds, not a process that hangs for good.
mount -t nfs -o soft,timeo=50,retrans=2,retry=0 "$SERVER:$DIRECTORY" "$mountpoint"
probe=$(mktemp "$mountpoint/.stackwright.XXXXXX")
rm -- "$probe"
echo "$SERVER:$DIRECTORY can be mounted and written here"
