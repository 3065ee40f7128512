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
for command in apt-get dpkg-query exportfs git kubectl mount python3 systemctl umount; do
  ln -s "$here/stubs/machine-command" "$work/bin/$command"
done
export WORLD=$work/world NAMES='kube-control1 kube-node1 kube-node2 kube-node3'

run() { PATH=$work/bin:$PATH "$work/machines/bootstrap.sh" "$@" </dev/null; }
fail() {
  echo "bootstrap: $1" >&2
  sed 's/^/  /' "$WORLD/log" >&2
  exit 1
}
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1 is not as expected"; }

run --help | grep -q '^usage: bootstrap.sh' || fail '--help shows no usage'
! run nosuchstep 2>/dev/null || fail 'an unknown step is no error'
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

same 'the export' '/srv/nfs-volume 192.168.56.0/24(rw,sync,no_subtree_check,root_squash)' \
  "$(cat "$control/etc/exports.d/stackwright.exports")"
same 'the exported directory' 'nobody:nogroup 777' "$(stat -c '%U:%G %a' "$control/srv/nfs-volume")"
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

: >"$WORLD/log"
run calico >/dev/null
same 'the calico step' "kube-control1: kubectl --namespace kube-system rollout restart daemonset/calico-node
kube-control1: kubectl --namespace kube-system rollout status daemonset/calico-node --timeout=10m" \
  "$(grep kubectl "$WORLD/log")"

echo 'bootstrap.sh: two runs, the second changed nothing'
