#!/usr/bin/env bash
# Runs a K3s cluster's bootstrap.sh on machines that are directories, and looks at what it did: k3s.sh CLUSTER-FOLDER SERVER AGENT...
#
# stubs/ stands in for ssh, the download and the commands that change a machine; our scripts run as they are.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SERVER=$2 AGENTS=("${@:3}")
# It may be one and the same.
readonly FIRST=${AGENTS[0]} LAST=${AGENTS[-1]}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/cluster"
# As before the first render made the tokens.
rm -rf "$work/cluster/secrets/k3s"
machines=$work/cluster/machines
mkdir "$work/bin" "$work/world"
for stub in cat ssh sudo curl; do ln -s "$here/stubs/$stub" "$work/bin/"; done
for command in systemctl kubectl crictl ctr ip mount umount iptables-save ip6tables-save apt-get dpkg-query exportfs; do ln -s "$here/stubs/machine-command" "$work/bin/$command"; done
for command in helm rustc; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
export WORLD=$work/world PAUSE=0 PATIENCE=6

mkdir "$WORLD/computer"
computer() { printf '%s\n' "$2" >"$WORLD/computer/$1"; }
computer helm v4.2.4
computer rustc 'rustc 1.95.0'
computer kubectl 'Client Version: v1.36.1'
if [[ -e $machines/multipass ]]; then
  # e2e/multipass tries how they are made. Here they are there.
  printf '#!/bin/sh\n' >"$machines/multipass/instances.sh"
  chmod +x "$machines/multipass/instances.sh"
  ln -s "$here/stubs/computer-command" "$work/bin/multipass"
  for command in free df; do ln -s "$here/../multipass/stubs/computer" "$work/bin/$command"; done
  computer multipass 'multipass   1.16.1'
fi
if [[ -e $machines/libvirt ]]; then
  # e2e/libvirt tries how they are made, with the real programs.
  printf '#!/bin/sh\n' >"$machines/libvirt/instances.sh"
  for command in virsh virt-install xorriso; do ln -s "$here/../libvirt/stubs/computer" "$work/bin/$command"; done
fi
# Hosts that are no nodes are reached, too.
while read -r machine; do
  mkdir -p "$WORLD/$machine"/{home,etc/systemd/system,usr/local/bin,etc/rancher/node}
done < <(sed -n 's/^Host //p' "$machines/ssh-config")

run() { PATH=$work/bin:$PATH bash "$machines/bootstrap.sh" "$@" </dev/null; }
fail() {
  echo "k3s: $1" >&2
  sed 's/^/  /' "$WORLD/log" >&2
  exit 1
}
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1 is not as expected"; }
log() { : >"$WORLD/log"; }
state() { find "$WORLD" -type f ! -name log ! -name processes -exec sha256sum {} + | sort -k 2; }
log

run --help | grep -q '^usage: bootstrap.sh' || fail '--help shows no usage'
for wrong in nosuchstep connect wait_for remove 'uninstall' "nodes $SERVER"; do
  # shellcheck disable=SC2086 # the words of a command
  ! run $wrong 2>/dev/null || fail "'$wrong' is no error"
done

! run k3s >/dev/null 2>"$work/error" || fail 'K3s is installed without a token'
grep -q 'secrets/k3s/token$' "$work/error" || fail "a missing token is told like this: $(cat "$work/error")"
readonly TOKEN=the-servers-token-0123456789 AGENT_TOKEN=the-agents-token-0123456789
mkdir -p "$work/cluster/secrets/k3s"
(
  umask 077
  printf %s "$TOKEN" >"$work/cluster/secrets/k3s/token"
  printf %s "$AGENT_TOKEN" >"$work/cluster/secrets/k3s/agent-token"
)

# Another binary than the pinned one is never put in place.
echo 'echo pwned' >"$WORLD/release"
! run k3s >/dev/null 2>"$work/error" || fail 'a binary with another sum is taken'
grep -q 'is not the K3s v1.36.1+k3s1 that is pinned' "$work/error" || fail "a wrong sum is told like this: $(cat "$work/error")"
[[ -z $(find "$WORLD/$SERVER" -name 'k3s*' -type f ! -path '*/stackwright/*') ]] || fail 'something of the wrong binary stays'
[[ -z $(find "$WORLD" -name secrets) ]] || fail 'a failure leaves tokens in the transfer folder'

pin() {
  cp "$1" "$WORLD/release"
  sed -i -E "s/\b[0-9a-f]{64}\b/$(sha256sum "$1" | cut -d ' ' -f 1)/g" "$machines/steps/hosts.sh"
}
pin "$here/stubs/k3s"

# What anybody on the machines could see meanwhile.
: >"$WORLD/processes"
(while sleep 0.02; do ps -eo args >>"$WORLD/processes"; done) &
watcher=$!
trap 'kill "$watcher"; rm -rf "$work"' EXIT

log
run >"$work/output" 2>&1 || fail "the first run failed: $(tail -5 "$work/output")"
cp "$WORLD/log" "$work/first-log"
state >"$work/first"
log
run >"$work/output-2" 2>&1 || fail 'the second run failed'
state >"$work/second"
diff "$work/first" "$work/second" >&2 || fail 'the second run changed files'
# What loads rules of a firewall anew does so each time, in one step.
! grep -E 'curl|systemctl (restart|enable .*k3s)' "$WORLD/log" >&2 || fail 'the second run installed or restarted'

# The server is there before an agent, and each restarted once.
same 'the order of the starts' "$SERVER: systemctl restart --no-block k3s.service
$(printf '%s: systemctl restart --no-block k3s-agent.service\n' "${AGENTS[@]}")" "$(grep 'systemctl restart' "$work/first-log")"
same 'the downloads' "$SERVER: curl https://github.com/k3s-io/k3s/releases/download/v1.36.1%2Bk3s1/k3s$([[ $(uname -m) == x86_64 ]] || echo -arm64)" \
  "$(grep -m 1 curl "$work/first-log")"

# mode FILE...: what they are, and who may read them.
mode() { (cd "$WORLD" && stat -c '%n %a' "$@"); }
same 'who may read what' "$SERVER/etc/rancher/k3s/config.yaml 600
$SERVER/etc/rancher/k3s/token 600
$SERVER/etc/rancher/k3s/agent-token 600
$FIRST/etc/rancher/k3s/agent-token 600
$SERVER/usr/local/bin/k3s 755
$SERVER/etc/systemd/system/k3s.service 644" "$(mode "$SERVER"/etc/rancher/k3s/{config.yaml,token,agent-token} "$FIRST/etc/rancher/k3s/agent-token" \
  "$SERVER/usr/local/bin/k3s" "$SERVER/etc/systemd/system/k3s.service")"
same "the servers' token" "$TOKEN" "$(<"$WORLD/$SERVER/etc/rancher/k3s/token")"
same "the agents' token" "$AGENT_TOKEN" "$(<"$WORLD/$LAST/etc/rancher/k3s/agent-token")"
[[ ! -e $WORLD/$FIRST/etc/rancher/k3s/token ]] || fail "an agent has the servers' token"
same "an agent's configuration" "$(cat "$machines/k3s/$FIRST.yaml")" "$(cat "$WORLD/$FIRST/etc/rancher/k3s/config.yaml")"
for role in server agent; do
  [[ $role == server ]] && unit=$WORLD/$SERVER/etc/systemd/system/k3s.service || unit=$WORLD/$FIRST/etc/systemd/system/k3s-agent.service
  grep -qx "ExecStart=/usr/local/bin/k3s $role" "$unit" || fail "the unit of the $role starts something else"
done
[[ -z $(find "$WORLD" -path '*/stackwright/secrets*') ]] || fail 'tokens stay in the transfer folder'
kill "$watcher"
trap 'rm -rf "$work"' EXIT
[[ -s $WORLD/processes ]] || fail 'nobody looked at the processes'
! grep -rlE "$TOKEN|$AGENT_TOKEN" "$WORLD/log" "$WORLD/processes" "$work"/first-log "$work"/output* >&2 || fail 'a token was to be seen'

same "the kubeconfig's mode" 600 "$(stat -c %a "$machines/kubeconfig")"
# By the first of its further names, if it has any.
reached=$(python3 -c 'import sys, yaml; config = yaml.safe_load(sys.stdin); print((config.get("tls-san") or config["node-ip"])[0])' <"$machines/k3s/$SERVER.yaml")
same "the kubeconfig's server" "    server: https://$reached:6443" "$(grep server: "$machines/kubeconfig")"
(cd "$machines" && git init -q . && git check-ignore -q kubeconfig) || fail 'git does not ignore the kubeconfig'

"$here/units.sh" "$WORLD"

# restarted WHAT MACHINES: what a run of the step k3s restarts.
restarted() {
  log
  run k3s >/dev/null || fail "$1: the step failed"
  same "what restarts after $1" "$2" "$(sed -n 's/: systemctl restart.*//p' "$WORLD/log" | paste -sd ' ')"
}
echo '# changed' >>"$machines/k3s/$LAST.yaml"
restarted 'a changed configuration' "$LAST"
printf %s another-token >"$work/cluster/secrets/k3s/agent-token"
restarted 'a new token for agents' "$SERVER ${AGENTS[*]}"
restarted 'no change' ''
mkdir "$WORLD/$SERVER/etc/rancher/k3s/config.yaml.d"
echo 'debug: true' >"$WORLD/$SERVER/etc/rancher/k3s/config.yaml.d/debug.yaml"
restarted "a person's drop-in" "$SERVER"
touch "$WORLD/$FIRST/down"
! PATIENCE=2 run k3s >/dev/null 2>"$work/error" || fail 'an agent that does not start is no error'
grep -q 'journalctl --unit k3s-agent.service' "$work/error" || fail 'the error names no way out'
rm "$WORLD/$FIRST/down"
restarted 'a failed start' "$FIRST"

# Another release: its binary replaces the old one everywhere, the server's first. Going back or two minor versions on is refused.
sed 's/v1.36.1+k3s1/v1.37.2+k3s1/' "$here/stubs/k3s" >"$work/newer"
cp "$machines/steps/hosts.sh" "$work/hosts.sh"
sed -i 's/v1.36.1+k3s1/v1.37.2+k3s1/g' "$machines/steps/hosts.sh"
pin "$work/newer"
log
run upgrade >/dev/null || fail 'the upgrade failed'
upgraded() { # NODE UNIT
  printf '%s: systemctl restart --no-block %s.service\n%s: k3s kubectl wait --for=condition=Ready node/%s --timeout=10m\n' "$1" "$2" "$SERVER" "$1"
}
same 'the upgrade' "$(upgraded "$SERVER" k3s && for agent in "${AGENTS[@]}"; do upgraded "$agent" k3s-agent; done)" \
  "$(grep -E 'systemctl restart|Ready' "$WORLD/log" | head -n $((2 + 2 * ${#AGENTS[@]})))"
cmp "$work/newer" "$WORLD/$LAST/usr/local/bin/k3s" || fail 'an agent has the old binary'
refuses() {
  ! run "${@:1:$#-1}" >/dev/null 2>"$work/error" || fail "'${*:1:$#-1}' is taken"
  { grep -qF -- "${!#}" "$work/error" && grep -q '^  .' "$work/error"; } || fail "'${*:1:$#-1}' is refused like this: $(cat "$work/error")"
}
cp "$work/hosts.sh" "$machines/steps/hosts.sh"
refuses upgrade "runs K3s 1.37.2 and can't go back to 1.36.1"
sed -i 's/v1.36.1+k3s1/v1.39.0+k3s1/g' "$machines/steps/hosts.sh"
refuses upgrade 'from K3s 1.37.2 to 1.39.0 is more than one minor version'
# Without internet: the binary is already there.
cp "$work/hosts.sh" "$machines/steps/hosts.sh"
rm "$WORLD/$FIRST/usr/local/bin/k3s"
mkdir -p "$WORLD/$FIRST/var/cache/stackwright"
cp "$here/stubs/k3s" "$WORLD/$FIRST/var/cache/stackwright/k3s-v1.36.1+k3s1-$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')"
log
# A node that is new in the code is added like this, too.
run add "$FIRST" >/dev/null || fail 'the binary that is there is not taken'
! grep -q curl "$WORLD/log" || fail 'it is downloaded all the same'

refuses remove "$SERVER" "'$SERVER' is no agent of this cluster"
refuses add "$SERVER" "'$SERVER' is no agent of this cluster"
refuses uninstall nobody "'nobody' is no node of this cluster"
log
run remove "$FIRST" >"$work/output"
same 'the removal' "$SERVER: k3s kubectl drain $FIRST --ignore-daemonsets --delete-emptydir-data --timeout=10m
$SERVER: k3s kubectl delete node $FIRST" "$(grep 'k3s kubectl' "$WORLD/log")"
grep -q "./bootstrap.sh uninstall $FIRST" "$work/output" || fail 'what comes after a removal is not said'

mkdir -p "$WORLD/$FIRST/var/lib/rancher/k3s/storage/volume"
touch "$WORLD/$FIRST/etc/rancher/node/password"
run uninstall "$FIRST" >/dev/null || fail 'uninstalling failed'
run uninstall "$FIRST" >/dev/null || fail 'uninstalling twice failed'
same 'what is left of K3s' "$WORLD/$FIRST/etc/rancher/node/password" \
  "$(find "$WORLD/$FIRST" \( -path '*rancher*' -o -name 'k3s*' \) -type f ! -path '*/stackwright/*')"
[[ $FIRST == "$LAST" || -e $WORLD/$LAST/usr/local/bin/k3s ]] || fail 'another machine lost its K3s'

echo "K3s on $SERVER ${AGENTS[*]}: two runs, the second changed nothing; changed, upgraded, removed, uninstalled; no token was to be seen"
