#!/usr/bin/env bash
# This cluster's instances, by libvirt: run it with --help to read how.
set -euo pipefail

# An instance and what is told of it have the same position. Memory is in MiB, disks are in GiB.
readonly NAMES=(
  kmaster1
  kmaster2
  kmaster3
  kworker1
  kworker2
  kworker3
)
readonly CPUS=(
  2
  2
  2
  2
  2
  4
)
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
readonly ADDRESSES=(
  192.168.96.31
  192.168.96.32
  192.168.96.33
  192.168.96.37
  192.168.96.38
  192.168.96.39
)
readonly HARDWARE_ADDRESSES=(
  52:54:00:a8:60:1f
  52:54:00:a8:60:20
  52:54:00:a8:60:21
  52:54:00:a8:60:25
  52:54:00:a8:60:26
  52:54:00:a8:60:27
)
# In GiB, and 0 where there is none.
readonly DATA_DISKS=(
  0
  0
  0
  0
  0
  0
)
# Where libvirt is that has it, and the bridge there that it is attached to.
readonly CONNECTIONS=(
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
  qemu:///system
)
readonly BRIDGES=(
  br0
  br0
  br0
  br0
  br0
  br0
)
readonly POOL=kvm-monitoring
readonly URL=https://cloud-images.ubuntu.com/releases/noble/release-20260814/ubuntu-24.04-server-cloudimg-amd64.img
readonly SHA256=6e40c07ae715f744f84af0bec76415cc1987dd115b4b8de437818561f01a3733
# As it is called here, and in the pool, where another image is another file.
readonly IMAGE=images/${URL##*/}
readonly VOLUME=image-${SHA256:0:12}.qcow2
# How long an instance may take until its ssh answers, in seconds.
readonly PATIENCE=${PATIENCE:-300}
# What virsh says is read.
export LC_ALL=C

umask 077
SCRATCH=$(mktemp -d)
readonly SCRATCH
# Disks of an instance that is not made yet: a position and a name each.
begun=()
trap finish EXIT

usage() {
  cat <<'USAGE'
usage: instances.sh COMMAND [NAME...]

  start [NAME...]   make the instances that are missing, and start those that are stopped; what runs stays as it is
  stop [NAME...]    shut those down that run
  delete NAME...    delete them, with what is on their disks, for good

Without names it is about all of them. They start with their computer, too. Who is in authorized_keys when an instance is made may log in to it.
An instance gets other CPUs and memory, and larger disks, when it is stopped and started: change them in the code, and render.
USAGE
}

start() {
  check_keys
  local position
  for position in $(positions "$@"); do
    start_one "$position"
  done
  for position in $(positions "$@"); do
    wait_for_ssh "$position"
  done
}

start_one() {
  local name=${NAMES[$1]} state
  state=$(state_of "$1")
  case $state in
    '') launch "$1" ;;
    running) echo "$name runs" ;;
    'shut off' | crashed)
      resize "$1"
      on "$1" start "$name"
      echo "$name is started"
      ;;
    paused)
      on "$1" resume "$name"
      echo "$name goes on"
      ;;
    *) refuse "'$name' is in state '$state'" "wait a moment and try again; 'virsh --connect ${CONNECTIONS[$1]} dominfo $name' says more" ;;
  esac
}

launch() {
  local name=${NAMES[$1]} volume kind key disks=()
  for volume in "$name.qcow2" "$name-data.qcow2" "$name-seed.iso"; do
    ! has_volume "$1" "$volume" ||
      refuse "'$name' is not there, and its disk $volume is in pool $POOL" "'instances.sh delete $name' deletes that, and what is on it"
  done
  make_pool "$1"
  upload_image "$1"

  # Only the difference to the image takes room.
  create "$1" "$name.qcow2" "${DISKS[$1]}G" --format qcow2 --backing-vol "$VOLUME" --backing-vol-format qcow2
  disks+=(--disk "vol=$POOL/$name.qcow2,bus=virtio")
  if ((DATA_DISKS[$1] > 0)); then
    create "$1" "$name-data.qcow2" "${DATA_DISKS[$1]}G" --format qcow2
    disks+=(--disk "vol=$POOL/$name-data.qcow2,bus=virtio")
  fi
  make_seed "$1"
  upload "$1" "$name-seed.iso" "$SCRATCH/$name.iso" raw
  disks+=(--disk "vol=$POOL/$name-seed.iso,device=cdrom")

  # linux2022: any Linux of these years, with virtio. What knows Ubuntu's newest by name is newer than Ubuntu's own virt-install.
  virt-install --quiet --connect "${CONNECTIONS[$1]}" --name "$name" --vcpus "${CPUS[$1]}" --memory "${MEMORIES[$1]}" --osinfo linux2022 \
    --import "${disks[@]}" --network "bridge=${BRIDGES[$1]},model=virtio,mac=${HARDWARE_ADDRESSES[$1]}" \
    --graphics none --noautoconsole --autostart ||
    refuse "'$name' can't be made" "above is why; there has to be a bridge ${BRIDGES[$1]}, and KVM"
  begun=()
  read -r kind key _ <"$SCRATCH/$name.pub"
  know "${ADDRESSES[$1]}" "$kind" "$key"
  echo "$name is made"
}

# The disk by which cloud-init gets to know what the instance is to be. The host key is made here, so that it is known before the first login.
make_seed() {
  local name=${NAMES[$1]} seed=$SCRATCH/${NAMES[$1]}
  mkdir "$seed"
  ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$SCRATCH/$name.key"
  mv "$SCRATCH/$name.key.pub" "$SCRATCH/$name.pub"
  cp user-data "$name"/* "$seed"
  {
    echo '#cloud-config'
    echo 'ssh_authorized_keys:'
    # A quote in a comment is doubled, for YAML.
    tr -d '\r' <authorized_keys | sed -n "/^[[:blank:]]*\(#\|$\)/! { s/'/''/g; s/.*/- '&'/p }"
    echo 'ssh_keys:'
    echo '  ed25519_private: |'
    sed 's/^/    /' "$SCRATCH/$name.key"
    echo "  ed25519_public: $(<"$SCRATCH/$name.pub")"
  } >"$seed/vendor-data"
  xorriso -as genisoimage -quiet -volid CIDATA -joliet -rational-rock -output "$SCRATCH/$name.iso" "$seed" 2>"$SCRATCH/said" || refuse "the seed of '$name' can't be made" "$(<"$SCRATCH/said")"
}

# A disk never shrinks.
resize() {
  local name=${NAMES[$1]} connection=${CONNECTIONS[$1]}
  virt-xml --quiet --connect "$connection" "$name" --edit --vcpus "${CPUS[$1]}" >/dev/null
  virt-xml --quiet --connect "$connection" "$name" --edit --memory "${MEMORIES[$1]}" >/dev/null
  enlarge "$1" "$name.qcow2" "${DISKS[$1]}"
  ! has_volume "$1" "$name-data.qcow2" || enlarge "$1" "$name-data.qcow2" "${DATA_DISKS[$1]}"
}

# enlarge POSITION VOLUME GIBIBYTES
enlarge() {
  local bytes
  bytes=$(on "$1" vol-info --bytes --pool "$POOL" "$2" | awk '/^Capacity:/ { print $2 }')
  ((bytes >= $3 << 30)) || on "$1" vol-resize --pool "$POOL" "$2" "$3G"
}

# wait_for_ssh POSITION: a first start takes its time.
wait_for_ssh() {
  local address=${ADDRESSES[$1]} began=$SECONDS
  until [[ -n $(ssh-keyscan -T 5 -t ed25519 "$address" 2>/dev/null) ]]; do
    ((SECONDS - began < PATIENCE)) ||
      refuse "nothing answers by ssh at $address, where '${NAMES[$1]}' is" "see what it says: virsh --connect ${CONNECTIONS[$1]} console ${NAMES[$1]}"
    sleep 2
  done
}

stop() {
  local position state stopping=()
  for position in $(positions "$@"); do
    state=$(state_of "$position")
    if [[ $state == running ]]; then
      on "$position" shutdown "${NAMES[position]}"
      stopping+=("$position")
    else
      echo "${NAMES[position]} does not run"
    fi
  done
  for position in ${stopping[@]+"${stopping[@]}"}; do
    wait_until_off "$position"
    echo "${NAMES[position]} is stopped"
  done
}

wait_until_off() {
  local name=${NAMES[$1]} began=$SECONDS state
  while state=$(state_of "$1") && [[ $state != 'shut off' ]]; do
    ((SECONDS - began < PATIENCE)) ||
      refuse "'$name' does not shut down" "to switch it off, as by its plug: virsh --connect ${CONNECTIONS[$1]} destroy $name"
    sleep 1
  done
}

delete() {
  (($# > 0)) || refuse 'no instance is named' 'name those to delete; what is on their disks is lost'
  local position name state volume there
  for position in $(positions "$@"); do
    name=${NAMES[position]} there=
    state=$(state_of "$position")
    if [[ -n $state ]]; then
      there=yes
      [[ $state == 'shut off' || $state == crashed ]] || on "$position" destroy "$name"
      on "$position" undefine "$name" --managed-save --snapshots-metadata --checkpoints-metadata --nvram
    fi
    for volume in "$name.qcow2" "$name-data.qcow2" "$name-seed.iso"; do
      has_volume "$position" "$volume" || continue
      there=yes
      on "$position" vol-delete --pool "$POOL" "$volume"
    done
    if [[ -n $there ]]; then echo "$name is deleted"; else echo "$name is not there"; fi
    delete_pool "$position"
  done
}

# The image and the pool go with the last instance there.
delete_pool() {
  local volumes volume
  has_pool "$1" --all || return 0
  volumes=$(on "$1" vol-list "$POOL" | awk 'NF { print $1 }')
  for volume in $volumes; do
    [[ $volume =~ ^image-[0-9a-f]{12}\.qcow2$ ]] || return 0
  done
  for volume in $volumes; do
    on "$1" vol-delete --pool "$POOL" "$volume"
  done
  on "$1" pool-destroy "$POOL"
  on "$1" pool-delete "$POOL"
  on "$1" pool-undefine "$POOL"
}

make_pool() {
  if ! has_pool "$1" --all; then
    on "$1" pool-define-as "$POOL" dir --target "/var/lib/libvirt/images/$POOL"
    on "$1" pool-build "$POOL"
    on "$1" pool-autostart "$POOL"
  fi
  has_pool "$1" || on "$1" pool-start "$POOL"
}

# has_pool POSITION [--all]: one that is active, or any.
has_pool() { on "$1" pool-list --name "${@:2}" | awk -v name="$POOL" '$1 == name { found = 1 } END { exit !found }'; }

has_volume() { on "$1" vol-info --pool "$POOL" "$2" >/dev/null 2>&1; }

upload_image() {
  ! has_volume "$1" "$VOLUME" || return 0
  if [[ ! -e $IMAGE ]]; then
    mkdir -p "${IMAGE%/*}"
    echo "downloading $URL"
    curl --fail --silent --show-error --location --output "$IMAGE.part" -- "$URL" || refuse "$URL can't be downloaded" "download it by other means to $PWD/$IMAGE"
    mv -- "$IMAGE.part" "$IMAGE"
  fi
  sha256sum --check --status <<<"$SHA256  $IMAGE" ||
    refuse "$PWD/$IMAGE has another SHA-256 than $SHA256" "delete it, and run this again; if that does not help, the code and the URL are about different images"
  [[ $(head -c 3 -- "$IMAGE") == QFI ]] || refuse "$PWD/$IMAGE is no qcow2" "take an image in this format, or convert it: qemu-img convert -O qcow2"
  upload "$1" "$VOLUME" "$IMAGE" qcow2
  begun=()
  # What is backed by it has to know how large it is.
  on "$1" pool-refresh "$POOL"
}

# upload POSITION VOLUME FILE FORMAT
upload() {
  create "$1" "$2" "$(wc -c <"$3")" --format "$4"
  on "$1" vol-upload --pool "$POOL" "$2" "$3"
}

# create POSITION VOLUME SIZE OPTION...
create() {
  on "$1" vol-create-as "$POOL" "${@:2}"
  begun+=("$1 $2")
}

# What was begun when this ends is not left half done, nor are keys of hosts.
finish() {
  local entry
  for entry in ${begun[@]+"${begun[@]}"}; do
    on "${entry%% *}" vol-delete --pool "$POOL" "${entry#* }" || true
  done
  rm -rf -- "$SCRATCH"
}
# state_of POSITION: as virsh calls it, or nothing where there is no such instance.
state_of() {
  local name=${NAMES[$1]} names
  names=$(on "$1" list --all --name) || return 1
  grep -qxF -- "$name" <<<"$names" || return 0
  has_volume "$1" "$name.qcow2" ||
    refuse "${CONNECTIONS[$1]} has a machine '$name' that is not of this cluster: its disk is not in pool $POOL" "rename or delete that, or call the host something else"
  on "$1" domstate "$name"
}

# on POSITION COMMAND...: of virsh, where the instance is.
on() { virsh --quiet --connect "${CONNECTIONS[$1]}" "${@:2}"; }

# positions [NAME...]: of these in the lists above, or of all.
positions() {
  local name position found
  (($# > 0)) || set -- "${NAMES[@]}"
  for name in "$@"; do
    found=
    for position in "${!NAMES[@]}"; do
      [[ ${NAMES[position]} != "$name" ]] || found=$position
    done
    [[ -n $found ]] || refuse "there is no instance '$name'" "there are: ${NAMES[*]}"
    echo "$found"
  done
}

check_keys() {
  local way_out="put public keys there, a line each: cp ~/.ssh/id_ed25519.pub $PWD/authorized_keys"
  [[ -s authorized_keys ]] || refuse "there is no $PWD/authorized_keys, which says who may log in" "$way_out"
  ! grep -q 'PRIVATE KEY' authorized_keys || refuse "$PWD/authorized_keys holds a private key" "$way_out"
  ssh-keygen -l -f authorized_keys >/dev/null || refuse "$PWD/authorized_keys holds no public key" "$way_out"
}

# know ADDRESS KIND KEY: ssh asks about this host key no more.
know() {
  local known=~/.ssh/known_hosts
  [[ -e $known ]] || install -D -m 0600 /dev/null "$known"
  ! ssh-keygen -F "$1" -f "$known" | grep -qF -- "$3" || return 0
  # Another instance had this address before.
  ssh-keygen -R "$1" -f "$known" >/dev/null 2>&1 || true
  printf '%s %s %s\n' "$1" "$2" "$3" >>"$known"
}

# refuse FACT WAY-OUT
refuse() {
  printf 'instances: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

case ${1:-} in
  start | stop | delete) ;;
  -h | --help)
    usage
    exit
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# Before anything happens. Inside a loop's list, a refusal would be no end.
positions "${@:2}" >/dev/null
"$@"
