#!/usr/bin/env bash
# Asks the cluster for a token of the deployer, and brings a kubeconfig with it to the host that Jenkins is on, by ssh alone: no file of this
# computer has it afterwards. Run it again before the token ends, or to make Jenkins use another; the old one is valid until its end.
set -euo pipefail

readonly HOST=ops
readonly NAMESPACE=apps
readonly ACCOUNT=jenkins
readonly API_SERVER=https://10.120.52.23:6443
readonly DAYS=30

# refuse FACT WAY-OUT
refuse() {
  printf 'jenkins-kubeconfig: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
export KUBECONFIG=${KUBECONFIG:-$PWD/kubeconfig}
# shellcheck source=/dev/null
source steps/access.sh
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
ssh_config "$HOST" >"$SCRATCH/ssh-config" || refuse "$HOST can't be reached" "run './bootstrap.sh machines' first"

# The one certificate authority that the API server's certificate is checked by.
authority=$(kubectl config view --raw --minify --flatten --output 'jsonpath={.clusters[0].cluster.certificate-authority-data}')
[[ -n $authority ]] || refuse "$KUBECONFIG names no certificate authority" 'take the one that the installer left'
token=$(kubectl create token "$ACCOUNT" --namespace "$NAMESPACE" --duration "$((DAYS * 24))h") ||
  refuse "the cluster gives no token of $NAMESPACE/$ACCOUNT" "apply its objects first: kubectl apply -k $(cd .. && pwd)"

# What is between the dots of a token is JSON, in base64 of URLs and without its padding.
claims=$(cut -d . -f 2 <<<"$token" | tr -- '-_' '+/')
while ((${#claims} % 4)); do claims+='='; done
ends=$(base64 --decode <<<"$claims" | sed -n 's/.*"exp":\([0-9]*\).*/\1/p')

written() {
  cat <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
- name: cluster
  cluster: {server: "$API_SERVER", certificate-authority-data: "$authority"}
users:
- name: $ACCOUNT
  user: {token: "$token"}
contexts:
- name: $NAMESPACE
  context: {cluster: cluster, user: $ACCOUNT, namespace: $NAMESPACE}
current-context: $NAMESPACE
KUBECONFIG
}
# By its input: the token is in no list of processes, here or there.
written | ssh -F "$SCRATCH/ssh-config" "$HOST" 'sudo sh -c "
  umask 077 && cd /etc/stackwright/jenkins && cat >kubeconfig.new && mv kubeconfig.new kubeconfig && systemctl restart jenkins.service"'
echo "Jenkins on $HOST may deploy to $NAMESPACE for $(((ends - $(date +%s)) / 86400)) days"
