#!/usr/bin/env bash
# Prints this user's public SSH key, after making the pair if there is none.
set -euo pipefail

install -d -m 0700 ~/.ssh
if [[ ! -f ~/.ssh/id_ed25519 ]]; then
  ssh-keygen -q -t ed25519 -N '' -C "kubespray@$(hostname)" -f ~/.ssh/id_ed25519
fi
cat ~/.ssh/id_ed25519.pub
