#!/usr/bin/env bash
# Makes the bridge of a network inside this computer, now and at each start, and lets the computer forward: instances-network.sh BRIDGE ADDRESS/PREFIX
# Run it as root; running it again changes nothing.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly USAGE='usage: instances-network.sh BRIDGE ADDRESS/PREFIX'
readonly BRIDGE=${1:?$USAGE}
readonly ADDRESS=${2:?$USAGE}
readonly ROOT=${ROOT:-}
readonly UNIT=$ROOT/etc/systemd/system/instances-network.service

refuse() {
  printf 'instances-network: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# Two interfaces of one subnet would take each other's answers. Multipass chooses one for its own bridge.
other=$(ip -oneline -family inet address show to "$ADDRESS" | awk -v own="$BRIDGE" '$2 != own && !seen++ { print $2 }')
[[ -z $other ]] || refuse "$other has an address of the subnet of $ADDRESS" \
  "take another subnet for the instances in the code, and render; 'ip address' shows which are taken"

unit=$(mktemp)
trap 'rm -f "$unit"' EXIT
# The bridge may be there already: then adding it fails, and the rest goes on.
cat >"$unit" <<UNIT_TEXT
[Unit]
Description=Bridge $BRIDGE, by which Multipass' instances are reached
Before=snap.multipass.multipassd.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=-/usr/sbin/ip link add name $BRIDGE type bridge
ExecStart=/usr/sbin/ip address flush dev $BRIDGE
ExecStart=/usr/sbin/ip address add $ADDRESS dev $BRIDGE
ExecStart=/usr/sbin/ip link set dev $BRIDGE up

[Install]
WantedBy=multi-user.target
UNIT_TEXT
action=start
if ! cmp --quiet -- "$unit" "$UNIT"; then
  install -D -m 0644 -- "$unit" "$UNIT"
  systemctl daemon-reload
  action=restart
fi
systemctl enable instances-network.service
systemctl "$action" instances-network.service

# Docker drops all that others forward if it is who switched that on (setup_ip_forwarding.go in moby's libnetwork). So it is on before Docker starts.
install -d -m 0755 "$ROOT/etc/sysctl.d"
printf '# For what is forwarded to instances of Multipass.\nnet.ipv4.ip_forward = 1\n' >"$ROOT/etc/sysctl.d/60-instances-network.conf"
sysctl --quiet --load="$ROOT/etc/sysctl.d/60-instances-network.conf"

# No table overrules another one's drop. All of it is read: who writes into a closed pipe would end this script.
dropping=$(nft list chains | awk '/^table / { table = $2 " " $3 } /hook forward / && /policy drop/ && !seen++ { print table }')
if [[ -z $dropping ]] && command -v iptables-legacy-save >/dev/null && iptables-legacy-save -t filter | grep '^:FORWARD DROP' >/dev/null; then
  dropping='iptables-legacy filter'
fi
if [[ -n $dropping ]]; then
  cat >&2 <<NOTE
instances-network: table $dropping drops what this computer forwards, unless it has a rule for $BRIDGE
  where that is ufw's: ufw route allow out on $BRIDGE
  where it is Docker's: restart the computer; from Docker 28 on, which remembers, with "ip-forward-no-drop": true in /etc/docker/daemon.json before
NOTE
fi
