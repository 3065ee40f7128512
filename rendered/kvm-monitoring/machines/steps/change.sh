#!/usr/bin/env bash
# The steps of bootstrap.sh, which reads this file, that change a cluster that is there.

# By kubespray's docs/operations/upgrades.md: control planes first, then the workers one after the other, each drained.
upgrade() {
  connect
  local verdict
  verdict=$(versions)
  case $verdict in
    none) refuse 'there is no cluster to upgrade' "run './bootstrap.sh' to install it" ;;
    same)
      echo "all of the cluster runs Kubernetes $KUBERNETES"
      return
      ;;
  esac
  # Each release of kubespray knows some versions of Kubernetes, so a new one may have come with it.
  kubespray
  playbook upgrade-cluster.yml
  nodes
}

# By kubespray's docs/operations/nodes.md: scale.yml leaves the other nodes alone, and needs to know them.
add() {
  is_one_of "$1" "${WORKERS[@]}" ||
    refuse "'$1' is no worker of the inventory" "give the cluster a worker of that name, and render"
  local verdict
  machines "$1"
  connect
  verdict=$(versions)
  [[ $verdict == same ]] ||
    refuse "the new node would run Kubernetes $KUBERNETES, and the cluster does not" "run './bootstrap.sh upgrade' first"
  keys
  hosts "$1"
  ping
  playbook playbooks/facts.yml
  playbook scale.yml --limit "$1"
  nodes
}

remove() {
  leave "$1"
}

forget() {
  check_leaving "$1"
  connect "$1"
  leave "$1" --extra-vars 'reset_nodes=false allow_ungraceful_removal=true'
}

# leave MACHINE ARGUMENT...: runs kubespray's remove-node.yml, which needs the machine in the inventory.
leave() {
  check_leaving "$1"
  connect
  # It would ask; whoever typed the machine's name has answered.
  playbook remove-node.yml --extra-vars "node=$1 skip_confirmation=true" "${@:2}"
  cat <<NEXT

$1 is no node any more. Now, in this order:
  $(after_removal "$1")
  then remove the machine in the code, and render; or, to replace it: ./bootstrap.sh add $1
NEXT
}

check_leaving() {
  is_one_of "$1" "${WORKERS[@]}" ||
    refuse "'$1' is no worker of the inventory, where kubespray has to find it" \
      "if it is out of the code already, put it back, render, run this, and take it out then"
  ! is_one_of "$1" ${SERVERS[@]+"${SERVERS[@]}"} || refuse "'$1' serves what others need" 'move that to another machine first'
  ((${#WORKERS[@]} > 1)) || refuse "'$1' is the only worker" 'add another one first'
}

calico() {
  connect
  remote "$CONTROL_PLANE" calico.sh
}
