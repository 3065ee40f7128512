#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that gives each host what it needs beside Kubernetes.

# hosts [HOST]: all of it, or what one host gets.
hosts() {
  connect
  local only=${1:-} secrets
  secrets=()
  give server firewall remote/firewall.sh host firewall-server.nft
  secrets=()
  give agent firewall remote/firewall.sh host firewall-agent.nft
}

# k3s [HOST]: all of it, or what one host gets.
k3s() {
  connect
  local only=${1:-} secrets
  secrets=(k3s/token k3s/agent-token)
  give server 'K3s server' remote/k3s.sh server k3s/server.yaml v1.36.1+k3s1 a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c 2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc secrets/k3s/token secrets/k3s/agent-token
  secrets=(k3s/agent-token)
  give agent 'K3s agent' remote/k3s.sh agent k3s/agent.yaml v1.36.1+k3s1 a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c 2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc secrets/k3s/agent-token
}

# give HOST NAME SCRIPT ARGUMENT...: runs the script there as root, if it is one of those that are asked for.
give() {
  [[ -z $only || $1 == "$only" ]] || return 0
  echo "$1: $2"
  if [[ -n ${secrets[*]-} ]]; then
    give_secretly "$1" "${@:3}"
    return
  fi
  on "$1" bash -c 'cd stackwright && exec sudo bash "$@"' bash "${@:3}"
}

# The same, with $secrets: they go by the connection alone, are its user's only, and gone when the script ends or the connection does.
give_secretly() {
  local file
  for file in "${secrets[@]}"; do
    [[ -s ../secrets/$file ]] || refuse "there is no $(cd .. && pwd)/secrets/$file" 'render, which makes it, or says what you have to write there'
  done
  # shellcheck disable=SC2016 # the machine's shell expands it
  COPYFILE_DISABLE=1 tar -C ../secrets -cf - "${secrets[@]}" |
    ssh -F "$SCRATCH/ssh-config" -o ServerAliveInterval=30 "$1" "$(printf '%q ' bash -c \
      'cd stackwright && rm -rf secrets && trap "rm -rf secrets" EXIT && (umask 077 && mkdir secrets && tar -C secrets -xf -) && sudo bash "$@" </dev/null' bash "${@:2}")"
}
