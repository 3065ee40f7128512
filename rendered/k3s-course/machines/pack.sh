#!/usr/bin/env bash
# Packs what each of these computers needs for its machines, the tokens for them included: pack.sh COMPUTER... An archive is
# ../secrets/COMPUTER.tar. Who has it can join hosts to the cluster: delete it once it is unpacked there. A Mac's Bash 3.2 runs this, too.
set -euo pipefail

readonly COMPUTERS=(desktop laptop)

refuse() {
  printf 'pack: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

pack() {
  local computer=$1 file files
  case $computer in
    desktop)
      files=(
        machines/desktop/Vagrantfile
        machines/desktop/authorized_keys
        machines/firewall-server.nft
        machines/k3s/server.yaml
        machines/network/server.yaml
        machines/remote/administrators.sh
        machines/remote/firewall.sh
        machines/remote/k3s.sh
        machines/remote/network.sh
        secrets/k3s/agent-token
        secrets/k3s/token
      )
      ;;
    laptop)
      files=(
        machines/firewall-agent.nft
        machines/k3s/agent.yaml
        machines/laptop/Vagrantfile
        machines/laptop/authorized_keys
        machines/network/agent.yaml
        machines/remote/administrators.sh
        machines/remote/firewall.sh
        machines/remote/k3s.sh
        machines/remote/network.sh
        secrets/k3s/agent-token
      )
      ;;
    *) refuse "'$computer' runs no machine of this cluster" "these do: ${COMPUTERS[*]}" ;;
  esac
  for file in "${files[@]}"; do
    [[ ! -s $file ]] || continue
    case $file in
      */authorized_keys)
        refuse "there is no $PWD/$file" "put the public keys there of those who may log in: cp ~/.ssh/id_ed25519.pub $file"
        ;;
      *) refuse "there is no $PWD/$file" 'render, which makes it' ;;
    esac
  done
  # COPYFILE_DISABLE: a Mac's tar would add files of its own.
  COPYFILE_DISABLE=1 tar -cf "secrets/$computer.tar" "${files[@]}"
  echo "$PWD/secrets/$computer.tar holds tokens: unpack it on $computer, and delete it"
}

(($# > 0)) || refuse 'no computer is named' 'usage: pack.sh COMPUTER...'
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
umask 077
for name in "$@"; do pack "$name"; done
