#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that gives each host what it needs beside Kubernetes.

# hosts [HOST]: all of it, or what one host gets.
hosts() {
  connect
  local only=${1:-} secrets
  secrets=(front-proxy/ca.crt front-proxy/ca.key front-proxy/client.crt front-proxy/client.key)
  give kmaster1 'front proxy' remote/front-proxy.sh secrets/front-proxy/ca.crt secrets/front-proxy/ca.key secrets/front-proxy/client.crt secrets/front-proxy/client.key
  secrets=(front-proxy/ca.crt front-proxy/ca.key front-proxy/client.crt front-proxy/client.key)
  give kmaster2 'front proxy' remote/front-proxy.sh secrets/front-proxy/ca.crt secrets/front-proxy/ca.key secrets/front-proxy/client.crt secrets/front-proxy/client.key
  secrets=(front-proxy/ca.crt front-proxy/ca.key front-proxy/client.crt front-proxy/client.key)
  give kmaster3 'front proxy' remote/front-proxy.sh secrets/front-proxy/ca.crt secrets/front-proxy/ca.key secrets/front-proxy/client.crt secrets/front-proxy/client.key
  secrets=()
  give kworker3 'volumes of monitoring' remote/directory.sh /opt/prometheus 65534 /opt/grafana 472
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
