#!/usr/bin/env bash
# A real systemd starts with the units that the computer's script left, in a network of its own, and afterwards the rules and the bridge are there:
# start.sh ROOT, which is the folder that the script worked in.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
units=$work/units
mkdir -p "$units/multi-user.target.wants"
for unit in "$root"/etc/systemd/system/*.service; do
  sed "s#/etc/stackwright/#$root&#" "$unit" >"$units/${unit##*/}"
  ! grep -qx WantedBy=multi-user.target "$unit" || ln -s "../${unit##*/}" "$units/multi-user.target.wants/"
done
# There is nothing of a system but its targets.
for target in sysinit basic network-pre shutdown multi-user; do
  printf '[Unit]\nDefaultDependencies=no\n' >"$units/$target.target"
done
printf '[Unit]\nDefaultDependencies=no\nWants=multi-user.target end.service\n' >"$units/proof.target"
cat >"$units/end.service" <<UNIT
[Unit]
DefaultDependencies=no
After=forwards-firewall.service instances-network.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'nft list chains >$work/chains; ip -oneline address show dev lab0 >$work/address; systemctl list-units --failed --no-legend >$work/failed; touch $work/end'
UNIT

"$here/../templates/systemd" "$units" >"$work/log" 2>&1 &
system=$!
for _ in {1..1200}; do
  if [[ -e $work/end ]] || ! kill -0 "$system" 2>/dev/null; then break; fi
  sleep 0.05
done
kill -TERM "$system" 2>/dev/null || true
wait "$system" || true

if ! grep -qF 'chain forwards' "$work/chains" || ! grep -qF ' 10.120.52.1/24 ' "$work/address" || [[ -s $work/failed ]]; then
  echo 'start: after a start, the rules or the bridge are not there' >&2
  tail -n 20 "$work"/{log,chains,address,failed} >&2
  exit 1
fi
echo 'start: systemd has loaded the rules and made the bridge'
