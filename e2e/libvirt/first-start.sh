#!/usr/bin/env bash
# cloud-init itself starts twice with an instance's seed, as that instance would: first-start.sh SEED HOST
# It runs as root of a system that is nothing else.
set -euo pipefail
seed=$1
host=$2

fail() {
  echo "first start: $1" >&2
  tail -n 20 /var/log/cloud-init.log >&2
  exit 1
}
nocloud=/var/lib/cloud/seed/nocloud
mkdir -p "$nocloud" /run/cloud-init
cp "$seed"/* "$nocloud"
echo 'datasource_list: [NoCloud]' >/etc/cloud/cloud.cfg.d/99-proof.cfg
touch /etc/shadow
touch /etc/ssh/sshd_config
# The NIC that it has from libvirt, by another name.
mac=$(sed -n 's/^ *macaddress: "\{0,1\}\([0-9a-f:]*\)"\{0,1\}$/\1/p' "$seed/network-config")
ip link add eth9 address "$mac" type veth peer name peer9
start() {
  cloud-init init --local >/dev/null 2>&1 || fail 'it fails before the network'
  cloud-init init >/dev/null 2>&1 || fail 'it fails'
  cloud-init single --name set_passwords >/dev/null 2>&1 || fail 'it fails about passwords'
}
key=$(sed -n 's/^ *ed25519_public: //p' "$seed/vendor-data")

start
ip link show dev lan0 >/dev/null 2>&1 || fail 'the NIC has not the name of the code'
[[ $(</etc/hostname) == "$host" ]] || fail "it is called $(</etc/hostname)"
[[ $(</etc/ssh/ssh_host_ed25519_key.pub) == "$key" && $(stat -c %a /etc/ssh/ssh_host_ed25519_key) == 600 ]] || fail 'it has another host key'
cmp /root/.ssh/id_ed25519.pub /home/debian/.ssh/authorized_keys || fail 'the person may not log in'
grep -rqx 'PasswordAuthentication no' /etc/ssh/sshd_config* || fail 'ssh takes passwords'
# What is there is no first start any more.
echo changed >/home/debian/.ssh/authorized_keys
start
[[ $(</etc/ssh/ssh_host_ed25519_key.pub) == "$key" && $(</home/debian/.ssh/authorized_keys) == changed ]] || fail 'it does it all again'
echo "first start: $(cloud-init --version 2>&1) gives $host its name, its NIC's name, the host key that ssh knows, and the person's key; and once"
