#!/usr/bin/env bash
# Gets a certificate from an authority for names that lead to this machine's nginx, and renews it from then on:
# certbot.sh EMAIL DIRECTORY http|TOKEN NAME... Run it as root; running it again changes nothing, and it says what it changed.
# DIRECTORY is the URL of the authority's ACME directory. It looks for a proof by HTTP, or in DNS, where TOKEN is a file with a token for
# Cloudflare's API.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly USAGE='usage: certbot.sh EMAIL DIRECTORY http|TOKEN NAME...'
readonly EMAIL=${1:?$USAGE}
readonly DIRECTORY=${2:?$USAGE}
readonly CHALLENGE=${3:?$USAGE}
readonly NAME=${4:?$USAGE}
readonly NAMES=("${@:4}")
readonly ROOT=${ROOT:-}
readonly LIVE=$ROOT/etc/letsencrypt/live/$NAME
# Each certificate may have a token of its own, and is renewed by it.
readonly CREDENTIALS=$ROOT/etc/letsencrypt/cloudflare-$NAME.ini
# certbot runs what is there after each renewal.
readonly HOOK=$ROOT/etc/letsencrypt/renewal-hooks/deploy/stackwright

refuse() {
  printf 'certbot: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
changed=''
say() {
  changed=yes
  echo "certbot: $1"
}

packages=(certbot)
[[ $CHALLENGE == http ]] || packages+=(python3-certbot-dns-cloudflare)
if command -v dnf >/dev/null; then
  if ! rpm --query --quiet "${packages[@]}"; then
    # certbot is in Fedora's packages for Enterprise Linux.
    dnf install --assumeyes epel-release
    dnf install --assumeyes "${packages[@]}"
    say "installed ${packages[*]}"
  fi
elif ! dpkg --status "${packages[@]}" >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  apt-get -o DPkg::Lock::Timeout=300 update
  apt-get -o DPkg::Lock::Timeout=300 install --yes "${packages[@]}"
  say "installed ${packages[*]}"
fi

hook() {
  cat <<'HOOK'
#!/bin/sh
# Gives nginx what certbot got. certbot says where it is.
set -eu
folder=${ROOT:-}/etc/nginx/certificates/$(basename "$RENEWED_LINEAGE")
umask 077
mkdir -p "$folder"
for file in privkey.pem fullchain.pem; do
  cp -- "$RENEWED_LINEAGE/$file" "$folder/$file.new"
done
# nginx is told when both are there.
mv -- "$folder/privkey.pem.new" "$folder/privkey.pem"
mv -- "$folder/fullchain.pem.new" "$folder/fullchain.pem"
systemctl reload nginx.service
HOOK
}
if ! hook | cmp --silent - "$HOOK"; then
  install -D -m 0755 <(hook) "$HOOK"
  say 'gives nginx each new certificate from now on'
fi

case $CHALLENGE in
  http)
    how=(--webroot --webroot-path "$ROOT/var/www/acme")
    ;;
  *)
    token=$(<"$CHALLENGE")
    # Whatever else would be read as more than a value there.
    [[ $token =~ ^[A-Za-z0-9_-]+$ ]] || refuse "what is in $CHALLENGE is no token of Cloudflare's" 'give it the token alone, and run this again'
    if [[ "dns_cloudflare_api_token = $token" != "$(cat "$CREDENTIALS" 2>/dev/null)" ]]; then
      install -D -m 0600 <(echo "dns_cloudflare_api_token = $token") "$CREDENTIALS"
      say 'has the token for the names'
    fi
    # Until Cloudflare's own servers all say it.
    how=(--dns-cloudflare --dns-cloudflare-credentials "$CREDENTIALS" --dns-cloudflare-propagation-seconds "${PROPAGATION:-30}")
    ;;
esac

serial() { openssl x509 -noout -serial -in "$1" 2>/dev/null; }
domains=()
for name in "${NAMES[@]}"; do domains+=(--domain "$name"); done
before=$(serial "$LIVE/fullchain.pem") || true
said=$(certbot certonly --non-interactive --agree-tos --email "$EMAIL" --server "$DIRECTORY" --cert-name "$NAME" "${domains[@]}" \
  --keep-until-expiring --renew-with-new-domains --key-type ecdsa "${how[@]}" 2>&1) ||
  refuse "there is no certificate for ${NAMES[*]}" "an authority counts what fails, so mend it before you run this again. $said"
[[ $(serial "$LIVE/fullchain.pem") == "$before" ]] || say "got a certificate for ${NAMES[*]}"
if ! cmp --silent "$LIVE/fullchain.pem" "$ROOT/etc/nginx/certificates/$NAME/fullchain.pem"; then
  RENEWED_LINEAGE=$LIVE "$HOOK"
  say 'gave it to nginx'
fi

# The timer is called so by Fedora, and so by Debian.
for timer in certbot-renew.timer certbot.timer; do
  systemctl cat "$timer" >/dev/null 2>&1 || continue
  if ! systemctl is-enabled --quiet "$timer" || ! systemctl is-active --quiet "$timer"; then
    systemctl enable --quiet --now "$timer"
    say "renews it in time: $timer"
  fi
done
[[ -n $changed ]] || echo 'certbot: nothing changed'
