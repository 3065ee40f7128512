#!/usr/bin/env bash
# Keeps pods from the NFS server, now and after every start of this machine: nfs-firewall.sh RULES. Run it as root; running
# it again changes nothing. It touches no table but its own: kube-proxy's and Calico's stay.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly RULES=${1:?usage: nfs-firewall.sh RULES}
readonly ROOT=${ROOT:-}

if ! dpkg-query --show --showformat '${db:Status-Status}\n' nftables 2>/dev/null | grep -qx installed; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes nftables
fi

nft --check --file "$RULES"
install -D -m 0644 -- "$RULES" "$ROOT/etc/stackwright/nfs.nft"
install -d -m 0755 "$ROOT/etc/systemd/system"
cat >"$ROOT/etc/systemd/system/nfs-firewall.service" <<'UNIT'
[Unit]
Description=Keeps pods from the NFS server
Before=network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft --file /etc/stackwright/nfs.nft
ExecReload=/usr/sbin/nft --file /etc/stackwright/nfs.nft
ExecStop=/usr/sbin/nft delete table inet nfs-export

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable nfs-firewall.service
systemctl restart nfs-firewall.service
