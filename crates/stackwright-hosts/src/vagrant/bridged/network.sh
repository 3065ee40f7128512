#!/usr/bin/env bash
# Gives this machine's bridged interface its addresses and its way out, by netplan: network.sh INTERFACE FILE. Run it as root; running it
# again changes nothing.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly USAGE='usage: network.sh INTERFACE FILE'
readonly INTERFACE=${1:?$USAGE}
readonly FILE=${2:?$USAGE}
readonly ROOT=${ROOT:-}
# After what the box and Vagrant have: netplan reads them in the order of their names.
readonly TARGET=$ROOT/etc/netplan/60-stackwright.yaml

refuse() {
  printf 'network: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# netplan would wait for it in silence.
[[ -e $ROOT/sys/class/net/$INTERFACE ]] ||
  refuse "this machine has no $INTERFACE; it has: $(cd "$ROOT/sys/class/net" && echo *)" \
    "say in the code what the box calls the bridged one (the NIC's interface), and render"

if cmp --quiet -- "$FILE" "$TARGET"; then
  echo "$INTERFACE has its addresses, and nothing changed"
  exit
fi
old=$(mktemp)
trap 'rm -f "$old"' EXIT
[[ ! -e $TARGET ]] || cp -- "$TARGET" "$old"
install -D -m 0600 -- "$FILE" "$TARGET"
if ! netplan generate; then
  if [[ -s $old ]]; then install -m 0600 -- "$old" "$TARGET"; else rm -- "$TARGET"; fi
  refuse "netplan does not take $FILE: it says why above" 'the machine keeps what it had'
fi
netplan apply
echo "$INTERFACE gets its addresses"
