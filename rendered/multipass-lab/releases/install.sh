#!/usr/bin/env bash
# Installs this cluster's Helm releases, or brings them to what the values beside this script say.
#
#   releases/install.sh            all of them, in the order in which they need each other
#   releases/install.sh RELEASE    only this one
#
# Run it as often as you like: what is as it should be stays so, and a failed upgrade is rolled back.
# Their namespaces and Secrets are objects of the cluster: apply those first. Objects that wait for a
# release, since it defines their kinds or changes their pods, are applied after it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

releases=(prometheus)

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 2
}

wanted() {
    [[ -z $only || $only == "$1" ]]
}

only=${1-}
if [[ -n $only && " ${releases[*]} " != *" $only "* ]]; then
    fail "no release '$only' in this cluster: choose from ${releases[*]}"
fi

helm_version=$(helm version --short) || fail "Helm 4 is needed, and 'helm version' does not run: see https://helm.sh/docs/intro/install/"
# Helm 3 knows neither --rollback-on-failure nor server-side apply, and is no longer maintained.
[[ $helm_version == v4.* ]] || fail "Helm 4 is needed, this is $helm_version: see https://helm.sh/docs/intro/install/"

if wanted prometheus; then
    helm upgrade --install prometheus kube-prometheus-stack --repo https://prometheus-community.github.io/helm-charts \
        --version 88.5.3 --namespace monitoring --values prometheus.yaml \
        --rollback-on-failure --wait --wait-for-jobs --timeout 15m
    kubectl apply -k ../after-prometheus
fi
