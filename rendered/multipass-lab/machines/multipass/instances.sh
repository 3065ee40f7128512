#!/usr/bin/env bash
# This cluster's instances, by Multipass: run it with --help to read how.
set -euo pipefail

# An instance and what is told of it have the same position. Memory is in MiB, disks are in GiB.
readonly NAMES=(
  node1
  node2
  node3
  nfs
  ops
)
readonly CPUS=(
  2
  2
  2
  2
  2
)
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
readonly ADDRESSES=(
  10.120.52.23
  10.120.52.24
  10.120.52.25
  10.120.52.40
  10.120.52.50
)
readonly HARDWARE_ADDRESSES=(
  52:54:00:78:34:17
  52:54:00:78:34:18
  52:54:00:78:34:19
  52:54:00:78:34:28
  52:54:00:78:34:32
)

readonly IMAGE=24.04
# What they are attached to, beside Multipass' own bridge.
readonly INTERFACE=lab0

usage() {
  cat <<'USAGE'
usage: instances.sh COMMAND [NAME...]

  start [NAME...]   make the instances that are missing, and start those that are stopped; what runs stays as it is
  stop [NAME...]    stop those that run
  delete NAME...    delete them, with what is on their disks, for good

Without names it is about all of them. Who is in authorized_keys may log in, after each start, and nobody else. An instance gets other CPUs and
more memory or disk when it is stopped and started: change them in the code, and render.
USAGE
}

start() {
  check_keys
  check_network
  local position
  for position in $(positions "$@"); do
    start_one "$position"
    let_in "${NAMES[position]}" "${ADDRESSES[position]}"
  done
}

start_one() {
  local name=${NAMES[$1]} state
  state=$(state_of "$name")
  case $state in
    '') launch "$1" ;;
    Running) echo "$name runs" ;;
    Stopped)
      resize "$1"
      multipass start "$name"
      echo "$name is started"
      ;;
    Suspended)
      multipass start "$name"
      echo "$name goes on"
      ;;
    Deleted)
      refuse "'$name' is deleted, and Multipass keeps its disk still" \
        "'multipass recover $name' brings it back, 'instances.sh delete $name' ends it"
      ;;
    *) refuse "'$name' is in state '$state'" "wait a moment and try again; 'multipass info $name' says more" ;;
  esac
}

launch() {
  local name=${NAMES[$1]}
  # Its user-data comes by standard input: a snap reads no file but those in a person's home.
  multipass launch "$IMAGE" --name "$name" --cpus "${CPUS[$1]}" --memory "${MEMORIES[$1]}M" --disk "${DISKS[$1]}G" \
    --network "name=$INTERFACE,mode=manual,mac=${HARDWARE_ADDRESSES[$1]}" --timeout 900 --cloud-init - <"$name.yaml"
  echo "$name is made"
}

# What is as it was stays. A disk never shrinks.
resize() {
  local name=${NAMES[$1]}
  multipass set "local.$name.cpus=${CPUS[$1]}"
  multipass set "local.$name.memory=${MEMORIES[$1]}M"
  multipass set "local.$name.disk=${DISKS[$1]}G"
}

# let_in NAME ADDRESS: whoever is in authorized_keys. Its host key comes by Multipass' own connection.
let_in() {
  local kind key
  multipass exec "$1" -- sudo tee /etc/ssh/authorized_keys.d/ubuntu <authorized_keys >/dev/null
  read -r kind key _ < <(multipass exec "$1" -- cat /etc/ssh/ssh_host_ed25519_key.pub </dev/null)
  [[ -n ${key:-} ]] || refuse "'$1' tells no host key" "look into it: multipass shell $1"
  know "$2" "$kind" "$key"
}

stop() {
  local position name
  for position in $(positions "$@"); do
    name=${NAMES[position]}
    case $(state_of "$name") in
      Running | Starting | Restarting)
        multipass stop "$name"
        echo "$name is stopped"
        ;;
      *) echo "$name does not run" ;;
    esac
  done
}

delete() {
  (($# > 0)) || refuse 'no instance is named' 'name those to delete; what is on their disks is lost'
  local position name
  for position in $(positions "$@"); do
    name=${NAMES[position]}
    [[ -n $(state_of "$name") ]] || {
      echo "$name is not there"
      continue
    }
    multipass delete --purge "$name"
    echo "$name is deleted"
  done
}

# state_of NAME: as Multipass calls it, or nothing where it has no such instance.
state_of() { multipass list --format csv | awk -F , -v name="$1" '$1 == name { print $2 }'; }

check_network() {
  [[ -e ${ROOT:-}/sys/class/net/$INTERFACE/bridge ]] ||
    refuse "this computer has no bridge $INTERFACE, by which instances are reached" "sudo $(cd ../.. && pwd)/"machines/multipass/computer.sh
}

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
