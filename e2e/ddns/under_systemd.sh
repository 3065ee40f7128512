#!/usr/bin/env bash
# Installs dynamic DNS where the system is a real systemd, and looks at it: under_systemd.sh WORK. The installer runs in the working directory.
set -euo pipefail
work=$1

ip link set lo up
for _ in {1..100}; do
  [[ ! -e $work/state.json ]] || break
  sleep 0.1
done
bash remote/ddns.sh ddns/edge.json secrets/ddns/token
echo '-- again'
bash remote/ddns.sh ddns/edge.json secrets/ddns/token

echo '-- the timer'
systemctl is-enabled ddns.timer
runs() { wc -l <"$work/client.log"; }
before=$(runs)
for _ in {1..100}; do
  (($(runs) <= before + 4)) || break
  sleep 0.1
done
(($(runs) > before + 4)) && echo 'the client runs by it'
systemctl stop ddns.timer

echo '-- a token that is refused'
printf another-token >secrets/ddns/token
! bash remote/ddns.sh ddns/edge.json secrets/ddns/token || exit 1
systemctl stop ddns.timer
systemctl show --property Result,ExecMainStatus ddns.service
systemctl list-units --failed --no-legend --plain | awk '{ print $1, $4 }'
