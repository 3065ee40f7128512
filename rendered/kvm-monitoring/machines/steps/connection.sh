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

# connect [ABSENT]: makes the machines reachable by their names, all but an absent one, and puts the current scripts and files on each.
connect() {
  [[ ! -e $SCRATCH/ssh-config ]] || return 0
  local machine present=()
  for machine in "${MACHINES[@]}"; do
    [[ $machine == "${1:-}" ]] || present+=("$machine")
  done
  if ! ssh_config "${present[@]}" >"$SCRATCH/ssh-config.new"; then
    refuse "the machines can't be reached" "run './bootstrap.sh machines' first"
  fi
  mv "$SCRATCH/ssh-config.new" "$SCRATCH/ssh-config"

  # What an installer generated there has to stay: only what is copied is replaced.
  # COPYFILE_DISABLE: a Mac's tar would add files of its own.
  for machine in "${present[@]}"; do
    COPYFILE_DISABLE=1 tar -cf - "${COPIED[@]}" |
      ssh -F "$SCRATCH/ssh-config" "$machine" \
        "mkdir -p stackwright && cd stackwright && rm -rf $(printf '%q ' "${COPIED[@]}") && tar -xf -"
  done
}
