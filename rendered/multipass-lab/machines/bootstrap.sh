#!/usr/bin/env bash
# From nothing to a working cluster, and on from there: run it with --help to read how. A Mac's Bash 3.2 runs it too.
set -euo pipefail

readonly KUBERNETES=1.36.1
readonly HELM=4
readonly RUST=1.95
readonly CONTROL_PLANE=node1
readonly API_SERVER=https://10.120.52.23:6443
readonly WORKERS=(
  node2
  node3
)
# All nodes, those of the control plane first.
readonly NODES=(
  node1
  node2
  node3
)
readonly MACHINES=(
  node1
  node2
  node3
  nfs
  ops
)
# Machines that serve something which others need.
readonly SERVERS=(
  nfs
  nfs
  nfs
  ops
)
# What every machine gets.
readonly COPIED=(
  remote
  databases/mongodb-accounts.js
  databases/mongodb-nfs.conf
  databases/mongodb-nfs.json
  databases/mongodb-repositories
  databases/mysql-nfs.cnf
  exports
  jenkins/ops.service
  jenkins/ops.yaml
  jenkins/plugins.txt
  nfs.nft
  k3s/node1.yaml
  k3s/node2.yaml
  k3s/node3.yaml
)

readonly STEPS=(prerequisites machines hosts k3s kubeconfig nodes)

usage() {
  cat <<'USAGE'
usage: bootstrap.sh [STEP [MACHINE]]

Without a step it runs all of these, in this order. Each can be run again at any time.

  prerequisites    look for what this computer needs: versions, memory, disk
  machines         start the machines, or find those that exist
  hosts            give each machine what steps/hosts.sh lists for it
  k3s              install K3s, servers first; restart it where something changed
  kubeconfig       fetch the administrator's kubeconfig
  nodes            wait until every node is ready

And on their own:

  upgrade          bring K3s to another version, node by node, servers first: change it
                   in the code by one minor version at most, render, run this
  add MACHINE      make an agent that is new in the code a node: render, run this
  remove MACHINE   drain an agent and take it out of the cluster: run this, then do
                   what it says
  uninstall MACHINE  take K3s off a machine, with all that is in its local volumes

The tokens lie in ../secrets/k3s/. The agents' one can be replaced: delete the file, render, and
run the steps k3s and nodes. The servers' one also encrypts what a further server needs from the
datastore, so a new file would lock servers out: keep it with the datastore's backups.
`k3s token rotate` changes it on one server (https://docs.k3s.io/cli/token), and all others and
the file here have to follow by hand.

Servers are not added or removed here, since etcd's members change with them.
USAGE
}

everything() {
  local step
  for step in "${STEPS[@]}"; do
    printf '\n== %s\n' "$step"
    "$step"
  done
  if [[ -s hosts ]]; then
    printf '\nFor these names to resolve, add the lines to the hosts file of your computer:\n\n'
    cat hosts
  fi
}

# is_one_of WORD WORD...: whether the first is among the others.
is_one_of() {
  local word
  for word in "${@:2}"; do [[ $word != "$1" ]] || return 0; done
  return 1
}

# refuse FACT WAY-OUT
refuse() {
  printf 'bootstrap: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

step=${1:-everything}
case $step in
  -h | --help)
    usage
    exit
    ;;
  everything) arguments=0 ;;
  add | remove | uninstall) arguments=2 ;;
  *)
    arguments=1
    is_one_of "$step" "${STEPS[@]}" upgrade || arguments=unknown
    ;;
esac
if [[ $# != "$arguments" ]]; then
  usage >&2
  exit 2
fi

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR
{
  source steps/access.sh
  source steps/prerequisites.sh
  source steps/connection.sh
  source steps/hosts.sh
  source steps/install.sh
  source steps/change.sh
}

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
"$step" "${@:2}"
