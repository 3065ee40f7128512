#!/usr/bin/env bash
# How bootstrap.sh, which reads this file, reaches the machines.

# on MACHINE COMMAND...: runs a command there, with no input of its own.
on() {
  local machine=$1
  shift
  ssh -F "$SCRATCH/ssh-config" -o ServerAliveInterval=30 "$machine" "$(printf '%q ' "$@")" </dev/null
}

# Runs one of the scripts in remote/: remote MACHINE SCRIPT ARGUMENT..., or as_root with the same.
remote() { on "$1" bash "stackwright/remote/$2" "${@:3}"; }
as_root() { on "$1" sudo bash "stackwright/remote/$2" "${@:3}"; }

# playbook ARGUMENT...: runs one of kubespray's playbooks on the control plane.
playbook() { remote "$CONTROL_PLANE" ansible.sh ansible-playbook --become "$@"; }

# connect [ABSENT]: makes the machines reachable by their names, all but an absent one, and puts the current scripts and inventory on each.
connect() {
  [[ ! -e $SCRATCH/ssh-config ]] || return 0
  local machine present=()
  for machine in "${MACHINES[@]}"; do
    [[ $machine == "${1:-}" ]] || present+=("$machine")
  done
  if ! vagrant ssh-config "${present[@]}" >"$SCRATCH/ssh-config.new"; then
    refuse "the machines can't be reached" "run './bootstrap.sh machines' first"
  fi
  mv "$SCRATCH/ssh-config.new" "$SCRATCH/ssh-config"

  # What kubespray generated, in inventory/credentials, has to stay.
  # COPYFILE_DISABLE: a Mac's tar would add files that Ansible reads as variables.
  for machine in "${present[@]}"; do
    COPYFILE_DISABLE=1 tar -cf - remote inventory exports nfs.nft |
      ssh -F "$SCRATCH/ssh-config" "$machine" \
        'mkdir -p stackwright && cd stackwright && rm -rf remote exports nfs.nft inventory/inventory.ini inventory/group_vars && tar -xf -'
  done
}
