#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that gives each host what it needs beside Kubernetes.

# hosts [HOST]: all of it, or what one host gets.
hosts() {
  connect
  local only=${1:-}
  give kube-control1 'data disk at /srv/nfs-volume' remote/data-disk.sh 20 /srv/nfs-volume
  give kube-control1 'NFS server' remote/nfs-server.sh /srv/nfs-volume exports /srv/nfs-volume
  give kube-control1 'NFS server, kept from pods' remote/nfs-firewall.sh nfs.nft
  give kube-node1 'NFS server, kept from pods' remote/nfs-firewall.sh nfs.nft
  give kube-node2 'NFS server, kept from pods' remote/nfs-firewall.sh nfs.nft
  give kube-node3 'NFS server, kept from pods' remote/nfs-firewall.sh nfs.nft
  give kube-node1 'NFS client' remote/nfs-client.sh 192.168.56.11 /srv/nfs-volume
  give kube-node2 'NFS client' remote/nfs-client.sh 192.168.56.11 /srv/nfs-volume
  give kube-node3 'NFS client' remote/nfs-client.sh 192.168.56.11 /srv/nfs-volume
}

# give HOST NAME SCRIPT ARGUMENT...: runs the script there as root, if it is one of those that are asked for.
give() {
  [[ -z $only || $1 == "$only" ]] || return 0
  echo "$1: $2"
  on "$1" bash -c 'cd stackwright && exec sudo bash "$@"' bash "${@:3}"
}
