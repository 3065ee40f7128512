#!/usr/bin/env bash
# Liveness and startup: does the server answer at all? A refused password is an answer; restarting would not mend it.
set -euo pipefail
exec mysqladmin --defaults-file=/run/mysql/root.cnf --connect-timeout=4 ping
