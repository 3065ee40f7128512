#!/usr/bin/env bash
# Bash finds the very text of crates/stackwright-hosts/tests/hostile.txt in what the tests rendered of it, and runs nothing of it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
hostile=$root/crates/stackwright-hosts/tests/hostile.txt

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# What a snapshot holds: all but its header, which ends at the second line of three hyphens.
awk 'found >= 2 { print } $0 == "---" { found++ }' "$root/snapshots/hosts/hostile-libvirt.snap" >values
# shellcheck disable=SC2016 # the inner shell expands it
bash -c 'source ./values; printf "%s" "${CONNECTIONS[0]}" >connection; printf "%s" "$URL" >url'
cmp connection <(printf 'qemu:///system?%s' "$(tr -d '[:space:]' <"$hostile")")
cmp url <(printf 'https://a.example/' && cat "$hostile" && printf /image.img)
[[ ! -e pwned && ! -e touchpwned ]] || {
  echo 'a hostile value was run' >&2
  exit 1
}
echo 'hostile values: the same text in Bash, and nothing was run'
