#!/usr/bin/env bash
# Says what has to happen for the cluster to run a version of Kubernetes: versions.sh 1.35.4. It prints one word:
#
#   none      there is no cluster yet
#   same      all of it runs that version
#   upgrade   kubespray's upgrade-cluster.yml brings it there
#
# and fails with the reason where nothing does. The rules are https://kubernetes.io/releases/version-skew-policy/: the API
# server moves by one minor version at most and never back, a kubelet is never newer than it, and at most three older.
# Run it as root on a control plane. ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly WANTED=${1:?usage: versions.sh VERSION}
readonly KUBERNETES=${ROOT:-}/etc/kubernetes
# kubespray puts kubectl there, and Rocky Linux' sudo does not look there.
export PATH=$PATH:/usr/local/bin

refuse() {
  printf 'versions: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
ask() { kubectl --kubeconfig "$KUBERNETES/admin.conf" --request-timeout=30s "$@"; }

# number 1.35.4 is 1035004; minor 1.35.4 is 1035.
number() {
  local parts
  IFS=. read -r -a parts <<<"$1"
  echo $((parts[0] * 1000000 + parts[1] * 1000 + parts[2]))
}
minor() { echo $(($(number "$1") / 1000)); }

if [[ ! -e $KUBERNETES/admin.conf ]]; then
  echo none
  exit
fi

if ! answer=$(ask get --raw /version) || ! kubelets=$(ask get nodes --output \
  'jsonpath={range .items[*]}{.metadata.name} {.status.nodeInfo.kubeletVersion}{"\n"}{end}'); then
  # An installation that stopped half-way goes on from there, if it is the same version that it began with.
  started=$(sed -n 's/.*image:.*kube-apiserver:v//p' "$KUBERNETES/manifests/kube-apiserver.yaml" 2>/dev/null) || true
  [[ ${started:-$WANTED} == "$WANTED" ]] ||
    refuse "the API server is Kubernetes $started and does not answer" "get it to run again before it becomes $WANTED"
  echo same
  exit
fi
server=$(sed -n 's/.*"gitVersion": *"v\([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p' <<<"$answer")
[[ -n $server ]] || refuse "the API server tells no version: $answer" 'look at it with kubectl version'

if (($(number "$WANTED") < $(number "$server"))); then
  refuse "the cluster runs Kubernetes $server and can't go back to $WANTED" "ask for $server or newer"
fi
if (($(minor "$WANTED") > $(minor "$server") + 1)); then
  next=$(($(minor "$server") + 1))
  refuse "from Kubernetes $server to $WANTED is more than one minor version" \
    "go to the newest $((next / 1000)).$((next % 1000)) first, with a release of kubespray that knows it, and on from there"
fi

verdict=same
[[ $server == "$WANTED" ]] || verdict=upgrade
while read -r node kubelet; do
  kubelet=${kubelet#v}
  [[ $kubelet != "$WANTED" ]] || continue
  verdict=upgrade
  if (($(number "$kubelet") > $(number "$WANTED"))); then
    refuse "the kubelet of $node is $kubelet, newer than $WANTED" "ask for $kubelet or newer: a kubelet can't go back either"
  fi
  if (($(minor "$kubelet") + 3 < $(minor "$WANTED"))); then
    refuse "the kubelet of $node is $kubelet, more than three minor versions older than $WANTED" \
      "finish the upgrade to $server first: ask for $server, render, ./bootstrap.sh upgrade"
  fi
done <<<"$kubelets"
echo "$verdict"
