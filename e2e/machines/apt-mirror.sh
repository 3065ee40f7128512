#!/usr/bin/env bash
# Runs apt-mirror.sh twice on each release's and architecture's own list of archives: apt-mirror.sh SCRIPT
#
# apt/ has each list as Ubuntu ships it, and as it should be afterwards.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
script=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# machine RELEASE ARCHITECTURE: a disk with that release, and a uname that says that architecture.
machine() {
  rm -rf "${work:?}"/*
  mkdir -p "$work/disk/etc/apt/sources.list.d" "$work/bin"
  printf 'NAME="Ubuntu"\nVERSION_CODENAME=%s\n' "$1" >"$work/disk/etc/os-release"
  printf '#!/bin/sh\necho %s\n' "$2" >"$work/bin/uname"
  chmod +x "$work/bin/uname"
}
run() { ROOT=$work/disk PATH=$work/bin:$PATH "$script" "$@"; }

for before in "$here"/apt/*.before; do
  name=$(basename "$before" .before)
  machine "${name%-*}" "${name#*-}"
  case $name in
    jammy-*) list=$work/disk/etc/apt/sources.list ;;
    noble-*) list=$work/disk/etc/apt/sources.list.d/ubuntu.sources ;;
  esac
  cp "$before" "$list"
  for _ in first second; do
    run http://mirror.example:8080/pub
    diff -u "$here/apt/$name.after" "$list"
  done
done

refuses() {
  if run "$@" 2>"$work/error"; then
    echo "apt-mirror.sh took $*" >&2
    exit 1
  fi
  grep -q '^apt-mirror: ' "$work/error"
}
machine noble x86_64
printf 'URIs: http://archive.ubuntu.com/ubuntu\n' >"$work/disk/etc/apt/sources.list.d/ubuntu.sources"
refuses 'http://mirror.example/#e;id'
refuses 'ftp.example'
machine noble riscv64
refuses http://mirror.example
machine bookworm x86_64
refuses http://mirror.example
machine jammy x86_64
echo 'deb https://download.docker.com/linux/ubuntu jammy stable' >"$work/disk/etc/apt/sources.list"
refuses http://mirror.example

echo 'apt-mirror.sh: four lists of archives, five refusals'
