#!/usr/bin/env bash
# Runs a cluster's bootstrap.sh on machines that are directories, twice, and looks at what it did: bootstrap.sh CLUSTER-FOLDER <MACHINES
#
# There is a line for each machine: its name, its address, and `server`, `agent`, or `host` where it is no node.
# stubs/ stands in for Vagrant, ssh and the commands that change a machine; our scripts run as they are.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

NAMES='' agents=() addresses=()
while read -r name address role; do
  NAMES+=${NAMES:+ }$name
  addresses+=("$address")
  case $role in
    server) first=${first:-$name} server=${server:-$address} ;;
    agent) agents+=("$name") ;;
  esac
done
readonly FIRST=$first AGENT=${agents[0]} LAST=${agents[-1]}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/cluster"
machines=$work/cluster/machines
mkdir "$work/bin" "$work/world"
for stub in cat scp ssh sudo vagrant; do ln -s "$here/stubs/$stub" "$work/bin/"; done
commands=(exportfs findmnt git kubectl mount python3 systemctl umount)
# The user of Rocky Linux' own images.
if grep -qx 'ansible_user: rocky' "$machines/inventory/group_vars/all/all.yml"; then
  ln -s "$(type -P false)" "$work/bin/apt-get"
  ln -s "$(type -P false)" "$work/bin/dpkg-query"
  commands+=(certbot dnf firewall-cmd getsebool journalctl nginx python3.12 restorecon rpm selinuxenabled semanage setsebool sysctl)
else
  commands+=(apt-get dpkg-query)
fi
for command in "${commands[@]}"; do ln -s "$here/stubs/machine-command" "$work/bin/$command"; done
for command in VBoxManage df free helm rustc virsh virt-install xorriso; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
export WORLD=$work/world NAMES

mkdir "$WORLD/computer"
computer() { printf '%s\n' "$2" >"$WORLD/computer/$1"; }
version=$(sed -n 's/^readonly KUBERNETES=//p' "$machines/bootstrap.sh")
# version_at MINOR PATCH: one so many minor versions away.
version_at() { (IFS=. && read -r major minor _ <<<"$version" && echo "$major.$((minor + $1)).$2"); }
computer VBoxManage 7.2.4r170995
computer VBoxManage-runningvms ''
computer VBoxManage-vms ''
computer VBoxManage-systemproperties 'Default machine folder:          /vms'
computer vagrant 'Vagrant 2.4.9'
computer virt-install 5.1.0
computer virsh-list ''
computer virsh-all ''
computer virsh-domcapabilities '<domainCapabilities/>'
computer virsh-nodememstats 'free : 99999999 KiB'
if [[ -e $machines/libvirt ]]; then
  # e2e/libvirt tries how they are made. Here somebody made them.
  printf '#!/bin/sh\n' >"$machines/libvirt/instances.sh"
fi
computer helm v4.2.4
computer rustc 'rustc 1.95.0'
computer kubectl "Client Version: v$version"
computer free 'Mem: 1 1 1 1 1 16000'
computer df $'Filesystem\n/dev/sda 1 1 99999999 1% /'

run() { PATH=$work/bin:$PATH "$machines/bootstrap.sh" "$@" </dev/null; }
fail() {
  echo "bootstrap: $1" >&2
  sed 's/^/  /' "$WORLD/log" >&2
  exit 1
}
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1 is not as expected"; }

run --help | grep -q '^usage: bootstrap.sh' || fail '--help shows no usage'
for wrong in nosuchstep connect usage "nodes $AGENT" 'add' 'remove' "add $AGENT $LAST"; do
  # shellcheck disable=SC2086 # the words of a command
  ! run $wrong 2>/dev/null || fail "'$wrong' is no error"
done
! run 'nodes kubeconfig' 2>/dev/null || fail 'two steps in one word are no error'
! run keys >/dev/null 2>"$work/error" || fail 'a step succeeds with no machine there'
grep -q "'./bootstrap.sh machines'" "$work/error" || fail 'the error names no way out'

if [[ ! -e $machines/Vagrantfile ]]; then
  # Somebody made them.
  "$here/stubs/vagrant" up
  : >"$WORLD/log"
fi
run >"$work/output" || fail 'the first run failed'
cp "$WORLD/log" "$work/first-log"
find "$WORLD" -type f ! -name log -exec sha256sum {} + | sort -k 2 >"$work/first"
: >"$WORLD/log"
run >"$work/second-output" || fail 'the second run failed'
find "$WORLD" -type f ! -name log -exec sha256sum {} + | sort -k 2 >"$work/second"
diff "$work/first" "$work/second" >&2 || fail 'the second run changed files'
! grep -E 'apt-get|dnf|git .* fetch|git .* checkout' "$WORLD/log" >&2 || fail 'the second run installed again'

control=$WORLD/$FIRST
known=''
for name in $NAMES; do
  keys=$WORLD/$name/home/.ssh/authorized_keys
  same "$name's authorized_keys" \
    "ssh-ed25519 AAAA-of-a-person person"$'\n'"$(cat "$control/home/.ssh/id_ed25519.pub")" "$(cat "$keys")"
  same "the mode of $name's authorized_keys" 600 "$(stat -c %a "$keys")"
  known+="$name,${addresses[0]} ssh-ed25519 AAAA-of-$name root@$name"$'\n'
  addresses=("${addresses[@]:1}")
done
same known_hosts "${known%$'\n'}" "$(cat "$control/home/stackwright/known_hosts")"

# given SCRIPT: the hosts that get it, each once.
given() { sed -n "s#^  give \([^ ]*\) .*remote/$1 .*#\1#p" "$machines/steps/hosts.sh" | sort -u; }
grep -qx '  give .*' "$machines/steps/hosts.sh" || fail 'no host is given anything'
while read -r name what; do
  grep -qxF "$name: $what" "$work/output" || fail "$name did not get: $what"
done < <(sed -n "s#^  give \([^ ]*\) '\{0,1\}\(.*[^']\)'\{0,1\} remote/.*#\1 \2#p" "$machines/steps/hosts.sh")
[[ -z $(find "$WORLD" -name secrets) ]] || fail "secrets stay in the folder by which they came"
# shellcheck source-path=SCRIPTDIR
{
  source "$here/nfs-hosts.sh"
  source "$here/edge-hosts.sh"
}

grep -q "inventory $control/home/stackwright/inventory/inventory.ini, keys checked: true, UserKnownHostsFile=$control/home/stackwright/known_hosts" \
  "$work/first-log" || fail "Ansible ran on another inventory, or without checking keys"

same "the control plane's kubeconfig's mode" 600 "$(stat -c %a "$control/home/.kube/config")"
same "the kubeconfig's mode" 600 "$(stat -c %a "$machines/kubeconfig")"
same "the kubeconfig's server" "    server: https://$server:6443" "$(grep server: "$machines/kubeconfig")"
(cd "$machines" && git init -q . && git check-ignore -q kubeconfig) || fail 'git does not ignore the kubeconfig'
while read -r line; do
  grep -qxF "$line" "$work/output" || fail 'the lines for the hosts file are not shown'
done <"$machines/hosts"

# No host of some clusters is given one.
[[ -z $(find "$WORLD" -path '*/etc/systemd/system/*.service') ]] || "$here/units.sh" "$WORLD"

: >"$WORLD/log"
run calico >/dev/null
same 'the calico step' "$FIRST: kubectl --namespace kube-system rollout restart daemonset/calico-node
$FIRST: kubectl --namespace kube-system rollout status daemonset/calico-node --timeout=10m" \
  "$(grep kubectl "$WORLD/log")"

# refuses STEP... FACT: it fails with that fact and a way out, and no playbook is run.
refuses() {
  : >"$WORLD/log"
  ! run "${@:1:$#-1}" >/dev/null 2>"$work/error" || fail "'${*:1:$#-1}' is taken"
  { grep -qF -- "${!#}" "$work/error" && grep -q '^  .' "$work/error"; } || fail "'${*:1:$#-1}' is refused like this: $(cat "$work/error")"
  ! grep -q 'ansible-playbook' "$WORLD/log" || fail "'${*:1:$#-1}' is refused and runs a playbook"
}
# does STEP... PLAYBOOKS: it runs just these on the control plane.
does() {
  : >"$WORLD/log"
  run "${@:1:$#-1}" >"$work/output" || fail "'${*:1:$#-1}' failed"
  same "what '${*:1:$#-1}' plays" "${!#}" "$(sed -n "s/^$FIRST: ansible-playbook --become //p" "$WORLD/log")"
}

# Without what a person has to give.
while read -r file; do
  mv "$work/cluster/secrets/$file" "$work/given"
  refuses hosts "there is no $work/cluster/secrets/$file"
  mv "$work/given" "$work/cluster/secrets/$file"
done < <(sed -n 's/^  secrets=(\(..*\))$/\1/p' "$machines/steps/hosts.sh" | tr ' ' '\n' | sort -u)

does upgrade ''
grep -q "runs Kubernetes $version" "$work/output" || fail 'an upgrade to the same version does not say so'
version_at -1 7 >"$WORLD/kubernetes"
refuses cluster "run './bootstrap.sh upgrade'"
refuses add "$LAST" "run './bootstrap.sh upgrade' first"
does upgrade upgrade-cluster.yml
version_at -2 9 >"$WORLD/kubernetes"
refuses upgrade 'more than one minor version'
refuses cluster 'more than one minor version'
version_at 0 99 >"$WORLD/kubernetes"
refuses upgrade "can't go back"
echo "$version" >"$WORLD/kubernetes"
does cluster cluster.yml

for name in no-such-worker "$FIRST" "$AGENT $LAST"; do
  refuses remove "$name" "'$name' is no worker of the inventory"
  refuses add "$name" "'$name' is no worker of the inventory"
  refuses forget "$name" "'$name' is no worker of the inventory"
done
does remove "$AGENT" "remove-node.yml --extra-vars node=$AGENT skip_confirmation=true"
! grep -q "$AGENT" "$WORLD/kubelets" || fail "$AGENT is still a node"
next="switch $AGENT off"
[[ ! -e $machines/Vagrantfile ]] || next="vagrant destroy $AGENT"
[[ ! -e $machines/libvirt ]] || next="instances.sh delete $AGENT"
grep -qF "$next" "$work/output" || fail 'what comes after a removal is not said'
does add "$AGENT" "playbooks/facts.yml
scale.yml --limit $AGENT"
added_to_nfs "$AGENT"

# One that burnt down: nothing can be asked of it.
mv "$WORLD/$LAST" "$work/burnt"
refuses remove "$LAST" "the machines can't be reached"
does forget "$LAST" "remove-node.yml --extra-vars node=$LAST skip_confirmation=true --extra-vars reset_nodes=false allow_ungraceful_removal=true"
[[ -e $machines/Vagrantfile ]] || "$here/stubs/vagrant" up
does add "$LAST" "playbooks/facts.yml
scale.yml --limit $LAST"
grep -q "^$LAST,.* ssh-ed25519 AAAA-of-$LAST" "$control/home/stackwright/known_hosts" || fail 'the key of the new machine is not known'

# No cluster yet.
rm -r "$control/etc/kubernetes"
refuses upgrade 'there is no cluster to upgrade'
refuses add "$LAST" 'the cluster does not'

echo 'bootstrap.sh: two runs, the second changed nothing; upgraded, workers removed, forgotten and added, wrong orders refused'
