#!/usr/bin/env bash
# How bootstrap.sh, which reads this file, makes the machines by Vagrant on VirtualBox, and finds them.

readonly VIRTUALBOX=7.1
readonly VAGRANT=2.4.4
readonly GIBIBYTES_PER_MACHINE=10
# In the order of $MACHINES, in MiB.
readonly MEMORIES=(
  3072
  3072
  3072
  3072
)
machines() { vagrant up --provider=virtualbox "$@"; }

ssh_config() { vagrant ssh-config "$@"; }

# after_removal HOST: what is left to do with one that is no node any more.
after_removal() { echo "cd $PWD && vagrant destroy $1    its disks are deleted"; }

access_prerequisites() {
  has_version VirtualBox "$VIRTUALBOX" '' VBoxManage --version
  has_version Vagrant "$VAGRANT" 'Vagrant ' vagrant --version
  ! command -v VBoxManage >/dev/null || has_room
}

# Memory for the machines that are not running, and disk for those that are not made.
has_room() {
  local position running made memory=0 disk=0 free folder
  running=$(VBoxManage list runningvms) || running=
  made=$(VBoxManage list vms) || made=
  for position in "${!MACHINES[@]}"; do
    [[ $running == *"\"${MACHINES[position]}\""* ]] || memory=$((memory + MEMORIES[position]))
    [[ $made == *"\"${MACHINES[position]}\""* ]] || disk=$((disk + GIBIBYTES_PER_MACHINE))
  done
  free=$(free_memory)
  ((free >= memory)) || lack "the machines that do not run yet need $memory MiB of memory, and $free are free: close programs, or make the machines smaller"

  folder=$(VBoxManage list systemproperties | sed -n 's/^Default machine folder: *//p') || folder=
  free=$(df -Pk "${folder:-$HOME}" 2>/dev/null || df -Pk "$HOME")
  free=$(awk 'NR == 2 { print int($4 / 1048576) }' <<<"$free")
  ((free >= disk)) || lack "the machines that are not made yet need $disk GiB of disk, and ${folder:-$HOME} has $free"
}

# The memory in MiB that programs could have.
free_memory() {
  if [[ $(uname) == Darwin ]]; then
    vm_stat | awk '
      /page size of/ { for (word = 1; word < NF; word++) if ($word == "of") size = $(word + 1) }
      /^Pages (free|inactive|speculative|purgeable):/ { pages += $NF }
      END { printf "%d\n", pages * size / 1048576 }'
  else
    free -m | awk '/^Mem:/ { print $7 }'
  fi
}
