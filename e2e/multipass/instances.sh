#!/usr/bin/env bash
# Runs what makes, starts, stops and deletes a cluster's instances, and the installer's step that needs them: instances.sh CLUSTER-FOLDER
#
# stubs/ stands in for Multipass, and for what the computer has. ssh is one that runs nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/cluster"
machines=$work/cluster/machines
mkdir -p "$work"/{bin,home/.ssh,root,world/instances}
export WORLD=$work/world HOME=$work/home ROOT=$work/root
ln -s "$here/stubs/multipass" "$work/bin/"
for command in ssh helm rustc kubectl free df; do ln -s "$here/stubs/computer" "$work/bin/$command"; done
PATH=$work/bin:$PATH

fail() {
  printf 'instances: %s\n' "$1" >&2
  sed 's/^/  /' "$WORLD/log" "$work/said" >&2
  exit 1
}
instances() {
  : >"$WORLD/log"
  "$machines/multipass/instances.sh" "$@" >"$work/said" 2>&1 </dev/null
}
# refused TEXT ARGUMENT...: nothing happens, and this is said.
refused() {
  state >"$work/before"
  ! instances "${@:2}" || fail "'${*:2}' is no error"
  grep -qF -- "$1" "$work/said" || fail "'${*:2}' does not say: $1"
  state | diff "$work/before" - >&2 || fail "'${*:2}' changes something"
}
state() { find "$WORLD/instances" "$HOME" -type f -exec sha256sum {} + | sort -k 2; }
# asked PATTERN: what Multipass was asked for, but for questions.
asked() { grep -E "^multipass ($1)" "$WORLD/log" || true; }
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1"; }

# list NAME: what the script has in a list.
list() { sed -n "/^readonly $1=(/,/^)/ { /^  /p }" "$machines/multipass/instances.sh" | tr -d ' '; }
mapfile -t names < <(list NAMES)
mapfile -t addresses < <(list ADDRESSES)
first=${names[0]} last=${names[-1]} known=$HOME/.ssh/known_hosts
interface=$(sed -n 's/^readonly INTERFACE=//p' "$machines/multipass/instances.sh")
: >"$WORLD/log"

"$machines/multipass/instances.sh" --help | grep -q '^usage: instances.sh' || fail '--help shows no usage'
for wrong in '' nonsense launch positions; do refused usage: $wrong; done

# What lacks is said before anything happens, with the way out.
refused 'cp ~/.ssh/id_ed25519.pub' start
ssh-keygen -q -t ed25519 -N '' -C person -f "$HOME/.ssh/id_ed25519"
cp "$HOME/.ssh/id_ed25519" "$machines/multipass/authorized_keys"
refused 'holds a private key' start
echo 'no key' >"$machines/multipass/authorized_keys"
refused 'holds no public key' start
cp "$HOME/.ssh/id_ed25519.pub" "$machines/multipass/authorized_keys"
(cd "$work/cluster" && git init -q . && git check-ignore -q machines/multipass/authorized_keys) || fail 'git would take who may log in'
if [[ -e $machines/multipass/computer.sh ]]; then
  refused "sudo $machines/multipass/computer.sh" start
else
  refused "has no $interface" start
  mkdir -p "$ROOT/sys/class/net/$interface"
  refused 'is in no bridge' start
fi
mkdir -p "$ROOT/sys/class/net/$interface/bridge"
refused "there is no instance 'nobody'" start "$first" nobody

# All of them, in their order, as the code has them.
instances start || fail 'nothing is made'
mapfile -t made < <(sed -n 's/ is made$//p' "$work/said")
same 'the instances are made in another order' "${names[*]}" "${made[*]}"
for position in "${!names[@]}"; do
  name=${names[position]}
  column() { list "$1" | sed -n "$((position + 1))p"; }
  same "what $name is launched with" \
    "$(sed -n 's/^readonly IMAGE=//p' "$machines/multipass/instances.sh") $(column CPUS) $(column MEMORIES)M $(column DISKS)G name=$interface,mode=manual,mac=$(column HARDWARE_ADDRESSES)" \
    "$(cat "$WORLD/instances/$name/launched")"
  cmp "$machines/multipass/$name.yaml" "$WORLD/instances/$name/user-data" || fail "$name gets other user-data"
  cmp "$machines/multipass/authorized_keys" "$WORLD/instances/$name/files/etc/ssh/authorized_keys.d/ubuntu" || fail "nobody may log in to $name"
  same "the host key of $name" "${addresses[position]} $(cut -d ' ' -f 1,2 "$WORLD/instances/$name/files/etc/ssh/ssh_host_ed25519_key.pub")" \
    "$(ssh-keygen -F "${addresses[position]}" -f "$known" | grep -v '^#')"
done

# Again, and nothing changes.
state >"$work/first"
instances start || fail 'a second run fails'
state | diff "$work/first" - >&2 || fail 'a second run changes something'
same 'what runs is asked to do something' '' "$(asked 'launch|start|stop|set|delete')"

# What is stopped is started, with the sizes of the code. What runs stays.
instances stop "$first" || fail 'nothing is stopped'
same 'who is stopped' "multipass stop $first" "$(asked stop)"
instances stop "$first" && same 'a stopped one is stopped' '' "$(asked stop)"
sed -i '/^readonly CPUS=(/ { n; s/[0-9]*$/7/ }' "$machines/multipass/instances.sh"
instances start || fail 'nothing is started'
same 'who is started' "multipass start $first" "$(asked 'start|launch')"
same 'with which CPUs' 7 "$(<"$WORLD/instances/$first/cpus")"

# Who is in the file no more is in it no more there.
echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbOdvUqDHqBWmCuAK0YrIhDAhFzPkTEVJYcELKlUGNS other' >"$machines/multipass/authorized_keys"
instances start "$last" || fail 'other keys are refused'
cmp "$machines/multipass/authorized_keys" "$WORLD/instances/$last/files/etc/ssh/authorized_keys.d/ubuntu" || fail 'who was replaced may log in still'

# Deleted for good, by name alone; another one at the same address has another key.
refused 'no instance is named' delete
old=$(ssh-keygen -F "${addresses[-1]}" -f "$known" | grep -v '^#')
instances delete "$last" || fail 'nothing is deleted'
same 'who is deleted' "multipass delete --purge $last" "$(asked delete)"
instances start || fail 'what is missing is not made'
same 'who is made' "$last" "$(sed -n 's/ is made$//p' "$work/said")"
new=$(ssh-keygen -F "${addresses[-1]}" -f "$known" | grep -v '^#')
[[ $new != "$old" && $new == "${addresses[-1]} "* ]] || fail "ssh would refuse the new instance: it knows $new"
echo Deleted >"$WORLD/instances/$first/state"
refused "multipass recover $first" start
echo Unknown >"$WORLD/instances/$first/state"
refused "is in state 'Unknown'" start
echo Suspended >"$WORLD/instances/$first/state"
instances start "$first" && same 'who goes on' "multipass start $first" "$(asked 'start|set')"

# The installer, which knows nothing of Multipass.
bootstrap() {
  : >"$WORLD/log"
  bash "$machines/bootstrap.sh" "$@" >"$work/said" 2>&1 </dev/null
}
FREE=0 DISK=0 bootstrap prerequisites || fail 'room is asked for, and all instances run'
rm -r "$WORLD/instances/$last"
! FREE=0 DISK=0 bootstrap prerequisites || fail 'an instance is made without room'
for lacking in 'MiB of memory, and 0 are free' 'GiB of disk, and .* has 0'; do
  grep -q "$lacking" "$work/said" || fail "nothing says: $lacking"
done
bootstrap machines || fail 'the installer makes no machines'
[[ -e $WORLD/instances/$last/launched ]] || fail 'the installer does not make what is missing'
same 'who is tried by ssh' "$(printf 'ssh -F ssh-config %s sudo --non-interactive true\n' "${names[@]}")" "$(grep '^ssh ' "$WORLD/log")"
echo "instances of $(basename "$1"): made once, in order; started, stopped, deleted by name; refused with a way out"
