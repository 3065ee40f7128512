#!/usr/bin/env bash
# The steps of bootstrap.sh, which reads this file, from machines to nodes.

# playbook ARGUMENT...: runs one of kubespray's playbooks on the control plane.
playbook() { remote "$CONTROL_PLANE" ansible.sh ansible-playbook --become "$@"; }

keys() {
  connect
  local key machine position host_key
  key=$(remote "$CONTROL_PLANE" public-key.sh)
  for machine in "${MACHINES[@]}"; do
    remote "$machine" authorize.sh "$key"
  done

  # Each machine's own word for its key, over this computer's connection, rather than that of whoever answers on the network.
  for position in "${!MACHINES[@]}"; do
    host_key=$(on "${MACHINES[position]}" cat /etc/ssh/ssh_host_ed25519_key.pub)
    printf '%s,%s %s\n' "${MACHINES[position]}" "${ADDRESSES[position]}" "$host_key"
  done >"$SCRATCH/known_hosts"
  scp -q -F "$SCRATCH/ssh-config" "$SCRATCH/known_hosts" "$CONTROL_PLANE:stackwright/known_hosts"
}

kubespray() {
  connect
  remote "$CONTROL_PLANE" kubespray.sh "$KUBESPRAY"
}

ping() {
  connect
  remote "$CONTROL_PLANE" ansible.sh ansible all --module-name ping
}

# What versions.sh says has to happen for the cluster to run $KUBERNETES: none, same or upgrade.
versions() { as_root "$CONTROL_PLANE" versions.sh "$KUBERNETES"; }

cluster() {
  connect
  local verdict
  verdict=$(versions)
  # cluster.yml would replace every kubelet and leave the control plane as it is: kubespray's upgrade_cluster_setup is false in it.
  [[ $verdict != upgrade ]] ||
    refuse "there is a cluster, and not all of it runs Kubernetes $KUBERNETES" "run './bootstrap.sh upgrade'"
  playbook cluster.yml
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
