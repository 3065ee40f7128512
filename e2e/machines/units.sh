#!/usr/bin/env bash
# systemd reads every unit that scripts left on machines which are directories: units.sh FOLDER-OF-MACHINES
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

units=0
while IFS= read -r -d '' unit; do
  # A disk with systemd's own units, and the programs that the unit starts: what these do is not looked at.
  root=$work/$units
  mkdir -p "$root/etc/systemd/system" "$root/lib/systemd"
  cp -r /lib/systemd/system "$root/lib/systemd/"
  cp "$unit" "$root/etc/systemd/system/"
  while read -r program; do
    install -D -m 0755 /dev/null "$root$program"
  done < <(sed -n 's/^Exec[A-Za-z]*=[-@:+!]*\(\/[^ ]*\).*/\1/p' "$unit")
  systemd-analyze --root="$root" --man=no --recursive-errors=no verify "$root/etc/systemd/system/${unit##*/}"
  units=$((units + 1))
done < <(find "$1" -path '*/etc/systemd/system/*.service' -type f -print0)
((units > 0))
echo "systemd: $units units"
