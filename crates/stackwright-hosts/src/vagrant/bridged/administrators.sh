#!/usr/bin/env bash
# Lets those log in by ssh whose public keys are in a file, and nobody by a password: administrators.sh FILE USER. Run it as root; running
# it again changes nothing. Whose key is in the file no more is let in no more.
#
# Vagrant's own key, by which only its computer comes in, stays where Vagrant keeps it. A box has a password that its documentation names,
# and host keys that everyone can download with it: both end here.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly USAGE='usage: administrators.sh FILE USER'
readonly FILE=${1:?$USAGE}
readonly USER_NAME=${2:?$USAGE}
readonly ROOT=${ROOT:-}
readonly SSH=$ROOT/etc/ssh

refuse() {
  printf 'administrators: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

# Windows ends lines with another character, too.
keys=$(tr -d '\r' <"$FILE")
readonly WAY_OUT='it has the text of files such as ~/.ssh/id_ed25519.pub, a line each'
[[ $keys != *'PRIVATE KEY'* ]] || refuse "$FILE holds a private key" "$WAY_OUT; make a new key, since this one has left its computer"
ssh-keygen -l -f /dev/stdin <<<"$keys" >/dev/null || refuse "$FILE holds no public key" "$WAY_OUT"

install -D -m 0644 /dev/stdin "$SSH/authorized_keys.d/$USER_NAME" <<<"$keys"
# The first of two settings counts, and Ubuntu's own files have higher numbers.
install -D -m 0644 /dev/stdin "$SSH/sshd_config.d/00-stackwright.conf" <<'CONFIG'
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/authorized_keys.d/%u
CONFIG

if [[ ! -e $SSH/.own-host-keys ]]; then
  rm -f -- "$SSH"/ssh_host_*_key "$SSH"/ssh_host_*_key.pub
  ssh-keygen -q -A ${ROOT:+-f "$ROOT"}
  touch "$SSH/.own-host-keys"
fi
sshd -t || refuse 'sshd does not take its configuration: it says why above' "look into $SSH/sshd_config.d"
# Ubuntu's socket may start one for each that comes.
systemctl try-reload-or-restart ssh.service

echo "who logs in by ssh as $USER_NAME:"
ssh-keygen -l -f /dev/stdin <<<"$keys"
echo "this machine's host key, which ssh asks about at first:"
ssh-keygen -l -f "$SSH/ssh_host_ed25519_key.pub"
