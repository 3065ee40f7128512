#!/usr/bin/env bash
# Takes K3s off this machine, with its pods and all that is in its local volumes: k3s-uninstall.sh. Run it as root; running it
# again changes nothing. /etc/rancher/node stays: by its password the server knows the machine, should it join again.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly ROOT=${ROOT:-}
readonly DATA=$ROOT/var/lib/rancher/k3s

for unit in k3s k3s-agent; do
  [[ -e $ROOT/etc/systemd/system/$unit.service ]] || continue
  systemctl disable --now "$unit.service"
  rm -f -- "$ROOT/etc/systemd/system/$unit.service" "$ROOT/etc/systemd/system/$unit.service.env"
done
systemctl daemon-reload

# What a pod's shim started, and the shim: K3s leaves them running.
descendants() {
  local child
  for child in $(pgrep --parent "$1"); do descendants "$child"; done
  echo "$1"
}
for shim in $(pgrep --full "^$DATA/data/[^/]*/bin/containerd-shim" || true); do
  # One that is gone by now is as good as killed.
  descendants "$shim" | xargs --no-run-if-empty kill -KILL 2>/dev/null || true
done

# The innermost first.
{ grep -oE " $ROOT(/run/k3s|/var/lib/rancher/k3s|/var/lib/kubelet/pods|/var/lib/kubelet/plugins|/run/netns/cni-)[^ ]*" /proc/self/mounts || true; } |
  cut -c 2- | sort -r | while read -r mountpoint; do umount -f -- "$mountpoint" || umount -l -- "$mountpoint"; done
for namespace in "$ROOT"/run/netns/cni-*; do
  [[ ! -e $namespace ]] || ip netns delete "${namespace##*/}"
done
for interface in cni0 flannel.1 flannel-v6.1 kube-ipvs0 flannel-wg flannel-wg-v6; do
  ! ip link show "$interface" >/dev/null 2>&1 || ip link delete "$interface"
done
for family in iptables ip6tables; do
  command -v "$family-save" >/dev/null || continue
  # By a file: what is read must not change while it is.
  rules=$("$family-save" | grep -vE 'KUBE-|CNI-|flannel' || true)
  [[ -z $rules ]] || "$family-restore" <<<"$rules"
done

for name in kubectl crictl ctr; do
  [[ ! -L $ROOT/usr/local/bin/$name || $(readlink "$ROOT/usr/local/bin/$name") != k3s ]] || rm -- "$ROOT/usr/local/bin/$name"
done
# Only what is on these file systems themselves: a disk that is still mounted below keeps its files.
for folder in "$ROOT/run/k3s" "$ROOT/run/flannel" "$ROOT/var/lib/cni" "$ROOT/var/lib/kubelet" "$DATA" "$ROOT/etc/rancher/k3s"; do
  [[ ! -e $folder ]] || rm -rf --one-file-system -- "$folder"
done
rm -f -- "$ROOT/usr/local/bin/k3s"
echo 'K3s is not on this machine any more'
