# Sourced by run: a folder with a real MySQL in it.
# shellcheck shell=bash

# Unpacks the MySQL server of Debian unstable, with every library it needs, into a folder that can be the root of a process.
# Nothing is installed on this machine. The archives are checked by apt against Debian's keys.
unpack_mysql() { # FOLDER
  local root=$1 apt archive name
  # What this script made as it is now.
  ! sha256sum --check --status "$root/complete" 2>/dev/null || return 0
  rm -rf "$root"
  apt=$(mktemp -d)
  mkdir -p "$apt/lists/partial" "$apt/archives/partial"
  : >"$apt/status"
  # From where this machine has its own packages; snapshots of the archive and other projects' hosts have no unstable.
  # shellcheck disable=SC2016 # apt's own placeholder
  archive=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -E '/debian/?$' | grep -v snapshot | head -n 1 || true)
  [[ -n $archive ]] || { echo "mysql: none of this machine's package sources is Debian's archive" >&2; return 1; }
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive unstable main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::State::Status "$apt/status";
Dir::Cache "$apt";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Debug::NoLocking "true";
CONF
  APT_CONFIG=$apt/apt.conf apt-get -qq update
  APT_CONFIG=$apt/apt.conf apt-get -qq --yes --download-only install mysql-server-core mysql-client-core bash coreutils

  mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  for name in "$apt"/archives/*.deb; do dpkg-deb --extract "$name" "$root"; done
  # Where the pod mounts its volumes. Names are looked up as in the image.
  mkdir -p "$root"/{scripts,config,secrets,var/lib/mysql,run/mysql,proc,dev,tmp}
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  touch "$root"/etc/{hosts,resolv.conf}
  rm -rf "$apt"
  sha256sum "${BASH_SOURCE[0]}" >"$root/complete"
}
