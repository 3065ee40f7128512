#!/usr/bin/env bash
# Makes this machine a K3s server or agent, and one of that version: k3s.sh server|agent CONFIG VERSION AMD64 ARM64 SECRET...
# CONFIG becomes config.yaml, the sums are SHA-256 of the release's two binaries, and each secret is a file that goes beside
# config.yaml. Run it as root; running it again restarts K3s only if something changed.
#
# A binary that lies at /var/cache/stackwright/k3s-VERSION-ARCHITECTURE is taken from there: a machine without internet needs that,
# and the release's images in /var/lib/rancher/k3s/agent/images.
#
# ROOT names a directory to work in instead of /, for tests.
set -euo pipefail

readonly USAGE='usage: k3s.sh server|agent CONFIG VERSION AMD64 ARM64 SECRET...'
readonly ROLE=${1:?$USAGE}
readonly CONFIG=${2:?$USAGE}
readonly VERSION=${3:?$USAGE}
readonly AMD64=${4:?$USAGE}
readonly ARM64=${5:?$USAGE}
readonly SECRETS=("${@:6}")
readonly ROOT=${ROOT:-}
readonly BINARY=$ROOT/usr/local/bin/k3s
readonly FOLDER=$ROOT/etc/rancher/k3s
# What K3s was last started with, as sums.
readonly STARTED=$FOLDER/.started
# How long a start may take, in seconds: a server pulls nothing before it is ready, an agent waits for the server.
readonly PATIENCE=${PATIENCE:-300}

refuse() {
  printf 'k3s: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

case $ROLE in
  server) unit=k3s other=k3s-agent ;;
  agent) unit=k3s-agent other=k3s ;;
  *) refuse "'$ROLE' is no role" "$USAGE" ;;
esac
readonly UNIT=$ROOT/etc/systemd/system/$unit.service
[[ ! -e $ROOT/etc/systemd/system/$other.service ]] ||
  refuse "this machine has $other.service, and is to be a K3s $ROLE" 'uninstall K3s on it first, which deletes its volumes'

case $(uname -m) in
  x86_64) architecture=amd64 asset=k3s sum=$AMD64 ;;
  aarch64) architecture=arm64 asset=k3s-arm64 sum=$ARM64 ;;
  *) refuse "K3s is pinned for x86_64 and aarch64, and this is $(uname -m)" 'take another machine' ;;
esac

has_sum() { echo "$sum  $1" | sha256sum --check --status 2>/dev/null; }

# number 1.36.1 is 1036001.
number() {
  local parts
  IFS=. read -r -a parts <<<"$1"
  echo $((10#${parts[0]} * 1000000 + 10#${parts[1]} * 1000 + 10#${parts[2]}))
}

# By https://docs.k3s.io/upgrades: one minor version at a time, and never back.
check_upgrade() {
  local installed wanted=${VERSION#v}
  wanted=${wanted%%+*}
  installed=$("$BINARY" --version 2>/dev/null | sed -n 's/^k3s version v\([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p') || true
  [[ -n $installed ]] || return 0
  (($(number "$wanted") >= $(number "$installed"))) ||
    refuse "this machine runs K3s $installed and can't go back to $wanted" "ask for $installed or newer"
  (($(number "$wanted") / 1000 <= $(number "$installed") / 1000 + 1)) ||
    refuse "from K3s $installed to $wanted is more than one minor version" 'go there by the newest of each minor version between'
}

get_binary() {
  local file=$ROOT/var/cache/stackwright/k3s-$VERSION-$architecture
  if [[ ! -e $file ]]; then
    command -v curl >/dev/null || refuse 'there is no curl to download K3s with' "install curl, or put the binary at $file"
    install -d -m 0755 "${file%/*}"
    # In a URL, + would be a blank.
    curl --fail --silent --show-error --location --retry 3 --proto '=https' --output "$file.part" \
      "https://github.com/k3s-io/k3s/releases/download/${VERSION/+/%2B}/$asset" ||
      refuse "K3s $VERSION can't be downloaded" "look at this machine's way to the internet, or put the binary at $file"
    mv -- "$file.part" "$file"
  fi
  if ! has_sum "$file"; then
    rm -f -- "$file"
    refuse "$file is not the K3s $VERSION that is pinned: its SHA-256 is not $sum" \
      'look who changed it; if the release itself has another sum, pin that one'
  fi
  # A running binary cannot be written to, but another can take its name.
  install -D -m 0755 -- "$file" "$BINARY.new"
  mv -- "$BINARY.new" "$BINARY"
  rm -f -- "$file"
}

if [[ ! -e $BINARY ]] || ! has_sum "$BINARY"; then
  [[ ! -e $BINARY ]] || check_upgrade
  get_binary
fi
for name in kubectl crictl ctr; do
  command -v "$name" >/dev/null || [[ -e $ROOT/usr/local/bin/$name ]] || ln -s k3s "$ROOT/usr/local/bin/$name"
done

umask 077
install -d -m 0755 "$FOLDER"
for secret in "${SECRETS[@]}"; do
  # A token that begins like this would be read as one that holds the sum of the cluster's certificate.
  ! grep -q '^K10' -- "$secret" || refuse "${secret##*/} begins with K10" 'delete its file in secrets/, render, and run this again'
  install -m 0600 -- "$secret" "$FOLDER/${secret##*/}"
done
install -m 0600 -- "$CONFIG" "$FOLDER/config.yaml"

# As the release's install.sh writes it. KillMode: pods go on while K3s restarts. TimeoutStartSec: an agent waits for its server.
install -D -m 0644 /dev/stdin "$UNIT" <<UNIT
[Unit]
Description=Lightweight Kubernetes
Documentation=https://k3s.io
Wants=network-online.target
After=network-online.target

[Install]
WantedBy=multi-user.target

[Service]
Type=notify
EnvironmentFile=-/etc/default/%N
EnvironmentFile=-/etc/sysconfig/%N
EnvironmentFile=-/etc/systemd/system/%N.service.env
KillMode=process
Delegate=yes
User=root
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s $ROLE
UNIT

# Also the drop-ins that a person may have put beside it.
start_with() {
  echo "$sum"
  find "$FOLDER" -type f -path "$FOLDER/config.yaml*" -exec sha256sum {} + | sort -k 2
  sha256sum "$UNIT"
  for secret in "${SECRETS[@]}"; do sha256sum "$FOLDER/${secret##*/}"; done
}
current=$(start_with)
if systemctl is-active --quiet "$unit.service" && [[ -e $STARTED && $(<"$STARTED") == "$current" ]]; then
  echo "K3s $VERSION runs as $ROLE, and nothing changed"
  exit
fi

rm -f -- "$STARTED"
systemctl daemon-reload
systemctl enable --quiet "$unit.service"
systemctl restart --no-block "$unit.service"
waited=0
# Not from the first moment: the old one may still be stopping.
while sleep "${PAUSE:-2}" && ! systemctl is-active --quiet "$unit.service"; do
  ((++waited < PATIENCE / 2)) || refuse "$unit.service is not ready after $PATIENCE seconds" \
    "systemd goes on trying; look why: journalctl --unit $unit.service --lines 50"
done
printf '%s\n' "$current" >"$STARTED"
echo "K3s $VERSION runs as $ROLE"
