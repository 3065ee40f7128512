#!/usr/bin/env bash
# Loads a table of packet filter rules, now and at every start of this machine: firewall.sh NAME RULES. Run it as root; running
# it again changes nothing. It touches no table but the one of the rules: kube-proxy's, the pods' network's and Docker's stay.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly NAME=${1:?usage: firewall.sh NAME RULES}
readonly RULES=${2:?usage: firewall.sh NAME RULES}
readonly ROOT=${ROOT:-}

if ! dpkg-query --show --showformat '${db:Status-Status}\n' nftables 2>/dev/null | grep -qx installed; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes nftables
fi

nft --check --file "$RULES"
# The rules delete their own table before they make it anew, so that they can be loaded again in one step.
table=$(sed -n 's/^delete table //p' "$RULES")
if [[ ! $table =~ ^inet\ [a-z-]+$ ]]; then
  echo "firewall: $RULES is not about one table" >&2
  exit 1
fi
install -D -m 0644 -- "$RULES" "$ROOT/etc/stackwright/$NAME.nft"
install -d -m 0755 "$ROOT/etc/systemd/system"
# nftables.service is off unless someone wants it. It flushes all rules: then these are loaded again.
cat >"$ROOT/etc/systemd/system/$NAME-firewall.service" <<UNIT
[Unit]
Description=Packet filter rules: $NAME
Before=network-pre.target
Wants=network-pre.target
After=nftables.service
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft --file /etc/stackwright/$NAME.nft
ExecReload=/usr/sbin/nft --file /etc/stackwright/$NAME.nft
ExecStop=-/usr/sbin/nft delete table $table

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable "$NAME-firewall.service"
# A reload replaces the table in one step: at no moment is there none.
systemctl reload-or-restart "$NAME-firewall.service"
