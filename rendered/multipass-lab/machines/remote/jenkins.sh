#!/usr/bin/env bash
# Makes this machine a Jenkins of that version with the plugins of plugins.txt, which lies beside CONFIGURATION:
# jenkins.sh CONFIGURATION DROP-IN USER URL VERSION MANAGER MANAGER-SUM KUBECTL KUBECTL-AMD64 KUBECTL-ARM64 PASSWORD
# PASSWORD is a file. Run it as root; running it again with another password is how that is rotated, and it says what it changed.
#
# ROOT names a directory whose files are written instead of those in /, for tests.
set -euo pipefail

readonly USAGE='usage: jenkins.sh CONFIGURATION DROP-IN USER URL VERSION MANAGER MANAGER-SUM KUBECTL KUBECTL-AMD64 KUBECTL-ARM64 PASSWORD'
(($# == 11)) || {
  echo "$USAGE" >&2
  exit 2
}
readonly CONFIGURATION=$1 DROP_IN=$2 USER_NAME=$3 URL=$4 VERSION=$5 MANAGER=$6 MANAGER_SUM=$7 KUBECTL=$8 AMD64=$9 ARM64=${10} PASSWORD=${11}
readonly ROOT=${ROOT:-}
readonly FOLDER=/etc/stackwright/jenkins
readonly PLUGINS=${CONFIGURATION%/*}/plugins.txt
readonly KEYRING=/etc/apt/keyrings/jenkins.asc
# Jenkins' makers sign their packages with this key: https://www.jenkins.io/doc/book/installing/linux/, and
# https://github.com/voxpupuli/puppet-jenkins/blob/master/manifests/repo/debian.pp has its fingerprint, too.
readonly KEY=https://pkg.jenkins.io/debian-stable/jenkins.io-2026.key
readonly FINGERPRINT=5E386EADB55F01504CAE8BCF7198F4B714ABFC68
# How long a start may take, in seconds.
readonly PATIENCE=${PATIENCE:-300}

refuse() {
  printf 'jenkins: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}
changed=
say() {
  changed=yes
  echo "jenkins: $1"
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

command -v apt-get >/dev/null || refuse 'this machine has no apt-get' 'take Debian 13, Ubuntu 22.04 or newer'
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
apt() { apt-get -o DPkg::Lock::Timeout=300 "$@"; }

# download URL FILE
download() {
  curl --fail --silent --show-error --location --retry 3 --proto '=https' --output "$2" "$1" ||
    refuse "$1 can't be downloaded" "look at this machine's way to the internet"
}
# put OWNER MODE FILE TARGET: in place, if it is not there yet just like this. No moment shows half a file.
put() {
  local target=$ROOT$4
  if cmp --quiet -- "$3" "$target" && [[ $(stat --format %a -- "$target") == "${2#0}" ]]; then return; fi
  install -D -m "$2" -o "$1" -- "$3" "$target.new"
  mv -- "$target.new" "$target"
  say "changed $4"
}

# Before the package: its own start would find none of this, and let anybody in.
put root 0644 "$DROP_IN" /etc/systemd/system/jenkins.service.d/stackwright.conf
put root 0644 "$CONFIGURATION" "$FOLDER/jenkins.yaml"
put root 0600 "$PASSWORD" "$FOLDER/administrator"
# Until a step brings the deployer's, one that reaches no cluster.
if [[ ! -e $ROOT$FOLDER/kubeconfig ]]; then
  printf 'apiVersion: v1\nkind: Config\n' >"$scratch/kubeconfig"
  put root 0600 "$scratch/kubeconfig" "$FOLDER/kubeconfig"
fi

if [[ $(dpkg-query --show --showformat '${db:Status-Status} ${Version}\n' jenkins 2>/dev/null) != "installed $VERSION" ]]; then
  apt update
  apt install --yes ca-certificates curl git gnupg fontconfig openjdk-21-jre-headless
  download "$KEY" "$scratch/key.asc"
  # The one key that is pinned, and no other beside it.
  [[ $(gpg --show-keys --with-colons "$scratch/key.asc" | awk -F: '$1 == "pub" { wanted = 1 } $1 == "fpr" && wanted { print $10; wanted = 0 }') == "$FINGERPRINT" ]] ||
    refuse "$KEY is not the key that is pinned, $FINGERPRINT" 'look who changed it; if its makers did, pin the new one'
  install -D -m 0644 -- "$scratch/key.asc" "$ROOT$KEYRING"
  install -D -m 0644 /dev/stdin "$ROOT/etc/apt/sources.list.d/jenkins.list" <<<"deb [signed-by=$KEYRING] https://pkg.jenkins.io/debian-stable binary/"
  apt update
  # It is started below, with its plugins.
  systemctl mask --quiet --runtime jenkins.service
  apt install --yes --allow-downgrades --allow-change-held-packages "jenkins=$VERSION" ||
    refuse "Jenkins $VERSION can't be installed" 'look which versions there are: apt-cache madison jenkins'
  systemctl unmask --quiet --runtime jenkins.service
  apt-mark hold jenkins >/dev/null
  say "installed Jenkins $VERSION"
fi

case $(uname -m) in
  x86_64) architecture=amd64 sum=$AMD64 ;;
  aarch64) architecture=arm64 sum=$ARM64 ;;
  *) refuse "kubectl is pinned for x86_64 and aarch64, and this is $(uname -m)" 'take another machine' ;;
esac
has_sum() { sha256sum --check --status <<<"$2  $1" 2>/dev/null; }
# fetched URL FILE SUM
fetched() {
  download "$1" "$2"
  has_sum "$2" "$3" || refuse "$1 is not what is pinned: its SHA-256 is not $3" 'look who changed it, or pin the new one'
}
if ! has_sum "$ROOT/usr/local/bin/kubectl" "$sum"; then
  fetched "https://dl.k8s.io/release/v$KUBECTL/bin/linux/$architecture/kubectl" "$scratch/kubectl" "$sum"
  put root 0755 "$scratch/kubectl" /usr/local/bin/kubectl
fi

# Which plugins there are, and for which Jenkins, is what they were brought by.
{
  echo "Jenkins $VERSION, plugin installation manager $MANAGER"
  cat "$PLUGINS"
} >"$scratch/brought"
if ! cmp --quiet -- "$scratch/brought" "$ROOT$FOLDER/plugins"; then
  fetched "https://github.com/jenkinsci/plugin-installation-manager-tool/releases/download/$MANAGER/jenkins-plugin-manager-$MANAGER.jar" \
    "$scratch/manager.jar" "$MANAGER_SUM"
  # It checks each plugin by the sums of Jenkins' update centre. Not the latest of what these need, but what they name: the same each time.
  java -jar "$scratch/manager.jar" --war "${WAR:-/usr/share/java/jenkins.war}" --plugin-file "$PLUGINS" --latest=false \
    --plugin-download-directory "$scratch/plugins" >"$scratch/said" 2>&1 || refuse "not all plugins can be had" "$(tail --lines=5 "$scratch/said")"
  [[ -s $scratch/plugins/configuration-as-code.jpi ]] || refuse 'the plugins lack Configuration as Code' "look at $PLUGINS"
  # Those of before go, too.
  rm -rf -- "$ROOT/var/lib/jenkins/plugins.new"
  install -d -o jenkins -g jenkins "$ROOT/var/lib/jenkins/plugins.new"
  install -o jenkins -g jenkins -m 0644 -t "$ROOT/var/lib/jenkins/plugins.new" -- "$scratch"/plugins/*.jpi
  rm -rf -- "$ROOT/var/lib/jenkins/plugins"
  mv -- "$ROOT/var/lib/jenkins/plugins.new" "$ROOT/var/lib/jenkins/plugins"
  put root 0644 "$scratch/brought" "$FOLDER/plugins"
fi

[[ -z $changed ]] || systemctl daemon-reload
systemctl enable --quiet jenkins.service
if [[ -n $changed ]] || ! systemctl is-active --quiet jenkins.service; then
  systemctl restart jenkins.service || refuse 'jenkins.service does not start' 'look why: journalctl --unit jenkins.service --lines 50'
  say 'started it'
fi

# As the administrator: the password goes by the client's input, and in quotes of its own.
password=$(<"$PASSWORD")
password=${password//\\/\\\\}
ask() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 --config - "$@" <<<"user = \"$USER_NAME:${password//\"/\\\"}\""; }
address=$(sed -n 's/^Environment=JENKINS_LISTEN_ADDRESS=//p' "$DROP_IN")
port=$(sed -n 's/^Environment=JENKINS_PORT=//p' "$DROP_IN")
[[ $address != *:* ]] || address=[$address]
waited=0
until [[ $(ask "http://$address:$port/whoAmI/api/json") == 200 ]]; do
  ((++waited <= PATIENCE / 2)) ||
    refuse "$USER_NAME can't come in after $PATIENCE seconds" 'look why: journalctl --unit jenkins.service --lines 50'
  sleep "${PAUSE:-2}"
done
# Nobody else may.
stranger=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "http://$address:$port/api/json") || true
[[ $stranger == 403 ]] || refuse "Jenkins answers strangers with $stranger, and has to with 403" "look at its configuration: $FOLDER/jenkins.yaml"
[[ -n $changed ]] || echo 'jenkins: nothing changed'
echo "jenkins: $USER_NAME comes in at $URL"
