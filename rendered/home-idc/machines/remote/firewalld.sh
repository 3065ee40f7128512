#!/usr/bin/env bash
# Makes a zone of firewalld guard every interface of this machine, now and at every start: firewalld.sh ZONE-FILE. Run it as root;
# running it again changes nothing, and it says what it changed.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly FILE=${1:?usage: firewalld.sh ZONE-FILE}
readonly ROOT=${ROOT:-}
readonly ZONE=stackwright
readonly PLACE=$ROOT/etc/firewalld/zones/$ZONE.xml

refuse() {
  printf 'firewalld: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
changed=''
say() {
  changed=yes
  echo "firewalld: $1"
}

if ! command -v firewall-cmd >/dev/null; then
  if command -v dnf >/dev/null; then
    dnf install --assumeyes firewalld
  else
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
    apt-get -o DPkg::Lock::Timeout=300 update
    apt-get -o DPkg::Lock::Timeout=300 install --yes firewalld
  fi
  say 'installed it'
fi
if ! systemctl is-enabled --quiet firewalld.service || ! systemctl is-active --quiet firewalld.service; then
  systemctl enable --quiet --now firewalld.service
  say 'started it, now and with the machine'
fi

if ! cmp --silent "$FILE" "$PLACE"; then
  before=$(mktemp)
  trap 'rm -f "$before"' EXIT
  [[ ! -e $PLACE ]] || cp -- "$PLACE" "$before"
  install -D -m 0644 -- "$FILE" "$PLACE"
  if ! said=$(firewall-cmd --check-config 2>&1); then
    if [[ -s $before ]]; then install -m 0644 -- "$before" "$PLACE"; else rm -- "$PLACE"; fi
    refuse 'it does not take the new zone, and keeps the one that it had' "$said"
  fi
  firewall-cmd --quiet --reload
  say "put zone $ZONE in place"
fi

if [[ $(firewall-cmd --get-default-zone) != "$ZONE" ]]; then
  firewall-cmd --quiet --set-default-zone "$ZONE"
  say "made $ZONE the zone of each interface that has no other"
fi
# An interface that a person, or NetworkManager, gave to another zone is guarded by that one.
while read -r line; do
  [[ $line == 'interfaces: '* ]] || { other=${line%% *} && continue; }
  [[ $other != "$ZONE" ]] || continue
  for interface in ${line#interfaces: }; do
    case $interface in
      docker* | br-* | virbr* | podman* | cni*) ;;
      *)
        # Whoever is in no zone is in this one, and firewalld does not write the zone's file anew.
        firewall-cmd --quiet --permanent --zone "$other" --remove-interface "$interface" || true
        firewall-cmd --quiet --zone "$other" --remove-interface "$interface"
        say "took $interface from zone $other to $ZONE"
        ;;
    esac
  done
done < <(firewall-cmd --get-active-zones)
[[ -n $changed ]] || echo 'firewalld: nothing changed'
