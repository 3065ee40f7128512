#!/usr/bin/env bash
# cloud-init reads each instance's user-data by its own schema and writes the files of it, and netplan makes of its own what udev and networkd
# read: user-data.sh ROOT CLUSTER-FOLDER... ROOT is a folder with cloud-init in it, as the root of a process.
set -euo pipefail
root=$1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "user-data: $1" >&2
  exit 1
}
cloud_init() { chroot "$root" cloud-init "$@" >"$work/said" 2>&1; }

mkdir -p "$root/seed"
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
# It says so if there is something to say.
for wrong in 'run_cmd: []' 'ssh_pwauth: [no]' 'write_files: [{content: x}]'; do
  printf '#cloud-config\n%s\n' "$wrong" >"$root/seed/wrong.yaml"
  ! cloud_init schema --config-file /seed/wrong.yaml || fail "the schema takes '$wrong'"
done

count=0
for cluster in "${@:2}"; do
  for file in "$cluster"/machines/multipass/*.yaml; do
    name=$(basename "$file" .yaml)
    cp "$file" "$root/seed/$name.yaml"
    cloud_init schema --config-file "/seed/$name.yaml" || fail "$file is refused: $(cat "$work/said")"
    [[ $(<"$work/said") == "Valid schema /seed/$name.yaml" ]] || fail "there is something about $file: $(cat "$work/said")"

    rm -rf "$root/etc/netplan" "$root/etc/ssh" "$work/machine"
    cloud_init single --file "/seed/$name.yaml" --name write_files --frequency always || fail "$file is not carried out: $(cat "$work/said")"
    [[ $(stat -c %a "$root/etc/netplan/60-stackwright.yaml") == 600 ]] || fail 'everyone may read what netplan wants for root alone'
    # sshd takes keys from a file that others can't write.
    [[ $(stat -c %a "$root/etc/ssh/authorized_keys.d/ubuntu") == 644 ]] || fail 'sshd would not read the keys'
    grep -q 'authorized_keys.d/%u$' "$root/etc/ssh/sshd_config.d/00-stackwright.conf" || fail 'sshd is not told of the keys'

    mkdir -p "$work/machine/etc"
    cp -r "$root/etc/netplan" "$work/machine/etc/"
    netplan generate --root-dir "$work/machine"
    # The address that ssh and the scripts know is that of the NIC which gets this hardware address.
    address=$(awk -v host="$name" '$1 == "Host" { found = $2 == host } found && $1 == "HostName" { print $2 }' "$cluster/machines/ssh-config")
    mac=$(sed -n 's/.*macaddress: *"\{0,1\}\([0-9a-f:]*\)"\{0,1\}$/\1/p' "$root/etc/netplan/60-stackwright.yaml")
    grep -qx "  $mac" "$cluster/machines/multipass/instances.sh" || fail "nothing gives $name the hardware address $mac"
    network=$(cat "$work"/machine/run/systemd/network/*.network)
    [[ $network == *"PermanentMACAddress=$mac"* && $network == *"Address=$address/"* ]] || fail "$name is not at $address: $network"
    link=$(cat "$work"/machine/run/systemd/network/*.link)
    [[ $link == *"PermanentMACAddress=$mac"*Name=* ]] || fail "the NIC of $name gets no name: $link"
    count=$((count + 1))
  done
done
((count > 0))
chroot "$root" cloud-init --version | sed "s/.*/user-data: $count files are valid by &, and netplan gives each NIC its name and address/"
