#!/usr/bin/env bash
# From nothing to a working cluster, and on from there: run it with --help to read how. A Mac's Bash 3.2 runs it too.
set -euo pipefail

readonly KUBERNETES=1.35.4
readonly KUBESPRAY=v2.31.0
readonly HELM=4
readonly RUST=1.95
readonly CONTROL_PLANE=kmaster1
readonly API_SERVER=https://192.168.96.31:6443
readonly WORKERS=(
  kworker1
  kworker2
  kworker3
)
# A machine and its address have the same position.
readonly MACHINES=(
  kmaster1
  kmaster2
  kmaster3
  kworker1
  kworker2
  kworker3
)
readonly ADDRESSES=(
  192.168.96.31
  192.168.96.32
  192.168.96.33
  192.168.96.37
  192.168.96.38
  192.168.96.39
)
# Machines that serve something which others need.
readonly SERVERS=(
)
# What every machine gets.
readonly COPIED=(
  remote
  inventory/inventory.ini
  inventory/group_vars
  inventory/host_vars
)

readonly STEPS=(prerequisites machines keys hosts kubespray ping cluster kubeconfig nodes)

usage() {
  cat <<'USAGE'
usage: bootstrap.sh [STEP [MACHINE]]

Without a step it runs all of these, in this order. Each can be run again at any time.

  prerequisites    look for what this computer needs: versions, memory, disk
  machines         start the machines, or find those that exist
  keys             let the control plane log in to every machine
  hosts            give each machine what steps/hosts.sh lists for it
  kubespray        install kubespray on the control plane
  ping             ask every machine through Ansible whether it is there
  cluster          install Kubernetes (15 to 60 minutes)
  kubeconfig       fetch the administrator's kubeconfig
  nodes            wait until every node is ready

And on their own:

  upgrade          bring the cluster to another version of Kubernetes, node by node:
                   change it in the code by one minor version at most, render, run this
  add MACHINE      make a worker that is new in the code a node: render, run this
  remove MACHINE   drain a worker and take it out of the cluster: run this, then do
                   what it says
  forget MACHINE   the same of a worker that is broken and does not answer
  calico           recreate the calico-node pods, when pods fail with "connection is unauthorized"

To replace a worker, remove or forget it, make it anew, and add it again under the same name.
Control planes are not added or removed here, since etcd's members change with them: kubespray's
docs/operations/nodes.md has the steps. Its first one can't be removed.
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
  add | remove | forget) arguments=2 ;;
  *)
    arguments=1
    is_one_of "$step" "${STEPS[@]}" upgrade calico || arguments=unknown
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
