#!/usr/bin/env bash
# Keeps DNS records at this machine's public address, from now on: ddns.sh CONFIGURATION TOKEN. The client and its units lie beside
# CONFIGURATION, and TOKEN is a file with the token of the DNS provider's API. Run it as root; running it again changes nothing. It
# says what it changed, and ends with one run of the client, so that what is wrong is seen now.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly CONFIGURATION=${1:?usage: ddns.sh CONFIGURATION TOKEN}
readonly TOKEN=${2:?usage: ddns.sh CONFIGURATION TOKEN}
readonly ROOT=${ROOT:-}

refuse() {
  printf 'ddns: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# LoadCredential= is new in 247: https://systemd.io/CREDENTIALS.
# And Python 3.9 or newer is in all of these.
version=$(systemctl --version | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
((version >= 247)) || refuse "systemd $version can't keep a service's secret" 'take Rocky Linux 9, Debian 12, Ubuntu 22.04 or newer'

readonly PACKAGES=(python3 ca-certificates)
if command -v dnf >/dev/null; then
  rpm --query --quiet "${PACKAGES[@]}" || dnf install --assumeyes "${PACKAGES[@]}"
elif [[ $(dpkg-query --show --showformat '${db:Status-Status}\n' "${PACKAGES[@]}" 2>/dev/null | grep -cx installed) != "${#PACKAGES[@]}" ]]; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes "${PACKAGES[@]}"
fi

changed=
# put MODE FILE TARGET: in place, if it is not there yet just like this.
put() {
  local target=$ROOT$3
  if cmp --quiet -- "$2" "$target" && [[ $(stat --format %a -- "$target") == "${1#0}" ]]; then return; fi
  # No moment shows half a file.
  install -D -m "$1" -- "$2" "$target.new"
  mv -- "$target.new" "$target"
  echo "changed: $3"
  changed=yes
}
put 0755 "${CONFIGURATION%/*}/ddns.py" /usr/local/libexec/ddns
put 0644 "$CONFIGURATION" /etc/stackwright/ddns.json
put 0600 "$TOKEN" /etc/stackwright/ddns.token
put 0644 "${CONFIGURATION%/*}/ddns.service" /etc/systemd/system/ddns.service
put 0644 "${CONFIGURATION%/*}/ddns.timer" /etc/systemd/system/ddns.timer
[[ -z $changed ]] || systemctl daemon-reload
if [[ -n $changed ]] || ! systemctl is-active --quiet ddns.timer; then
  systemctl enable --quiet ddns.timer
  systemctl restart ddns.timer
  echo 'started: ddns.timer'
fi

# A run that goes on would have what was there before. It can be ended anywhere.
code=0
systemctl restart ddns.service || code=$?
# What this run said.
{
  journalctl --sync
  journalctl --quiet --no-pager --output cat "_SYSTEMD_INVOCATION_ID=$(systemctl show --property InvocationID --value ddns.service)"
} 2>/dev/null || true
((code == 0)) || refuse 'not all records are at the address of this machine' 'mend what is said above; the timer tries again every 5 minutes'
