#!/usr/bin/env bash
# Two computers with a machine each, a person who administers them from elsewhere, and a visitor from outside: bridged.sh CLUSTER-FOLDER
#
# The cluster is k3s-course. Real are Vagrant with its provisioners and triggers, ssh and sshd, netplan's generator, nft, the kernel's routing, and our scripts.
# stand_in.rb stands in for VirtualBox, a namespace with a copy of this system for a machine, stubs/ for systemd and K3s.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ${2:-} != unshared ]]; then
  # Networks and mounts are seen by nothing else, and all processes end with this one.
  exec unshare --mount --net --pid --fork --kill-child --mount-proc bash "$0" "$1" unshared
fi

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
fail() {
  echo "bridged: $1" >&2
  sed 's/^/  /' "$work/output" >&2
  exit 1
}
# expect TEXT: in what was said last.
expect() { grep -qF -- "$1" "$work/output" || fail "nothing says: $1"; }

# A network namespace for each, by a process in it.
declare -A place
new_place() { # NAME COMMAND...
  local name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  place[$name]=$!
}
at() { # NAME COMMAND...
  local name=$1
  shift
  nsenter --target "${place[$name]}" --net -- "$@"
}
for name in lan router outside desktop laptop admin; do new_place "$name" unshare --net sleep infinity; done
for machine in server agent; do
  mkdir "$work/$machine"
  new_place "$machine" unshare --net --uts sleep infinity
done
sleep 0.2

# cable PLACE NIC PLACE NIC
cable() {
  ip link add "$2" netns "/proc/${place[$1]}/ns/net" type veth peer name "$4" netns "/proc/${place[$3]}/ns/net"
  at "$1" ip link set "$2" up
  at "$3" ip link set "$4" up
}
at lan ip link add bridge type bridge
at lan ip link set bridge up
for pair in server:eth1 agent:eth1 admin:eth0 router:eth0; do
  cable "${pair%:*}" "${pair#*:}" lan "${pair%:*}"
  at lan ip link set "${pair%:*}" master bridge
done
# VirtualBox's NAT: the same addresses on both computers, and nobody goes through it.
for pair in desktop:server laptop:agent; do
  cable "${pair#*:}" eth0 "${pair%:*}" nat
  at "${pair%:*}" ip link set lo up
  at "${pair%:*}" ip address add 10.0.2.2/24 dev nat
done
at admin ip link set lo up
at admin ip address add 192.168.0.50/24 dev eth0
at router ip address add 192.168.0.1/24 dev eth0
cable router eth1 outside eth0
at router ip address add 203.0.113.1/24 dev eth1
at outside ip address add 203.0.113.9/24 dev eth0
at router sysctl -qw net.ipv4.ip_forward=1
at router nft -f - <<'NFT'
table ip nat {
  chain prerouting {
    type nat hook prerouting priority dstnat
    iifname eth1 tcp dport 80 dnat to 192.168.0.11:30080
  }
}
NFT

gem=$(dirname "$(gem which vagrant 2>/dev/null || find / -xdev -path '*/vagrant-*/lib/vagrant.rb' -print -quit)")/..
export INSECURE_KEY=$gem/keys/vagrant.pub
for machine in server agent; do
  nsenter --target "${place[$machine]}" --net --uts -- unshare --mount bash "$here/machine.sh" "$work/$machine" "$machine" >"$work/$machine.log" 2>&1 &
  place[$machine]=$!
done
# inside MACHINE COMMAND...: as root, in its own system.
inside() {
  local name=$1
  shift
  nsenter --target "${place[$name]}" --mount --net --uts --root --wd -- "$@"
}

# The person's computer has the cluster's folder, and stand-ins for what it only asks for its version.
cp -r "$1" "$work/cluster"
mkdir -p "$work/bin" "$work/world/computer" "$work/home/.ssh"
for command in helm rustc kubectl; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
echo v4.2.4 >"$work/world/computer/helm"
echo 'rustc 1.95.0' >"$work/world/computer/rustc"
echo 'Client Version: v1.36.1' >"$work/world/computer/kubectl"
# What the release's binary would have.
sum=$(sha256sum "$here/stubs/k3s-of-a-machine" | cut -d ' ' -f 1)
sed -i -E "s/\b[0-9a-f]{64}\b/$sum/g" "$work"/cluster/machines/{steps/hosts.sh,*/Vagrantfile}
mkdir -p "$work/cluster/secrets/k3s"
(umask 077 && printf the-servers-token >"$work/cluster/secrets/k3s/token" && printf the-agents-token >"$work/cluster/secrets/k3s/agent-token")
ssh-keygen -q -t ed25519 -N '' -C administrator -f "$work/home/.ssh/id_ed25519"
ssh-keygen -q -t ed25519 -N '' -C stranger -f "$work/stranger"
# Whoever is asked about a host's key says yes.
echo 'StrictHostKeyChecking accept-new' >"$work/home/.ssh/config"

# person COMMAND...: at the administrator's computer, with a home of their own.
person() {
  # shellcheck disable=SC2016 # the inner shell expands it
  (cd "$work/cluster" && nsenter --target "${place[admin]}" --net -- unshare --mount bash -c 'mount --bind "$1" ~ && shift && exec "$@"' \
    bash "$work/home" env "PATH=$work/bin:$PATH" "WORLD=$work/world" "$@") >"$work/output" 2>&1 </dev/null
}
# computer NAME COMMAND...: Vagrant there, in the folder that was unpacked.
computer() {
  local name=$1
  shift
  mkdir -p "$work/$name/home"
  cp "$here/stand_in.rb" "$work/$name/home/Vagrantfile"
  (cd "$work/$name/machines/$name" && nsenter --target "${place[$name]}" --net -- env "VAGRANT_HOME=$work/$name/home" VAGRANT_CHECKPOINT_DISABLE=1 \
    VAGRANT_EXPERIMENTAL=disks "INTERFACES=${interfaces:-lo,ENP3S0,wlp2s0}" vagrant "$@") >"$work/output" 2>&1 </dev/null
}

# Nothing is packed without what it needs, and nothing is started.
! person machines/pack.sh desktop || fail 'a computer is packed for without anyone who may log in'
expect 'cp ~/.ssh/id_ed25519.pub machines/desktop/authorized_keys'
person bash -c 'tee machines/{desktop,laptop}/authorized_keys <~/.ssh/id_ed25519.pub'
! person machines/pack.sh router || fail 'a computer is packed for that runs no machine'
person machines/pack.sh desktop laptop || fail 'nothing is packed'
[[ $(stat -c %a "$work"/cluster/secrets/*.tar | sort -u) == 600 ]] || fail 'everyone can read the tokens that are packed'
! tar -tf "$work/cluster/secrets/laptop.tar" | grep -qx secrets/k3s/token || fail "an agent's computer gets the servers' token"
mkdir -p "$work/cluster/machines/desktop/.vagrant/machines/server"
(cd "$work/cluster" && git init -q . && touch machines/desktop/.vagrant/machines/server/private_key &&
  [[ $(git check-ignore secrets/desktop.tar machines/desktop/{authorized_keys,.vagrant/machines/server/private_key} | wc -l) == 3 ]]) ||
  fail 'git would take tokens or keys'
for name in desktop laptop; do
  mkdir "$work/$name"
  tar -xf "$work/cluster/secrets/$name.tar" -C "$work/$name"
done

# What lacks is said before anything happens, with the way out.
mv "$work/desktop/machines/desktop/authorized_keys" "$work/keys"
! computer desktop up --provider=stand_in || fail 'a machine is made that nobody can log in to'
expect 'which says who may log in'
mv "$work/keys" "$work/desktop/machines/desktop/authorized_keys"
mv "$work/desktop/secrets/k3s/token" "$work/token"
! computer desktop up --provider=stand_in || fail 'a machine is made without its token'
expect 'unpack here what machines/pack.sh packed for this computer'
mv "$work/token" "$work/desktop/secrets/k3s/token"
! interfaces=eth7,eth8 computer desktop up --provider=stand_in || fail 'a machine is made on another bridge'
expect 'it has: eth7, eth8'

for pair in desktop:server laptop:agent; do
  computer "${pair%:*}" up --provider=stand_in || fail "${pair%:*} has no machine"
  expect 'administrator (ED25519)'
  expect "K3s v1.36.1+k3s1 runs as ${pair#*:}"
done

# From elsewhere: the person by their key, nobody else, and nobody by the password of every box.
reach() { # KEY USER@ADDRESS OPTION...
  person ssh -i "$1" -o IdentitiesOnly=yes -o BatchMode=yes -o ConnectTimeout=5 "${@:3}" "$2" sudo --non-interactive hostname
}
for address in 11:server 12:agent; do
  reach "$work/home/.ssh/id_ed25519" "vagrant@192.168.0.${address%:*}" || fail 'who administers cannot log in'
  expect "${address#*:}"
  ! reach "$work/stranger" "vagrant@192.168.0.${address%:*}" || fail 'a stranger logs in'
  expect 'Permission denied (publickey)'
done
host_key() { at admin ssh-keyscan -t ed25519 192.168.0.11 2>/dev/null | cut -d ' ' -f 3; }
offered=$(host_key)
[[ -n $offered && $offered != "$(inside server cut -d ' ' -f 2 /etc/box-host-key.pub)" ]] || fail 'the host key is still the one that is in the box'

# The way that the README goes on. All is there, so nothing starts again.
started() { for machine in server agent; do inside "$machine" grep -c '^restart ' /var/log/systemctl; done | paste -sd ' '; }
[[ $(started) == '1 1' ]] || fail "K3s was started $(started) times"
person machines/bootstrap.sh || fail 'bootstrap.sh does not go through'
expect 'K3s v1.36.1+k3s1 runs as server, and nothing changed'
expect 'K3s v1.36.1+k3s1 runs as agent, and nothing changed'
[[ $(started) == '1 1' ]] || fail 'bootstrap.sh started K3s again'
[[ $(stat -c %a "$work/cluster/machines/kubeconfig") == 600 ]] || fail "the kubeconfig is not its owner's alone"
grep -q 'server: https://course.example:6443' "$work/cluster/machines/kubeconfig" || fail 'the kubeconfig leads elsewhere'
for machine in server agent; do
  [[ -z $(inside "$machine" find /home/vagrant/stackwright -path '*secrets/*') ]] || fail "tokens stay in the transfer folder of $machine"
done

# The visitor comes by the router. The way back by the NAT would end there.
nsenter --target "${place[server]}" --net -- python3 -m http.server 30080 --bind 192.168.0.11 --directory "$work/desktop/home" >/dev/null 2>&1 &
visit() { at outside curl --silent --fail --max-time 3 --output /dev/null http://203.0.113.1/; }
# The web server takes a moment, on a busy machine a long one.
for _ in {1..120}; do
  ! visit || break
  sleep 0.25
done
visit || fail 'a visitor from outside gets no answer'
at server ip route del default via 192.168.0.1
! visit || fail 'a visitor gets an answer without the way out by the router: this test shows nothing'
at server ip route add default via 192.168.0.1 dev eth1 metric 50

# Again, with other keys: nothing else changes. Whose key is gone is let in no more.
cp "$work/stranger.pub" "$work/desktop/machines/desktop/authorized_keys"
computer desktop provision || fail 'a second run fails'
expect 'eth1 has its addresses, and nothing changed'
expect 'K3s v1.36.1+k3s1 runs as server, and nothing changed'
[[ $offered == "$(host_key)" ]] || fail 'a second run changes the host key'
! reach "$work/home/.ssh/id_ed25519" vagrant@192.168.0.11 || fail 'who is in the file no more still logs in'
reach "$work/stranger" vagrant@192.168.0.11 || fail 'who is in the file cannot log in'

# administrators: what the script says of what it reads.
administrators() { inside server bash /home/vagrant/stackwright/remote/administrators.sh /dev/stdin vagrant >"$work/output" 2>&1; }
! administrators <"$work/stranger" || fail 'a private key is taken'
expect 'holds a private key'
! administrators <<<'no key' || fail 'a file without a key is taken'
expect 'holds no public key'
reach "$work/stranger" vagrant@192.168.0.11 || fail 'a refusal changes who logs in'

# A machine with both families, as the tests' snapshot has it.
awk 'found; /^# machines\/network\// { found = 1 }' "$here/../../snapshots/hosts/bridged-everything.snap" >"$work/both.yaml"
network() { inside agent bash /home/vagrant/stackwright/remote/network.sh "$1" /dev/stdin <"$work/both.yaml" >"$work/output" 2>&1; }
! network eth9 || fail 'an interface that is not there is taken'
expect 'this machine has no eth9; it has: eth0 eth1 lo'
network eth1 || fail 'both families are refused'
[[ $(inside agent ip -6 -oneline address show dev eth1) == *' fd00:1::b/64 '* ]] || fail 'there is no address of IPv6'
[[ $(inside agent ip -6 route show default) == 'default via fd00:1::1 '* ]] || fail 'there is no way out by IPv6'
echo 'network: {version: 2, ethernets: {eth1: {addresses: [no-address]}}}' >"$work/both.yaml"
! network eth1 || fail 'what netplan refuses is taken'
expect 'the machine keeps what it had'
inside agent netplan generate || fail 'a refusal leaves what netplan refuses'

echo "bridged machines: vagrant up on two computers, in by key alone, bootstrap.sh found nothing to change, a visitor got an answer"
