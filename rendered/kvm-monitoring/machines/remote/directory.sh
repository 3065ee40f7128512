#!/usr/bin/env bash
# Makes directories for volumes on this machine, each for the user that writes there and nobody else: directory.sh (PATH USER)...
# Run it as root; running it again changes nothing. One that is there stays as it is: once a pod has mounted it, it is its group's.
set -euo pipefail

(($# && $# % 2 == 0)) || { echo "usage: directory.sh (PATH USER)..." >&2; exit 2; }

while (($#)); do
  path=$1 user=$2
  shift 2
  if [[ ! -d $path ]]; then
    # What is above it belongs to root, and everyone may pass.
    install --directory --mode 0755 -- "$(dirname -- "$path")"
    install --directory --mode 0700 --owner "$user" --group "$user" -- "$path"
  fi
  echo "$path is there, of user $(stat --format %u -- "$path")"
done
