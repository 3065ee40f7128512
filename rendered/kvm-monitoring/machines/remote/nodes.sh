#!/usr/bin/env bash
# Waits until every node is ready and has its network, then lists them.
set -euo pipefail

kubectl wait --for=condition=Ready nodes --all --timeout=10m
kubectl --namespace kube-system rollout status daemonset/calico-node --timeout=10m
kubectl get nodes --output wide
