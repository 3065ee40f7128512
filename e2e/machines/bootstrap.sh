#!/usr/bin/env bash
# Runs a cluster's bootstrap.sh on machines that are directories, twice, and looks at what it did: bootstrap.sh MACHINES-FOLDER
#
# stubs/ stands in for Vagrant, ssh and the commands that change a machine; our scripts run as they are.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/machines"
mkdir "$work/bin" "$work/world"
for stub in cat scp ssh sudo vagrant; do ln -s "$here/stubs/$stub" "$work/bin/"; done
for command in apt-get dpkg-query exportfs findmnt git kubectl mount python3 systemctl umount; do
  ln -s "$here/stubs/machine-command" "$work/bin/$command"
done
for command in VBoxManage df free helm rustc; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
export WORLD=$work/world NAMES='kube-control1 kube-node1 kube-node2 kube-node3'

mkdir "$WORLD/computer"
computer() { printf '%s\n' "$2" >"$WORLD/computer/$1"; }
computer VBoxManage 7.2.4r170995
computer VBoxManage-runningvms ''
computer VBoxManage-vms ''
computer VBoxManage-systemproperties 'Default machine folder:          /vms'
computer vagrant 'Vagrant 2.4.9'
computer helm v4.2.4
computer rustc 'rustc 1.95.0'
computer kubectl 'Client Version: v1.35.4'
computer free 'Mem: 1 1 1 1 1 16000'
computer df $'Filesystem\n/dev/sda 1 1 99999999 1% /'

run() { PATH=$work/bin:$PATH "$work/machines/bootstrap.sh" "$@" </dev/null; }
fail() {
  echo "bootstrap: $1" >&2
  sed 's/^/  /' "$WORLD/log" >&2
  exit 1
}
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1 is not as expected"; }

run --help | grep -q '^usage: bootstrap.sh' || fail '--help shows no usage'
for wrong in nosuchstep connect usage 'nodes kube-node1' 'add' 'remove' 'add kube-node1 kube-node2'; do
  # shellcheck disable=SC2086 # the words of a command
  ! run $wrong 2>/dev/null || fail "'$wrong' is no error"
done
! run 'nodes kubeconfig' 2>/dev/null || fail 'two steps in one word are no error'
! run keys 2>"$work/error" || fail 'a step succeeds with no machine there'
grep -q "'./bootstrap.sh machines'" "$work/error" || fail 'the error names no way out'

run >"$work/output" || fail 'the first run failed'
cp "$WORLD/log" "$work/first-log"
find "$WORLD" -type f ! -name log -exec sha256sum {} + | sort -k 2 >"$work/first"
: >"$WORLD/log"
run >/dev/null || fail 'the second run failed'
find "$WORLD" -type f ! -name log -exec sha256sum {} + | sort -k 2 >"$work/second"
diff "$work/first" "$work/second" >&2 || fail 'the second run changed files'
! grep -E 'apt-get|git .* fetch|git .* checkout' "$WORLD/log" >&2 || fail 'the second run installed again'

control=$WORLD/kube-control1
for machine in $NAMES; do
  keys=$WORLD/$machine/home/.ssh/authorized_keys
  same "$machine's authorized_keys" \
    "ssh-ed25519 AAAA-of-vagrant vagrant"$'\n'"$(cat "$control/home/.ssh/id_ed25519.pub")" "$(cat "$keys")"
  same "the mode of $machine's authorized_keys" 600 "$(stat -c %a "$keys")"
done
same known_hosts "kube-control1,192.168.56.11 ssh-ed25519 AAAA-of-kube-control1 root@kube-control1
kube-node1,192.168.56.21 ssh-ed25519 AAAA-of-kube-node1 root@kube-node1
kube-node2,192.168.56.22 ssh-ed25519 AAAA-of-kube-node2 root@kube-node2
kube-node3,192.168.56.23 ssh-ed25519 AAAA-of-kube-node3 root@kube-node3" "$(cat "$control/home/stackwright/known_hosts")"

same 'the export' '/srv/nfs-volume 192.168.56.0/24(rw,sync,no_subtree_check,root_squash,mountpoint=/srv/nfs-volume)' \
  "$(cat "$control/etc/exports.d/stackwright.exports")"
same 'the exported directory' 'nobody:nogroup 777' "$(stat -c '%U:%G %a' "$control/srv/nfs-volume")"
same 'the data disk' 'kube-control1: remote/data-disk.sh 20 /srv/nfs-volume' "$(grep data-disk "$work/first-log")"
for machine in $NAMES; do
  same "what keeps $machine's pods from the export" "$(cat "$work/machines/nfs.nft")" "$(cat "$WORLD/$machine/etc/stackwright/nfs.nft")"
  grep -q "^$machine: systemctl reload-or-restart nfs-firewall.service$" "$work/first-log" || fail "$machine does not keep its pods from the export"
done
for machine in kube-node1 kube-node2 kube-node3; do
  grep -q "^$machine: mount .* 192.168.56.11:/srv/nfs-volume " "$work/first-log" || fail "$machine did not try the export"
done

grep -q "inventory $control/home/stackwright/inventory/inventory.ini, keys checked: true, UserKnownHostsFile=$control/home/stackwright/known_hosts" \
  "$work/first-log" || fail "Ansible ran on another inventory, or without checking keys"

same "the control plane's kubeconfig's mode" 600 "$(stat -c %a "$control/home/.kube/config")"
same "the kubeconfig's mode" 600 "$(stat -c %a "$work/machines/kubeconfig")"
same "the kubeconfig's server" '    server: https://192.168.56.11:6443' "$(grep server: "$work/machines/kubeconfig")"
(cd "$work/machines" && git init -q . && git check-ignore -q kubeconfig) || fail 'git does not ignore the kubeconfig'
grep -q '^192.168.56.200 cccr-miniproject.com$' "$work/output" || fail 'the lines for the hosts file are not shown'

"$here/units.sh" "$WORLD"

: >"$WORLD/log"
run calico >/dev/null
same 'the calico step' "kube-control1: kubectl --namespace kube-system rollout restart daemonset/calico-node
kube-control1: kubectl --namespace kube-system rollout status daemonset/calico-node --timeout=10m" \
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
  same "what '${*:1:$#-1}' plays" "${!#}" "$(sed -n 's/^kube-control1: ansible-playbook --become //p' "$WORLD/log")"
}

# Without its step no disk is there: as if someone had unmounted it since.
sed -i '/data-disk.sh/d' "$work/machines/steps/hosts.sh"
rm "$control/data-disk"
refuses hosts '/srv/nfs-volume is not on the data disk'
cp "$1/steps/hosts.sh" "$work/machines/steps/hosts.sh"
run hosts >/dev/null

does upgrade ''
grep -q 'runs Kubernetes 1.35.4' "$work/output" || fail 'an upgrade to the same version does not say so'
echo 1.34.7 >"$WORLD/kubernetes"
refuses cluster "run './bootstrap.sh upgrade'"
refuses add kube-node3 "run './bootstrap.sh upgrade' first"
does upgrade upgrade-cluster.yml
echo 1.33.9 >"$WORLD/kubernetes"
refuses upgrade 'more than one minor version'
refuses cluster 'more than one minor version'
echo 1.35.5 >"$WORLD/kubernetes"
refuses upgrade "can't go back"
echo 1.35.4 >"$WORLD/kubernetes"
does cluster cluster.yml

refuses remove kube-node9 "'kube-node9' is no worker of the inventory"
refuses remove kube-control1 "'kube-control1' is no worker of the inventory"
refuses forget kube-control1 "'kube-control1' is no worker of the inventory"
refuses add kube-control2 "'kube-control2' is no worker of the inventory"
refuses add 'kube-node1 kube-node2' 'is no worker of the inventory'
does remove kube-node2 'remove-node.yml --extra-vars node=kube-node2 skip_confirmation=true'
! grep -q kube-node2 "$WORLD/kubelets" || fail 'kube-node2 is still a node'
grep -q 'vagrant destroy kube-node2' "$work/output" || fail 'what comes after a removal is not said'
does add kube-node2 'playbooks/facts.yml
scale.yml --limit kube-node2'
grep -q '^kube-node2: mount .* 192.168.56.11:/srv/nfs-volume ' "$WORLD/log" || fail 'the added worker did not try the export'
grep -q '^kube-node2: systemctl reload-or-restart nfs-firewall.service$' "$WORLD/log" || fail 'the added worker does not keep its pods from the export'

# One that burnt down: nothing can be asked of it.
mv "$WORLD/kube-node3" "$work/burnt"
refuses remove kube-node3 "the machines can't be reached"
does forget kube-node3 'remove-node.yml --extra-vars node=kube-node3 skip_confirmation=true --extra-vars reset_nodes=false allow_ungraceful_removal=true'
does add kube-node3 'playbooks/facts.yml
scale.yml --limit kube-node3'
grep -q "^kube-node3,192.168.56.23 ssh-ed25519 AAAA-of-kube-node3" "$control/home/stackwright/known_hosts" || fail 'the key of the new machine is not known'

# No cluster yet.
rm -r "$control/etc/kubernetes"
refuses upgrade 'there is no cluster to upgrade'
refuses add kube-node3 'the cluster does not'

echo 'bootstrap.sh: two runs, the second changed nothing; upgraded, workers removed, forgotten and added, wrong orders refused'
