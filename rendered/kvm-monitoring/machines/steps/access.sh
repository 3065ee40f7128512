#!/usr/bin/env bash
# How bootstrap.sh, which reads this file, makes the machines by libvirt, and finds them.

# The script that makes them lies there.
readonly FOLDER=libvirt
# In the order of $MACHINES: MiB of memory, GiB of disk.
readonly MEMORIES=(
  3072
  3072
  3072
  4096
  4096
  6144
)
readonly DISKS=(
  40
  40
  40
  40
  40
  40
)

machines() {
  "$FOLDER/instances.sh" start "$@"
  local machine
  for machine in "${@:-${MACHINES[@]}}"; do
    # Here it may ask for a passphrase; later it may not.
    ssh -F ssh-config "$machine" sudo --non-interactive true </dev/null ||
      refuse "'$machine' can't be reached by ssh" "try it: ssh -F $PWD/ssh-config $machine; whoever is in $FOLDER/authorized_keys may"
  done
}

# ssh_config HOST...: what 'ssh -F' reads, once each of them answers.
ssh_config() {
  local host
  for host in "$@"; do
    ssh -F ssh-config -o ConnectTimeout=10 "$host" true </dev/null || return 1
  done
  cat ssh-config
}

# after_removal HOST: what is left to do with one that is no node any more.
after_removal() { echo "$PWD/$FOLDER/instances.sh delete $1    its disk is deleted"; }

readonly VIRT_INSTALL=4.0
readonly DATA_DISKS=(
  0
  0
  0
  0
  0
  0
)
# Where each of them is, and all there are.
readonly CONNECTIONS=(
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
)
readonly COMPUTERS=(
  qemu:///system
)

access_prerequisites() {
  local command connection
  has_version virt-install "$VIRT_INSTALL" '' virt-install --version
  for command in virsh xorriso curl sha256sum ssh-keygen ssh-keyscan; do
    command -v "$command" >/dev/null || lack "$command is not installed"
  done
  command -v virsh >/dev/null || return 0
  for connection in "${COMPUTERS[@]}"; do
    has_room "$connection"
  done
}

# has_room CONNECTION: memory for its machines that do not run yet, and disk for those that are not made. Without KVM they would run, and be slow.
has_room() {
  local position running made memory=0 disk=0 free
  if ! running=$(LC_ALL=C virsh --connect "$1" list --name); then
    lack "libvirt of $1 does not answer: try 'virsh --connect $1 list'; where it asks for root, join the group libvirt"
    return
  fi
  made=$(LC_ALL=C virsh --connect "$1" list --name --all)
  virsh --connect "$1" domcapabilities --virttype kvm >/dev/null 2>&1 ||
    lack "$1 has no KVM: switch virtualisation on in its firmware, and 'modprobe kvm_intel' or 'modprobe kvm_amd' says what else lacks"

  for position in "${!MACHINES[@]}"; do
    [[ ${CONNECTIONS[position]} == "$1" ]] || continue
    grep -qxF -- "${MACHINES[position]}" <<<"$running" || memory=$((memory + MEMORIES[position]))
    grep -qxF -- "${MACHINES[position]}" <<<"$made" || disk=$((disk + DISKS[position] + DATA_DISKS[position]))
  done
  free=$(LC_ALL=C virsh --connect "$1" nodememstats | awk -F : '/^(free|buffers|cached) *:/ { sum += $2 } END { print int(sum / 1024) }')
  ((free >= memory)) || lack "the machines of $1 that do not run yet need $memory MiB of memory, and $free are free: make them smaller"
  ((disk == 0)) || echo "$1: the machines that are not made yet fill up to $disk GiB of disk"
}
