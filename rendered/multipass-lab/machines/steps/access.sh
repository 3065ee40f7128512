#!/usr/bin/env bash
# How bootstrap.sh, which reads this file, makes the machines by Multipass, and finds them.

# The script that makes them lies there.
readonly FOLDER=multipass
# In the order of $MACHINES: MiB of memory, GiB of disk.
readonly MEMORIES=(
  4096
  3072
  3072
  3072
  3072
)
readonly DISKS=(
  30
  20
  20
  40
  30
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

readonly MULTIPASS=1.15

access_prerequisites() {
  has_version Multipass "$MULTIPASS" 'multipass +' multipass version
  ! command -v multipass >/dev/null || has_room
}

# Memory for the machines that are not running, and disk for those that are not made.
has_room() {
  local position states memory=0 disk=0 free folder=/var/snap/multipass/common
  states=$(multipass list --format csv) || states=
  for position in "${!MACHINES[@]}"; do
    [[ $states == *$'\n'"${MACHINES[position]},Running,"* ]] || memory=$((memory + MEMORIES[position]))
    [[ $states == *$'\n'"${MACHINES[position]},"* ]] || disk=$((disk + DISKS[position]))
  done
  free=$(free -m | awk '/^Mem:/ { print $7 }')
  ((free >= memory)) || lack "the machines that do not run yet need $memory MiB of memory, and $free are free: close programs, or make the machines smaller"

  [[ -d $folder ]] || folder=/var
  free=$(df -Pk "$folder" | awk 'NR == 2 { print int($4 / 1048576) }')
  ((free >= disk)) || lack "the machines that are not made yet need $disk GiB of disk, and $folder has $free"
}
