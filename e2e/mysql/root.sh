# Sourced by run: a folder with a real MySQL in it.
# shellcheck shell=bash
: "${here:?the folder of run}"

unpack_mysql() { # FOLDER
  local root=$1
  # What this script made as it is now.
  ! sha256sum --check --status "$root/complete" 2>/dev/null || return 0
  rm -rf "$root"
  "$here/../debian/unpack" "$root" mysql-server-core mysql-client-core bash coreutils
  # Where the pod mounts its volumes. Names are looked up as in the image.
  mkdir -p "$root"/{scripts,config,secrets,var/lib/mysql,run/mysql,proc,dev,tmp}
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  touch "$root"/etc/{hosts,resolv.conf}
  sha256sum "${BASH_SOURCE[0]}" >"$root/complete"
}
