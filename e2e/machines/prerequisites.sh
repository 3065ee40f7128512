#!/usr/bin/env bash
# Runs bootstrap.sh prerequisites on computers that lack this or that: prerequisites.sh MACHINES-FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
machines=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WORLD=$work

# computer: one that has all of it. /bin and /usr/bin stay out of PATH, but for what every computer has.
computer() {
  rm -rf "${work:?}"/*
  mkdir -p "$work/bin" "$work/computer"
  local command
  for command in awk basename bash cat dirname grep mktemp rm scp sed ssh tar; do ln -s "$(command -v "$command")" "$work/bin/"; done
  for command in VBoxManage curl df free helm kubectl rustc sha256sum ssh-keygen ssh-keyscan uname vagrant virsh virt-install vm_stat xorriso; do ln -s "$here/stubs/computer-command" "$work/bin/$command"; done
  has uname Linux
  # A warning with a number in it comes first where the kernel was updated.
  has VBoxManage $'WARNING: no module for the kernel 6.8.0-31\n7.1.0r165000'
  has VBoxManage-runningvms ''
  has VBoxManage-vms '"another" {b1}'
  has VBoxManage-systemproperties $'API version:                     7_1\nDefault machine folder:          /home/me/VirtualBox VMs'
  has vagrant 'Vagrant 2.4.4'
  has virt-install 4.0.0
  has virsh-list ''
  has virsh-all another
  has virsh-domcapabilities '<domainCapabilities/>'
  has virsh-nodememstats $'total  :             32000000 KiB\nfree   :             22020096 KiB\nbuffers:              1048576 KiB\ncached :              1048576 KiB'
  has helm v4.0.0+g99cd196
  has rustc 'rustc 1.95.0 (59807616e 2026-04-14)'
  has kubectl "Client Version: v$older.0"$'\nKustomize Version: v5.7.1'
  has free $'               total        used        free      shared  buff/cache   available\nMem:           15863        3000        1000         100        9000       12288\nSwap:           0           0           0'
  has df $'Filesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/sda2       100000000 58056960  41943040      58% /home'
}
has() { printf '%s\n' "$2" >"$work/computer/$1"; }
lacks() { rm "$work/bin/$1"; }
run() { PATH=$work/bin "$work/bin/bash" "$machines/bootstrap.sh" prerequisites >"$work/output" 2>&1 </dev/null; }
fail() {
  echo "prerequisites: $1" >&2
  cat "$work/output" >&2
  exit 1
}

cases=0
suffices() {
  run || fail "a computer is refused: $1"
  cases=$((cases + 1))
}
# misses FACT...: all of them are told, and nothing else.
misses() {
  ! run || fail "a computer is taken that misses: $*"
  local fact
  for fact; do grep -qF -- "  - $fact" "$work/output" || fail "it is not told: $fact"; done
  [[ $(grep -c '^  - ' "$work/output") == "$#" ]] || fail "it tells more than $*"
  cases=$((cases + 1))
}

minor=$(sed -n 's/^readonly KUBERNETES=1\.\([0-9]*\)\..*/\1/p' "$machines/bootstrap.sh")
older=1.$((minor - 1)) newer=1.$((minor + 1))
computer && suffices 'the oldest of everything'
has helm v10.1.2 && has rustc 'rustc 2.0.0' && suffices newer
has kubectl "Client Version: v$newer.9" && suffices 'a kubectl of the next minor version'

computer && has helm v3.19.0+g3d8990f && misses 'Helm is 3.19.0, and has to be 4'
computer && has kubectl "Client Version: v1.$((minor - 2)).7" && misses "kubectl is 1.$((minor - 2)).7, and has to be $older"
computer && has kubectl "Client Version: v1.$((minor + 2)).0" && misses "kubectl 1.$((minor + 2)).0 is too new for Kubernetes 1.$minor."
computer && has rustc 'rustc 1.94.9' && misses 'Rust is 1.94.9, and has to be 1.95'
computer && has rustc 'error: no toolchain' && misses 'Rust 1.95 or newer is needed'
computer && lacks ssh && misses 'ssh is not installed'

# Where it starts the machines.
by_vagrant() {
  has VBoxManage 7.2.4r170995 && has vagrant 'Vagrant 2.10.0' && suffices newer
  has free $'total\nMem:  1 1 1 1 1 6144' && has VBoxManage-runningvms $'"kube-control1" {a}\n"kube-node2" {b}' && suffices 'half of the machines run'
  has df $'Filesystem\n/dev/sda2 1 1 0 1% /' && has VBoxManage-vms $'"kube-control1" {a}\n"kube-node1" {b}\n"kube-node2" {c}\n"kube-node3" {d}' &&
    suffices 'a full disk with all machines made'

  # As on a Mac: 524288 pages of 16 KiB, then of 4 KiB.
  computer && has uname Darwin && rm "$work/computer/free"
  local pages=$'Pages free:                   400000.\nPages active:                 900000.\nPages inactive:               300000.\nPages speculative:             86432.\nPages wired down:             100000.\nPages purgeable:                   0.'
  has vm_stat $'Mach Virtual Memory Statistics: (page size of 16384 bytes)\n'"$pages" && suffices 'a Mac'
  has vm_stat $'Mach Virtual Memory Statistics: (page size of 4096 bytes)\n'"$pages" && misses 'the machines that do not run yet need 12288 MiB of memory, and 3072 are free'

  computer && has VBoxManage 7.0.26r168464 && misses 'VirtualBox is 7.0.26, and has to be 7.1'
  computer && has vagrant 'Vagrant 2.4.3' && misses 'Vagrant is 2.4.3, and has to be 2.4.4'
  computer && has free $'total\nMem: 1 1 1 1 1 12287' && misses 'the machines that do not run yet need 12288 MiB of memory, and 12287 are free'
  computer && has df $'Filesystem\n/dev/sda2 1 1 41943039 1% /' && misses 'the machines that are not made yet need 40 GiB of disk, and /home/me/VirtualBox VMs has 39'
}
# Where libvirt does: six machines, of 23 GiB.
by_libvirt() {
  has virt-install 5.1.0 && suffices newer
  has virsh-nodememstats 'free : 11534336 KiB' && has virsh-list $'kmaster1\nkmaster2\nkmaster3\nkworker1' && suffices 'most of the machines run'
  computer && has virsh-nodememstats 'free : 24117247 KiB' && misses 'the machines of qemu:///system that do not run yet need 23552 MiB'
  computer && rm "$work/computer/virsh-list" && misses 'libvirt of qemu:///system does not answer'
  computer && rm "$work/computer/virsh-domcapabilities" && misses 'qemu:///system has no KVM'
  computer && has virt-install 3.2.0 && misses 'virt-install is 3.2.0, and has to be 4.0'
}
everything=('Helm 4' 'Rust 1.95' "kubectl $older" 'tar is not installed')
if [[ -e $machines/Vagrantfile ]]; then
  computer && by_vagrant
  everything+=('VirtualBox 7.1' 'Vagrant 2.4.4')
fi
if [[ -e $machines/libvirt ]]; then
  computer && by_libvirt
  everything+=('virt-install 4.0' 'virsh is not installed' 'xorriso is not installed')
fi
computer && lacks VBoxManage && lacks vagrant && lacks virsh && lacks virt-install && lacks xorriso && lacks helm && lacks rustc && lacks kubectl && lacks tar && misses "${everything[@]}"

echo "prerequisites: $cases computers"
