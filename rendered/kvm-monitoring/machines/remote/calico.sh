#!/usr/bin/env bash
# Recreates the calico-node pods, node by node, so that each gives its node's network plugin a fresh token.
#
# This is the cure for pods that stay in ContainerCreating with "error getting ClusterInformation: connection is
# unauthorized": the plugin's token outlived its time, as it can when machines were suspended or their clocks jumped.
set -euo pipefail

kubectl --namespace kube-system rollout restart daemonset/calico-node
kubectl --namespace kube-system rollout status daemonset/calico-node --timeout=10m
