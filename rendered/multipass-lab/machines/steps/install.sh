#!/usr/bin/env bash
# The steps of bootstrap.sh, which reads this file, that follow K3s' installation.

# kubectl on the first server, as the administrator.
k3s_kubectl() { on "$CONTROL_PLANE" sudo /usr/local/bin/k3s kubectl "$@"; }

kubeconfig() {
  connect
  # K3s' own names the API server as the server itself reaches it.
  (
    umask 077
    on "$CONTROL_PLANE" sudo cat /etc/rancher/k3s/k3s.yaml | sed -E "s#^( *server: ).*#\1$API_SERVER#" >kubeconfig.new
  )
  mv kubeconfig.new kubeconfig
  echo "to use it: export KUBECONFIG=$PWD/kubeconfig"
}

nodes() {
  connect
  local node
  # A node is there a moment after its K3s is.
  for node in "${NODES[@]}"; do
    wait_for "$node"
  done
  k3s_kubectl get nodes --output wide
}

# wait_for NODE: until it is there and ready.
wait_for() {
  k3s_kubectl wait --for=create "node/$1" --timeout=5m
  k3s_kubectl wait --for=condition=Ready "node/$1" --timeout=10m
}
