#!/usr/bin/env bash
# Lets the holder of a key log in as this user: authorize.sh PUBLIC-KEY. No key is added twice.
set -euo pipefail

readonly KEY=${1:?usage: authorize.sh PUBLIC-KEY}
readonly FILE=~/.ssh/authorized_keys

install -d -m 0700 ~/.ssh
touch "$FILE"
chmod 0600 "$FILE"
if ! grep -qxF -- "$KEY" "$FILE"; then
  # The last line may lack its end, and the key must not run into it.
  [[ -z $(tail -c 1 "$FILE") ]] || echo >>"$FILE"
  printf '%s\n' "$KEY" >>"$FILE"
fi
