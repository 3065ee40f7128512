#!/usr/bin/env bash
# How bootstrap.sh, which reads this file, finds hosts that exist: by ssh, as machines/ssh-config says.

machines() {
  local machine
  for machine in "${@:-${MACHINES[@]}}"; do
    # Here it may ask for a passphrase or about a host's key; later it may not.
    ssh -F ssh-config "$machine" sudo --non-interactive true ||
      refuse "'$machine' can't be reached by ssh, or its user can't run sudo" "try it: ssh -F $PWD/ssh-config $machine sudo true"
  done
}

# ssh_config HOST...: what 'ssh -F' reads, once each of them answers.
ssh_config() {
  local host
  for host in "$@"; do
    ssh -F ssh-config -o ConnectTimeout=10 "$host" true </dev/null || return 1
  done
  cat ssh-config
}

# after_removal HOST: what is left to do with one that is no node any more.
after_removal() { echo "switch $1 off, or give it to something else"; }

access_prerequisites() { :; }
