#!/usr/bin/env bash
# cloud-init reads what is on each instance's seed by its own schemas, and makes of its network what netplan reads: seeds.sh ROOT MACHINES...
# ROOT is a folder with cloud-init in it, as the root of a process; MACHINES are clusters' folders of that name.
set -euo pipefail
root=$1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "seeds: $1" >&2
  exit 1
}
# valid KIND FILE: of this schema.
valid() {
  cp "$2" "$root/seed/file"
  chroot "$root" cloud-init schema --schema-type "$1" --config-file /seed/file >"$work/said" 2>&1 && [[ $(<"$work/said") == 'Valid schema /seed/file' ]]
}

mkdir -p "$root/seed"
# It says so if there is something to say.
printf '#cloud-config\nssh_pwauth: [no]\n' >"$work/wrong"
! valid cloud-config "$work/wrong" || fail 'the schema takes what is no user-data'
printf 'network:\n  version: 2\n  ethernets:\n    lan0: {addresses: 5}\n' >"$work/wrong"
! valid network-config "$work/wrong" || fail 'the schema takes what is no network'

count=0
for machines in "${@:2}"; do
  valid cloud-config "$machines/libvirt/user-data" || fail "$machines/libvirt/user-data is refused: $(<"$work/said")"
  for seed in "$machines"/libvirt/*/network-config; do
    valid network-config "$seed" || fail "$seed is refused: $(<"$work/said")"
    name=$(basename "$(dirname "$seed")")
    mac=$(sed -n 's/^ *macaddress: "\{0,1\}\([0-9a-f:]*\)"\{0,1\}$/\1/p' "$seed")
    rm -rf "$root/seed/out" "$work/machine"
    cp "$seed" "$root/seed/network.yaml"
    chroot "$root" cloud-init devel net-convert --network-data /seed/network.yaml --kind yaml --output-kind netplan --distro ubuntu \
      --mac "lan0,$mac" --directory /seed/out >"$work/said" 2>&1 || fail "cloud-init makes nothing of $seed: $(<"$work/said")"
    mkdir -p "$work/machine/etc"
    cp -r "$root/seed/out/etc/netplan" "$work/machine/etc/"
    netplan generate --root-dir "$work/machine"
    # The address that ssh knows is that of the NIC which gets this hardware address, and the way out is there.
    address=$(awk -v host="$name" '$1 == "Host" { found = $2 == host } found && $1 == "HostName" { print $2 }' "$machines/ssh-config")
    grep -qx "  $mac" "$machines/libvirt/instances.sh" || fail "nothing gives $name the hardware address $mac"
    network=$(cat "$work"/machine/run/systemd/network/*.network)
    for expected in "PermanentMACAddress=$mac" "Address=$address/" Gateway= DNS=; do
      [[ $network == *$'\n'"$expected"* ]] || fail "$name has no $expected: $network"
    done
    link=$(cat "$work"/machine/run/systemd/network/*.link)
    [[ $link == *"PermanentMACAddress=$mac"*Name=* ]] || fail "the NIC of $name gets no name: $link"
    count=$((count + 1))
  done
done
((count > 0))
chroot "$root" cloud-init --version | sed "s/.*/seeds: $count are valid by &, and netplan gives each NIC its name, address and way out/"
