#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that gives each host what it needs beside Kubernetes.

# hosts [HOST]: all of it, or what one host gets.
hosts() {
  connect
  local only=${1:-}
  give kworker3 'volumes of monitoring' remote/directory.sh /opt/prometheus 65534 /opt/grafana 472
}

# give HOST NAME SCRIPT ARGUMENT...: runs the script there as root, if it is one of those that are asked for.
give() {
  [[ -z $only || $1 == "$only" ]] || return 0
  echo "$1: $2"
  on "$1" bash -c 'cd stackwright && exec sudo bash "$@"' bash "${@:3}"
}
