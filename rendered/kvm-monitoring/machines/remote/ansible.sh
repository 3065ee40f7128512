#!/usr/bin/env bash
# Runs a command of kubespray's Ansible on the inventory beside this script: ansible.sh ansible all --module-name ping
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# kubespray's ansible.cfg turns the check of host keys off. It is on here, and the keys are those that the machines
# themselves gave over the connection of the person's computer.
export ANSIBLE_HOST_KEY_CHECKING=true
export ANSIBLE_SSH_ARGS="-o ControlMaster=auto -o ControlPersist=30m -o ConnectionAttempts=100 -o UserKnownHostsFile=$here/known_hosts"
export ANSIBLE_INVENTORY=$here/inventory/inventory.ini

cd ~/kubespray
# shellcheck source=/dev/null
source ~/kubespray-venv/bin/activate
exec "$@"
