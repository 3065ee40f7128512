#!/usr/bin/env bash
# The steps of bootstrap.sh, which reads this file, that change a cluster that is there.

# By https://docs.k3s.io/upgrades/manual: servers first, one node at a time. The pods go on meanwhile, so none is drained.
upgrade() {
  connect
  local node
  for node in "${NODES[@]}"; do
    k3s "$node"
    wait_for "$node"
  done
  nodes
}

add() {
  is_one_of "$1" ${WORKERS[@]+"${WORKERS[@]}"} ||
    refuse "'$1' is no agent of this cluster" 'give the cluster a worker of that name, and render'
  machines "$1"
  hosts "$1"
  k3s "$1"
  wait_for "$1"
}

remove() {
  check_agent "$1"
  connect
  k3s_kubectl drain "$1" --ignore-daemonsets --delete-emptydir-data --timeout=10m
  k3s_kubectl delete node "$1"
  cat <<NEXT

$1 is no node any more. Now, in this order:
  ./bootstrap.sh uninstall $1
  $(after_removal "$1")
  then remove the machine in the code, and render; or, to replace it: ./bootstrap.sh add $1
NEXT
}

uninstall() {
  is_one_of "$1" "${NODES[@]}" || refuse "'$1' is no node of this cluster" 'if it is out of the code already, put it back, and render'
  connect
  as_root "$1" k3s-uninstall.sh
}

check_agent() {
  is_one_of "$1" ${WORKERS[@]+"${WORKERS[@]}"} ||
    refuse "'$1' is no agent of this cluster" 'if it is out of the code already, put it back, render, run this, and take it out then'
  ! is_one_of "$1" ${SERVERS[@]+"${SERVERS[@]}"} || refuse "'$1' serves what others need" 'move that to another machine first'
}
