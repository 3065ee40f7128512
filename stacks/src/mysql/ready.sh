#!/usr/bin/env bash
# Readiness: may clients be sent here? A replica whose primary is away for a while may still answer reads; one that can
# never catch up again by itself may not. What is wrong goes to stderr, where `kubectl describe pod` shows it.
set -euo pipefail

fail() {
  printf 'not ready: %s\n' "$1" >&2
  exit 1
}
query() { mysql --defaults-file=/run/mysql/root.cnf --batch "$@"; }

state=$(query --skip-column-names --execute='SELECT @@GLOBAL.offline_mode, @@GLOBAL.super_read_only') ||
  fail "root cannot connect, see above: the server is not up, or init.sql has not run to its end"
[[ $state == 0* ]] || fail "init.sql has not run to its end, see the server's log"
[[ ${POD_NAME:?set it from metadata.name} != *-0 ]] || exit 0
[[ $state == *1 ]] || fail "this replica takes writes: SET GLOBAL super_read_only = ON, or delete the pod"

declare -A replica=()
while IFS=: read -r key value; do
  replica[${key// /}]=${value# }
done < <(query --vertical --execute='SHOW REPLICA STATUS')
[[ -n ${replica[Source_Host]:-} ]] || fail "this replica has no source, see the server's log"
[[ ${replica[Replica_SQL_Running]} == Yes ]] ||
  fail "the applier has stopped: ${replica[Last_SQL_Error]:-by hand}. Delete this pod's claim and the pod: it comes back as a clone"
case ${replica[Replica_IO_Running]} in
  No) fail "the receiver has stopped: ${replica[Last_IO_Error]:-by hand}. If the primary no longer has what is missing here, delete this pod's claim and the pod" ;;
  Connecting)
    case ${replica[Last_IO_Errno]} in
      # Nothing yet; the primary is away; full, stopping, closed until it has started.
      0 | 2??? | 1040 | 1053 | 3032) ;;
      *) fail "the primary refuses this replica: ${replica[Last_IO_Error]}. If the Secret was changed, restart the primary, then this pod" ;;
    esac
    ;;
esac
