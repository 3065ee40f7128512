#!/usr/bin/env bash
# Puts a release of kubespray, and the Ansible that it asks for, into this user's home: kubespray.sh v2.31.0.
set -euo pipefail

readonly RELEASE=${1:?usage: kubespray.sh RELEASE}
readonly REPOSITORY=https://github.com/kubernetes-sigs/kubespray.git

if command -v dnf >/dev/null; then
  # The python3 of Rocky Linux 9 is 3.9, and this one lies beside it.
  python=python3.12
  rpm --query --quiet --whatprovides git "$python" || sudo dnf install --assumeyes git "$python"
else
  python=python3
  for package in git python3-venv; do
    if ! dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed; then
      sudo apt-get -o DPkg::Lock::Timeout=300 update
      sudo DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -o DPkg::Lock::Timeout=300 install --yes "$package"
    fi
  done
fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "kubespray's Ansible needs Python 3.11 or later, and this is $("$python" --version): take Ubuntu 24.04 or Rocky Linux 9" >&2
  exit 1
fi

# The same commands serve a new directory and one at another release.
git init --quiet ~/kubespray
if [[ $(git -C ~/kubespray describe --tags --exact-match 2>/dev/null) != "$RELEASE" ]]; then
  git -C ~/kubespray fetch --quiet --depth 1 "$REPOSITORY" "refs/tags/$RELEASE:refs/tags/$RELEASE"
  git -C ~/kubespray checkout --quiet --force --detach "refs/tags/$RELEASE"
fi

"$python" -m venv ~/kubespray-venv
~/kubespray-venv/bin/pip install --quiet --requirement ~/kubespray/requirements.txt
~/kubespray-venv/bin/ansible --version
