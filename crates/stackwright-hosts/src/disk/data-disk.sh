#!/usr/bin/env bash
# Makes a file system on this machine's data disk and mounts it, now and at every start: data-disk.sh GIBIBYTES DIRECTORY.
# Run it as root; running it again changes nothing. A disk that has grown since wants
# resize2fs /dev/disk/by-label/stackwright-data.
#
# The disk is the only one of exactly that size that nothing uses and that is empty: no partition, no file system, nothing but
# zeros at both ends. Nothing else is ever written to. Neither its name nor its place says more: boxes have different
# controllers, of which some give their disks no serial number.
set -euo pipefail

readonly GIBIBYTES=${1:?usage: data-disk.sh GIBIBYTES DIRECTORY}
readonly DIRECTORY=${2:?usage: data-disk.sh GIBIBYTES DIRECTORY}
# By this it is known again.
readonly LABEL=stackwright-data

refuse() {
  printf 'data-disk: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# is_unused DISK: it has no partitions or other layers on it, and is not mounted or swapped to.
is_unused() {
  [[ $(lsblk --noheadings --output NAME,MOUNTPOINTS -- "$1" | wc -w) == 1 ]]
}

# is_empty DISK: blkid, which exits with 2 then, knows nothing on it, and its first 16 MiB and its last are zeros.
is_empty() {
  local known=0
  blkid --probe -- "$1" >/dev/null || known=$?
  [[ $known == 2 ]] &&
    cmp --quiet --bytes=$((16 << 20)) -- "$1" /dev/zero &&
    cmp --quiet --bytes=$((1 << 20)) --ignore-initial=$(((GIBIBYTES << 30) - (1 << 20))):0 -- "$1" /dev/zero
}

is_new=
disk=$(blkid --cache-file /dev/null --label "$LABEL") || true
if [[ -z $disk ]]; then
  candidates=()
  while read -r name type size; do
    [[ $type == disk && $size == $((GIBIBYTES << 30)) ]] || continue
    if is_unused "$name" && is_empty "$name"; then candidates+=("$name"); fi
  done < <(lsblk --noheadings --nodeps --paths --bytes --output NAME,TYPE,SIZE)
  if ((${#candidates[@]} != 1)); then
    refuse "of this machine's disks, ${#candidates[@]} are empty, unused and of $GIBIBYTES GiB; there has to be one:
$(lsblk --output NAME,TYPE,SIZE,FSTYPE,MOUNTPOINTS)" \
      "'vagrant reload' attaches a disk that is new in the Vagrantfile; one that holds data is yours to empty or to mount"
  fi
  disk=${candidates[0]}
  is_new=yes
fi

# What lies in the directory would be hidden, and be missed.
if ! mountpoint --quiet -- "$DIRECTORY" && [[ -n $(ls -A -- "$DIRECTORY" 2>/dev/null) ]]; then
  refuse "$DIRECTORY is to be the data disk, and has files on the system's disk" \
    "stop what uses them, 'sudo mv $DIRECTORY $DIRECTORY.before', run this again, and copy them back with 'sudo cp -a'"
fi
[[ -z $is_new ]] || mkfs.ext4 -q -L "$LABEL" -- "$disk"

# nofail: a machine without its disk still starts, so that someone can log in.
uuid=$(blkid --cache-file /dev/null --match-tag UUID --output value -- "$disk")
line="UUID=$uuid $DIRECTORY ext4 defaults,nofail 0 2"
others=$(grep -v '^[[:blank:]]*#' /etc/fstab | awk -v directory="$DIRECTORY" '$2 == directory' | grep -vxF -- "$line") || true
[[ -z $others ]] || refuse "/etc/fstab mounts something else at $DIRECTORY: $others" 'remove that line if it is wrong'
if ! grep -qxF -- "$line" /etc/fstab; then
  # The last line may lack its end.
  [[ -z $(tail -c 1 /etc/fstab) ]] || echo >>/etc/fstab
  echo "$line" >>/etc/fstab
  systemctl daemon-reload
fi
mkdir -p -- "$DIRECTORY"
mountpoint --quiet -- "$DIRECTORY" || mount -- "$DIRECTORY"
mounted=$(findmnt --noheadings --output UUID --mountpoint "$DIRECTORY")
[[ $mounted == "$uuid" ]] || refuse "something else is mounted at $DIRECTORY: $mounted" 'unmount it'

df --human-readable -- "$DIRECTORY"
