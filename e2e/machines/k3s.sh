#!/usr/bin/env bash
# Runs a K3s cluster's bootstrap.sh on machines that are directories, and looks at what it did: k3s.sh CLUSTER-FOLDER
#
# stubs/ stands in for ssh, the download and the commands that change a machine; our scripts run as they are.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/cluster"
machines=$work/cluster/machines
mkdir "$work/bin" "$work/world"
for stub in cat ssh sudo curl; do ln -s "$here/stubs/$stub" "$work/bin/"; done
for command in systemctl kubectl crictl ctr ip umount iptables-save ip6tables-save; do ln -s "$here/stubs/machine-command" "$work/bin/$command"; done
for command in helm rustc; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
export WORLD=$work/world PAUSE=0 PATIENCE=6

mkdir "$WORLD/computer"
computer() { printf '%s\n' "$2" >"$WORLD/computer/$1"; }
computer helm v4.2.4
computer rustc 'rustc 1.95.0'
computer kubectl 'Client Version: v1.36.1'
for machine in server agent-1 agent-2; do
  mkdir -p "$WORLD/$machine"/{home,etc/systemd/system,usr/local/bin,etc/rancher/node}
done

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
for wrong in nosuchstep connect wait_for remove 'uninstall' 'nodes server'; do
  # shellcheck disable=SC2086 # the words of a command
  ! run $wrong 2>/dev/null || fail "'$wrong' is no error"
done

# Before the first render made the tokens.
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
[[ -z $(find "$WORLD/server" -name 'k3s*' -type f ! -path '*/stackwright/*') ]] || fail 'something of the wrong binary stays'
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
! grep -E 'curl|systemctl (restart|enable|daemon-reload)' "$WORLD/log" >&2 || fail 'the second run installed or restarted'

# The server is there before an agent, and each restarted once.
same 'the order of the starts' 'server: systemctl restart --no-block k3s.service
agent-1: systemctl restart --no-block k3s-agent.service
agent-2: systemctl restart --no-block k3s-agent.service' "$(grep 'systemctl restart' "$work/first-log")"
same 'the downloads' "server: curl https://github.com/k3s-io/k3s/releases/download/v1.36.1%2Bk3s1/k3s$([[ $(uname -m) == x86_64 ]] || echo -arm64)" \
  "$(grep -m 1 curl "$work/first-log")"

# mode FILE...: what they are, and who may read them.
mode() { (cd "$WORLD" && stat -c '%n %a' "$@"); }
same 'who may read what' 'server/etc/rancher/k3s/config.yaml 600
server/etc/rancher/k3s/token 600
server/etc/rancher/k3s/agent-token 600
agent-1/etc/rancher/k3s/agent-token 600
server/usr/local/bin/k3s 755
server/etc/systemd/system/k3s.service 644' "$(mode server/etc/rancher/k3s/{config.yaml,token,agent-token} agent-1/etc/rancher/k3s/agent-token \
  server/usr/local/bin/k3s server/etc/systemd/system/k3s.service)"
same "the servers' token" "$TOKEN" "$(<"$WORLD/server/etc/rancher/k3s/token")"
same "the agents' token" "$AGENT_TOKEN" "$(<"$WORLD/agent-2/etc/rancher/k3s/agent-token")"
[[ ! -e $WORLD/agent-1/etc/rancher/k3s/token ]] || fail "an agent has the servers' token"
same "an agent's configuration" "$(cat "$machines/k3s/agent-1.yaml")" "$(cat "$WORLD/agent-1/etc/rancher/k3s/config.yaml")"
for role in server agent; do
  [[ $role == server ]] && unit=$WORLD/server/etc/systemd/system/k3s.service || unit=$WORLD/agent-1/etc/systemd/system/k3s-agent.service
  grep -qx "ExecStart=/usr/local/bin/k3s $role" "$unit" || fail "the unit of the $role starts something else"
done
[[ -z $(find "$WORLD" -path '*/stackwright/secrets*') ]] || fail 'tokens stay in the transfer folder'
kill "$watcher"
trap 'rm -rf "$work"' EXIT
[[ -s $WORLD/processes ]] || fail 'nobody looked at the processes'
! grep -rlE "$TOKEN|$AGENT_TOKEN" "$WORLD/log" "$WORLD/processes" "$work"/first-log "$work"/output* >&2 || fail 'a token was to be seen'

same "the kubeconfig's mode" 600 "$(stat -c %a "$machines/kubeconfig")"
same "the kubeconfig's server" '    server: https://lab.example.com:6443' "$(grep server: "$machines/kubeconfig")"
(cd "$machines" && git init -q . && git check-ignore -q kubeconfig) || fail 'git does not ignore the kubeconfig'

# restarted WHAT MACHINES: what a run of the step k3s restarts.
restarted() {
  log
  run k3s >/dev/null || fail "$1: the step failed"
  same "what restarts after $1" "$2" "$(sed -n 's/: systemctl restart.*//p' "$WORLD/log" | paste -sd ' ')"
}
echo '# changed' >>"$machines/k3s/agent-2.yaml"
restarted 'a changed configuration' agent-2
printf %s another-token >"$work/cluster/secrets/k3s/agent-token"
restarted 'a new token for agents' 'server agent-1 agent-2'
restarted 'no change' ''
mkdir "$WORLD/server/etc/rancher/k3s/config.yaml.d"
echo 'debug: true' >"$WORLD/server/etc/rancher/k3s/config.yaml.d/debug.yaml"
restarted "a person's drop-in" server
touch "$WORLD/agent-1/down"
! PATIENCE=2 run k3s >/dev/null 2>"$work/error" || fail 'an agent that does not start is no error'
grep -q 'journalctl --unit k3s-agent.service' "$work/error" || fail 'the error names no way out'
rm "$WORLD/agent-1/down"
restarted 'a failed start' agent-1

# Another release: its binary replaces the old one everywhere, the server's first. Going back or two minor versions on is refused.
sed 's/v1.36.1+k3s1/v1.37.2+k3s1/' "$here/stubs/k3s" >"$work/newer"
cp "$machines/steps/hosts.sh" "$work/hosts.sh"
sed -i 's/v1.36.1+k3s1/v1.37.2+k3s1/g' "$machines/steps/hosts.sh"
pin "$work/newer"
log
run upgrade >/dev/null || fail 'the upgrade failed'
same 'the upgrade' 'server: systemctl restart --no-block k3s.service
server: k3s kubectl wait --for=condition=Ready node/server --timeout=10m
agent-1: systemctl restart --no-block k3s-agent.service
server: k3s kubectl wait --for=condition=Ready node/agent-1 --timeout=10m
agent-2: systemctl restart --no-block k3s-agent.service
server: k3s kubectl wait --for=condition=Ready node/agent-2 --timeout=10m' "$(grep -E 'restart|Ready' "$WORLD/log" | head -6)"
cmp "$work/newer" "$WORLD/agent-2/usr/local/bin/k3s" || fail 'an agent has the old binary'
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
rm "$WORLD/agent-1/usr/local/bin/k3s"
mkdir -p "$WORLD/agent-1/var/cache/stackwright"
cp "$here/stubs/k3s" "$WORLD/agent-1/var/cache/stackwright/k3s-v1.36.1+k3s1-$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')"
log
# A node that is new in the code is added like this, too.
run add agent-1 >/dev/null || fail 'the binary that is there is not taken'
! grep -q curl "$WORLD/log" || fail 'it is downloaded all the same'

refuses remove server "'server' is no agent of this cluster"
refuses add server "'server' is no agent of this cluster"
refuses uninstall nobody "'nobody' is no node of this cluster"
log
run remove agent-1 >"$work/output"
same 'the removal' 'server: k3s kubectl drain agent-1 --ignore-daemonsets --delete-emptydir-data --timeout=10m
server: k3s kubectl delete node agent-1' "$(grep 'k3s kubectl' "$WORLD/log")"
grep -q './bootstrap.sh uninstall agent-1' "$work/output" || fail 'what comes after a removal is not said'

mkdir -p "$WORLD/agent-1/var/lib/rancher/k3s/storage/volume"
touch "$WORLD/agent-1/etc/rancher/node/password"
run uninstall agent-1 >/dev/null || fail 'uninstalling failed'
run uninstall agent-1 >/dev/null || fail 'uninstalling twice failed'
same 'what is left of K3s' "$WORLD/agent-1/etc/rancher/node/password" \
  "$(find "$WORLD/agent-1" \( -path '*rancher*' -o -name 'k3s*' \) -type f ! -path '*/stackwright/*')"
[[ -e $WORLD/agent-2/usr/local/bin/k3s ]] || fail 'another machine lost its K3s'

echo "K3s: two runs, the second changed nothing; changed, upgraded, removed, uninstalled; no token was to be seen"
