#!/usr/bin/env bash
# Gives this user of the control plane the administrator's kubeconfig; kubespray has set up kubectl's completion.
set -euo pipefail

install -d -m 0700 ~/.kube
sudo install -o "$(id -un)" -g "$(id -gn)" -m 0600 /etc/kubernetes/admin.conf ~/.kube/config
