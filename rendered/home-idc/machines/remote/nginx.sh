#!/usr/bin/env bash
# Makes this machine serve the sites in nginx/, which goes below /etc/nginx, now and at every start: nginx.sh PORT... Run it as root;
# running it again changes nothing, and it says what it changed. The ports are those that nginx listens at.
#
# A site without a certificate gets one that nobody trusts, so that nginx starts; what brings a real one replaces it.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly PORTS=("${@:?usage: nginx.sh PORT...}")
readonly ROOT=${ROOT:-}
readonly CERTIFICATES=/etc/nginx/certificates
readonly SITES=conf.d/stackwright.conf
mapfile -t FILES < <(cd nginx && find . -type f -printf '%P\n' | sort)
readonly FILES

refuse() {
  printf 'nginx: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
changed=''
say() {
  changed=yes
  echo "nginx: $1"
}

is_installed() { [[ -x $ROOT/usr/sbin/nginx ]]; }
if ! is_installed; then
  if command -v dnf >/dev/null; then
    dnf install --assumeyes nginx openssl
  elif command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
    apt-get -o DPkg::Lock::Timeout=300 update
    apt-get -o DPkg::Lock::Timeout=300 install --yes nginx openssl
  else
    refuse 'this machine has neither dnf nor apt-get' 'install nginx and openssl, and run this again'
  fi
  is_installed || refuse 'nginx was installed, and is not at /usr/sbin/nginx' "look where the package put it"
  say 'installed it'
fi
if [[ -e $ROOT/etc/nginx/sites-enabled/default ]]; then
  # It would answer at port 80 for every name that no site has.
  rm -- "$ROOT/etc/nginx/sites-enabled/default"
  say "took Debian's welcome page out of the sites"
fi

# nginx keeps connections to the nodes. What it sends to one that is gone, the kernel would repeat for a quarter of an hour: with this for
# 13 seconds, until nginx asks another. It holds for visitors, too, whose connection is lost if they are away for as long.
readonly GIVE_UP='net.ipv4.tcp_retries2 = 5'
readonly SYSCTL=$ROOT/etc/sysctl.d/60-stackwright-nginx.conf
if [[ ! -e $SYSCTL || $(<"$SYSCTL") != "$GIVE_UP" ]]; then
  install -D -m 0644 /dev/stdin "$SYSCTL" <<<"$GIVE_UP"
  sysctl --quiet --load "$SYSCTL"
  say "lets go of nodes that don't answer: $GIVE_UP"
fi

# SELinux lets nginx listen at ports of its own types alone, and connect to none. Node ports have no type that it could have.
if command -v selinuxenabled >/dev/null && selinuxenabled; then
  command -v semanage >/dev/null || {
    dnf install --assumeyes policycoreutils-python-utils
    say 'installed semanage'
  }
  # may_listen PORT: whether the port is of a type that nginx may listen at.
  may_listen() {
    semanage port --list --noheading | awk -v port="$1" '
      $1 ~ /^http(_cache)?_port_t$/ && $2 == "tcp" {
        gsub(",", "")
        for (field = 3; field <= NF; field++) {
          split($field "-" $field, bounds, "-")
          if (port + 0 >= bounds[1] + 0 && port + 0 <= bounds[2] + 0) found = 1
        }
      }
      END { exit !found }'
  }
  for port in "${PORTS[@]}"; do
    if ! may_listen "$port"; then
      # One of the two is right: a port that has a type of its own already can only be given another.
      semanage port --add --type http_port_t --proto tcp "$port" 2>/dev/null ||
        semanage port --modify --type http_port_t --proto tcp "$port"
      say "let it listen at port $port: SELinux calls that http_port_t now"
    fi
  done
  if [[ $(getsebool httpd_can_network_connect) != *' on' ]]; then
    setsebool -P httpd_can_network_connect on
    say 'let it connect to node ports: SELinux has httpd_can_network_connect on now'
  fi
fi

# Certificates that a person gave.
for folder in secrets/edge/*/; do
  [[ -d $folder ]] || continue
  name=$(basename "$folder")
  for file in privkey.pem fullchain.pem; do
    if ! cmp --silent "$folder$file" "$ROOT$CERTIFICATES/$name/$file"; then
      install -d -m 0755 "$ROOT$CERTIFICATES" "$ROOT$CERTIFICATES/$name"
      install -m 0600 -- "$folder$file" "$ROOT$CERTIFICATES/$name/$file"
      say "gave $name its $file"
    fi
  done
done
# The folders of the other sites' certificates, as the file names them.
while read -r certificate; do
  folder=${certificate%/*}
  [[ ! -s $ROOT$certificate ]] || continue
  install -d -m 0755 "$ROOT${folder%/*}" "$ROOT$folder"
  (
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=not yet certified' \
      -addext "subjectAltName=DNS:${folder##*/}" -keyout "$ROOT$folder/privkey.pem" -out "$ROOT$certificate" 2>/dev/null
  )
  say "gave ${folder##*/} a certificate that nobody trusts, until it has its own"
done < <(sed -n 's/^ *ssl_certificate "\{0,1\}\([^";]*\)"\{0,1\};$/\1/p' "nginx/$SITES" | sort -u)
if [[ ! -d $ROOT/var/www/acme ]]; then
  install -d -m 0755 "$ROOT/var/www/acme"
  command -v restorecon >/dev/null && restorecon -R "$ROOT/var/www"
  say 'made /var/www/acme, for what an authority asks for'
fi

differs() { ! cmp --silent "nginx/$1" "$ROOT/etc/nginx/$1"; }
replaced=()
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
for file in "${FILES[@]}"; do
  if differs "$file"; then
    [[ ! -e $ROOT/etc/nginx/$file ]] || install -D -m 0644 -- "$ROOT/etc/nginx/$file" "$before/$file"
    install -D -m 0644 -- "nginx/$file" "$ROOT/etc/nginx/$file"
    replaced+=("$file")
  fi
done
if ((${#replaced[@]} > 0)); then
  if ! said=$(nginx -t 2>&1); then
    # What was there goes on as it was, at the next start, too.
    for file in "${replaced[@]}"; do
      if [[ -e $before/$file ]]; then install -m 0644 -- "$before/$file" "$ROOT/etc/nginx/$file"; else rm -- "$ROOT/etc/nginx/$file"; fi
    done
    refuse 'it does not take the new sites, and keeps those that it had' "$said"
  fi
  say "put in place: ${replaced[*]}"
fi

systemctl is-enabled --quiet nginx.service || {
  systemctl enable --quiet nginx.service
  say 'starts it with the machine'
}
if ! systemctl is-active --quiet nginx.service; then
  systemctl start nginx.service
  say 'started it'
elif [[ -n $changed ]]; then
  systemctl reload nginx.service
  say 'reloaded it'
fi
[[ -n $changed ]] || echo 'nginx: nothing changed'
