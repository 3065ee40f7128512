#!/usr/bin/env bash
# Points apt at a mirror of Ubuntu's archives: apt-mirror.sh http://mirror.example. Vagrant runs it as root when a machine
# is first started; running it again changes nothing.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly MIRROR=${1:?usage: apt-mirror.sh URL}
readonly ROOT=${ROOT:-}

if [[ ! $MIRROR =~ ^https?://[A-Za-z0-9._:/-]+$ ]]; then
  echo "apt-mirror: '$MIRROR' is not the URL of a mirror, such as http://mirror.example" >&2
  exit 2
fi

release=$(sed -n 's/^VERSION_CODENAME=//p' "$ROOT/etc/os-release")
case $release in
  jammy) sources=$ROOT/etc/apt/sources.list ;;
  noble) sources=$ROOT/etc/apt/sources.list.d/ubuntu.sources ;;
  *)
    echo "apt-mirror: knows Ubuntu jammy and noble, this is '$release': leave the mirror out of the cluster" >&2
    exit 1
    ;;
esac

machine=$(uname -m)
case $machine in
  x86_64) archive=ubuntu ;;
  aarch64) archive=ubuntu-ports ;;
  *)
    echo "apt-mirror: knows x86_64 and aarch64, this is '$machine': leave the mirror out of the cluster" >&2
    exit 1
    ;;
esac

# Ubuntu's archives lie directly under their host, unlike other vendors' repositories, which stay as they are. The same
# expression serves the lines "deb [options] URL suite" and, in deb822, "URIs: URL".
url=${MIRROR%/}/$archive/
sed -E -i "/^(deb|deb-src|URIs:)[[:blank:]]/s#https?://[^/[:blank:]]+/$archive/?([[:blank:]]|\$)#$url\1#g" "$sources"

if ! grep -qF -- "$url" "$sources"; then
  echo "apt-mirror: $sources names no $archive archive" >&2
  exit 1
fi
