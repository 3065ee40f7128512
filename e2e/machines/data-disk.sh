#!/usr/bin/env bash
# Runs data-disk.sh on loop devices with the real blkid, mkfs.ext4 and mount: data-disk.sh SCRIPT. Needs root.
#
# Only lsblk is not quite the real one: it shows the test's loop devices alone, and as disks.
set -euo pipefail
script=$1
if [[ ${2:-} != unshared ]]; then
  # Mounts and /etc/fstab are seen by nothing else.
  exec unshare --mount bash "$0" "$script" unshared
fi

work=$(mktemp -d)
mkdir "$work/bin"
system='' other='' data='' twin=''
cleanup() {
  umount /srv/data 2>/dev/null || true
  losetup --list --noheadings --output NAME,BACK-FILE | awk -v work="$work/" 'index($2, work) == 1 { print $1 }' |
    xargs --no-run-if-empty losetup --detach
  rm -rf "$work"
}
trap cleanup EXIT

cat >"$work/bin/lsblk" <<'STUB'
#!/usr/bin/env bash
if [[ $* == *--nodeps* ]]; then
  for disk in $DISKS; do "$REAL_LSBLK" "$@" "$disk" | sed 's/ loop / disk /'; done
else
  exec "$REAL_LSBLK" "$@"
fi
STUB
printf '#!/bin/sh\n' >"$work/bin/systemctl"
chmod +x "$work"/bin/*
REAL_LSBLK=$(command -v lsblk)
export REAL_LSBLK PATH=$work/bin:$PATH DISKS=
mount -t tmpfs tmpfs /srv
mount --bind "$(mktemp "$work/fstab.XXXXXX")" /etc/fstab
printf '# no line end' >/etc/fstab

# disk NAME MIB: another disk of the machine.
disk() {
  truncate --size "$2M" "$work/$1.img"
  local device
  device=$(losetup --find --show --partscan "$work/$1.img")
  DISKS="$DISKS $device"
  printf -v "$1" %s "$device"
}
run() { "$script" "$@" >"$work/output" 2>&1; }
fail() {
  echo "data-disk: $1" >&2
  sed 's/^/  /' "$work/output" >&2
  exit 1
}
# The ends of the disks, where file systems and partition tables begin and end.
sums() {
  local image
  for image in "$work"/*.img; do { head --bytes=20M "$image" && tail --bytes=1M "$image"; } | sha256sum; done
  cat /etc/fstab
}
refusals=0
# refuses WHAT FACT: nothing may change on any disk.
refuses() {
  local before
  before=$(sums)
  ! run 1 /srv/data || fail "$1 is taken"
  grep -q "^data-disk: .*$2" "$work/output" || fail "$1 is refused for another reason"
  [[ $(sums) == "$before" ]] || fail "something was written, though $1 was refused"
  refusals=$((refusals + 1))
}

disk system 512
mkfs.ext4 -q "$system"
refuses 'no disk of that size' ', 0 are empty'
disk other 1024
mkfs.ext4 -q -L photos "$other"
refuses 'a disk with a file system' ', 0 are empty'
wipefs --all --quiet "$other"
refuses 'a disk whose file system someone wiped' ', 0 are empty'
dd if=/dev/zero of="$other" bs=1M count=64 status=none
dd if=/dev/urandom of="$other" bs=512 seek=4000 count=1 status=none
refuses 'a disk with something that nobody knows' ', 0 are empty'
dd if=/dev/zero of="$other" bs=1M count=64 status=none
echo 'label: gpt' | sfdisk --quiet "$other"
refuses 'a disk with an empty partition table' ', 0 are empty'
dd if=/dev/zero of="$other" bs=1M count=8 status=none
refuses 'a disk with the end of a partition table' ', 0 are empty'
dd if=/dev/zero of="$other" bs=1M seek=1023 count=1 status=none
mkswap "$other" >/dev/null
refuses 'a disk for swap' ', 0 are empty'

disk data 1024
disk twin 1024
refuses 'the choice between two' ', 2 are empty'
mkfs.ext4 -q -F "$twin"
mkdir /srv/data
touch /srv/data/volume
refuses 'a directory with files' 'has files on the system'
rm /srv/data/volume
printf '\n%s /srv/data xfs defaults 0 0\n' "$other" >>/etc/fstab
mkfs.ext4 -q -L stackwright-data "$data"
refuses 'another line in /etc/fstab' '/etc/fstab mounts something else'
wipefs --all --quiet "$data"
dd if=/dev/zero of="$data" bs=1M count=64 status=none
printf '# no line end' >/etc/fstab

run 1 /srv/data || fail 'an empty disk is refused'
[[ $(findmnt --noheadings --output SOURCE,FSTYPE --mountpoint /srv/data) == "$data ext4" ]] || fail 'it is not mounted'
uuid=$(blkid --cache-file /dev/null --match-tag UUID --output value "$data")
diff <(printf '# no line end\nUUID=%s /srv/data ext4 defaults,nofail 0 2\n' "$uuid") /etc/fstab || fail '/etc/fstab is not as expected'
echo precious >/srv/data/volume

before=$(sha256sum /etc/fstab)
run 1 /srv/data || fail 'the second run failed'
umount /srv/data
run 1 /srv/data || fail 'the run after a restart failed'
[[ $(cat /srv/data/volume) == precious && $(sha256sum /etc/fstab) == "$before" ]] || fail 'a later run changed what was there'

echo "data-disk.sh: $refusals refusals that wrote nothing, one disk made and mounted"
