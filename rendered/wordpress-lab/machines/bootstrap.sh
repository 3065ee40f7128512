#!/usr/bin/env bash
# From nothing to a working cluster: run it with --help to read how.
set -euo pipefail

readonly KUBESPRAY=v2.31.0
readonly CONTROL_PLANE=kube-control1
readonly API_SERVER=https://192.168.56.11:6443
readonly NFS_SERVER=kube-control1
readonly NFS_ADDRESS=192.168.56.11
readonly NFS_DIRECTORY=/srv/nfs-volume
readonly WORKERS=(
  kube-node1
  kube-node2
  kube-node3
)
# A machine and its address have the same position.
readonly MACHINES=(
  kube-control1
  kube-node1
  kube-node2
  kube-node3
)
readonly ADDRESSES=(
  192.168.56.11
  192.168.56.21
  192.168.56.22
  192.168.56.23
)

readonly STEPS=(machines keys nfs kubespray ping cluster kubeconfig nodes)

usage() {
  cat <<'USAGE'
usage: bootstrap.sh [STEP]

Without a step it runs all of these, in this order. Each can be run again at any time.

  machines     start the virtual machines that are not running
  keys         let the control plane log in to every machine
  nfs          set up the NFS server, and the workers as its clients
  kubespray    install kubespray on the control plane
  ping         ask every machine through Ansible whether it is there
  cluster      install Kubernetes (15 to 60 minutes)
  kubeconfig   fetch the administrator's kubeconfig
  nodes        wait until every node is ready

And on its own:

  calico       recreate the calico-node pods, when pods fail with "connection is unauthorized"
USAGE
}

# on MACHINE COMMAND...: runs a command there, with no input of its own.
on() {
  local machine=$1
  shift
  ssh -F "$scratch/ssh-config" -o ServerAliveInterval=30 "$machine" "$(printf '%q ' "$@")" </dev/null
}

# Runs one of the scripts in remote/: remote MACHINE SCRIPT ARGUMENT..., or as_root with the same.
remote() { on "$1" bash "stackwright/remote/$2" "${@:3}"; }
as_root() { on "$1" sudo bash "stackwright/remote/$2" "${@:3}"; }

# Makes the machines reachable by their names, and puts the current scripts and inventory on each.
connect() {
  [[ ! -e $scratch/ssh-config ]] || return 0
  if ! vagrant ssh-config "${MACHINES[@]}" >"$scratch/ssh-config.new"; then
    echo "bootstrap: the machines can't be reached: run './bootstrap.sh machines' first" >&2
    exit 1
  fi
  mv "$scratch/ssh-config.new" "$scratch/ssh-config"

  # What kubespray generated, in inventory/credentials, has to stay.
  # COPYFILE_DISABLE: a Mac's tar would add files that Ansible reads as variables.
  local machine
  for machine in "${MACHINES[@]}"; do
    COPYFILE_DISABLE=1 tar -cf - remote inventory exports |
      ssh -F "$scratch/ssh-config" "$machine" \
        'mkdir -p stackwright && cd stackwright && rm -rf remote exports inventory/inventory.ini inventory/group_vars && tar -xf -'
  done
}

machines() {
  vagrant up --provider=virtualbox
}

keys() {
  connect
  local key machine position host_key
  key=$(remote "$CONTROL_PLANE" public-key.sh)
  for machine in "${MACHINES[@]}"; do
    remote "$machine" authorize.sh "$key"
  done

  # Each machine's own word for its key, over Vagrant's connection, rather than that of whoever answers on the network.
  for position in "${!MACHINES[@]}"; do
    host_key=$(on "${MACHINES[position]}" cat /etc/ssh/ssh_host_ed25519_key.pub)
    printf '%s,%s %s\n' "${MACHINES[position]}" "${ADDRESSES[position]}" "$host_key"
  done >"$scratch/known_hosts"
  scp -q -F "$scratch/ssh-config" "$scratch/known_hosts" "$CONTROL_PLANE:stackwright/known_hosts"
}

nfs() {
  connect
  local machine
  as_root "$NFS_SERVER" nfs-server.sh "$NFS_DIRECTORY" stackwright/exports
  for machine in "${WORKERS[@]}"; do
    as_root "$machine" nfs-client.sh "$NFS_ADDRESS" "$NFS_DIRECTORY"
  done
}

kubespray() {
  connect
  remote "$CONTROL_PLANE" kubespray.sh "$KUBESPRAY"
}

ping() {
  connect
  remote "$CONTROL_PLANE" ansible.sh ansible all --module-name ping
}

cluster() {
  connect
  remote "$CONTROL_PLANE" ansible.sh ansible-playbook --become cluster.yml
}

kubeconfig() {
  connect
  remote "$CONTROL_PLANE" kubeconfig.sh
  (
    umask 077
    on "$CONTROL_PLANE" cat .kube/config | sed -E "s#^( *server: ).*#\1$API_SERVER#" >kubeconfig.new
  )
  mv kubeconfig.new kubeconfig
  echo "to use it: export KUBECONFIG=$PWD/kubeconfig"
}

nodes() {
  connect
  remote "$CONTROL_PLANE" nodes.sh
}

calico() {
  connect
  remote "$CONTROL_PLANE" calico.sh
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

case ${1:-} in
  '') step=everything ;;
  -h | --help)
    usage
    exit
    ;;
  *)
    step=$1
    if (($# > 1)) || [[ " ${STEPS[*]} calico " != *" $step "* ]]; then
      usage >&2
      exit 2
    fi
    ;;
esac

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

for command in vagrant ssh scp tar; do
  if ! command -v "$command" >/dev/null; then
    echo "bootstrap: $command is not installed here, and is needed" >&2
    exit 1
  fi
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$step"
