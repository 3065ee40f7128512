#!/usr/bin/env bash
# Looks whether API servers reach extension API servers, such as metrics-server: at the certificates of each control plane, at the flags that
# its API server runs with, at what extension API servers are told to believe, and at what they serve. It changes nothing.
set -euo pipefail

readonly CONTROL_PLANES=(
  kmaster1
  kmaster2
  kmaster3
)

# fault FACT WAY-OUT: all of them are told, not only the first.
faults=0
fault() {
  printf 'aggregation: %s\n  %s\n' "$1" "$2" >&2
  faults=$((faults + 1))
}

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
export KUBECONFIG=${KUBECONFIG:-$PWD/kubeconfig}
# shellcheck source=/dev/null
source steps/access.sh
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
ssh_config "${CONTROL_PLANES[@]}" >"$SCRATCH/ssh-config" || {
  fault "the control planes can't be reached" "run './bootstrap.sh machines' first"
  exit 1
}

authority=
for node in "${CONTROL_PLANES[@]}"; do
  if ! said=$(ssh -F "$SCRATCH/ssh-config" "$node" sudo bash -s -- --check <remote/front-proxy.sh); then
    fault "$node is not as it should be" "see above"
    continue
  fi
  authority=${authority:-${said%% *}}
  if [[ ${said%% *} == "$authority" ]]; then
    echo "$node: as it should be, until ${said##* }"
  else
    fault "$node has another authority than ${CONTROL_PLANES[0]}" "give all of them the same: './bootstrap.sh hosts'"
  fi
done

# All API servers add theirs to one list.
published=$(kubectl --namespace kube-system get configmap extension-apiserver-authentication \
  --output 'jsonpath={.data.requestheader-client-ca-file}')
if [[ -n $authority && ${published//$'\n'/} != *"$authority"* ]]; then
  fault 'extension API servers are not told of the authority' 'look at the logs of kube-apiserver'
fi
others=$(($(grep -c 'BEGIN CERTIFICATE' <<<"$published" || true) - 1))
if ((others > 0)); then
  echo "extension API servers believe $others more, of before: each until its end, or until you run, on all the same authority:"
  echo '  kubectl --namespace kube-system delete configmap extension-apiserver-authentication'
fi

served=0
while read -r name available message; do
  [[ -n $name ]] || continue
  served=$((served + 1))
  if [[ $available == True ]]; then
    echo "$name: available"
  else
    fault "$name is not available: ${message:-nobody has looked yet}" "look at the pods of its Service, and at policies that keep API servers from them"
  fi
done < <(kubectl get apiservices --output \
  'jsonpath={range .items[?(@.spec.service)]}{.metadata.name} {.status.conditions[?(@.type=="Available")].status} {.status.conditions[?(@.type=="Available")].message}{"\n"}{end}')
((served > 0)) || fault 'no extension API server is there' "apply the cluster's objects first: kubectl apply -k $(cd .. && pwd)"
((faults == 0))
