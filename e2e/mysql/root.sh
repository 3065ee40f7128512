# Sourced by run: a folder with a real MySQL in it.
# shellcheck shell=bash
: "${here:?the folder of run}"

unpack_mysql() { # FOLDER
  local root=$1
  [[ ! -e $root/complete ]] || return 0
  rm -rf "$root"
  "$here/../debian/unpack" "$root" mysql-server-core mysql-client-core bash coreutils
  # Where the pod mounts its volumes; names are looked up in /etc/hosts only.
  mkdir -p "$root"/{scripts,config,secrets,var/lib/mysql,run/mysql,proc,dev,tmp}
  echo 'hosts: files' >"$root/etc/nsswitch.conf"
  : >"$root/etc/hosts"
  : >"$root/complete"
}
