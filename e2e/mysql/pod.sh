# Sourced by run: what a kubelet does for the pods of the StatefulSet, with namespaces of this machine.
# shellcheck shell=bash
: "${root:?a folder with MySQL}" "${scripts:?the files of the ConfigMaps}" "${work:?a folder for everything that is made}"

# The processes in the main containers, by pod.
declare -A mysqld=()

# One switch, and an address for each pod.
network() { # POD...
  local pod last=10
  ip link add switch type bridge
  ip address add 10.9.0.1/24 dev switch
  ip link set switch up
  for pod; do
    ip netns add "$pod"
    ip link add "to-$pod" type veth peer name eth0 netns "$pod"
    ip link set "to-$pod" master switch up
    ip -n "$pod" address add "10.9.0.$last/24" dev eth0
    ip -n "$pod" link set eth0 up
    ip -n "$pod" link set lo up
    echo "10.9.0.$last $pod.mysql" >"$work/address-$pod"
    last=$((last + 1))
  done
}

# The headless Service publishes a pod while it exists, ready or not.
publish() { cat "$work/address-$1" >>"$work/hosts"; }
withdraw() {
  local others
  others=$(grep -v " $1\.mysql$" "$work/hosts" || true)
  printf '%s\n' "$others" >"$work/hosts"
}

# Runs a command as a container of the pod does: its address, its volumes, a read-only root, uid 999 without capabilities,
# process 1 of its own.
container() { # POD COMMAND...
  local pod=$1
  shift
  mkdir -p "$work/claims/$pod" "$work/run/$pod" "$work/tmp/$pod"
  chmod 0777 "$work/claims/$pod" "$work/run/$pod" "$work/tmp/$pod"
  # shellcheck disable=SC2016 # The inner shell expands it.
  exec nsenter --net="/run/netns/$pod" unshare --mount --pid --fork --kill-child bash -euc '
    root=$1 scripts=$2 work=$3 pod=$4
    shift 4
    at=$work/root
    mount --bind "$root" "$at"
    mount -o remount,bind,ro "$at"
    mount --bind -o ro "$scripts" "$at/scripts"
    mount --bind -o ro "$scripts" "$at/config"
    mount --bind -o ro "$work/secrets/$pod" "$at/secrets"
    mount --bind -o ro "$work/hosts" "$at/etc/hosts"
    mount --bind "$work/claims/$pod" "$at/var/lib/mysql"
    mount --bind "$work/run/$pod" "$at/run/mysql"
    mount --bind "$work/tmp/$pod" "$at/tmp"
    mount --rbind /dev "$at/dev"
    mount -t proc proc "$at/proc"
    exec setpriv --no-new-privs chroot --userspec=999:999 --groups=999 "$at" \
      /usr/bin/env -i PATH=/usr/sbin:/usr/bin HOME=/ POD_NAME="$pod" SERVICE=mysql DATABASE="word_press" "$@"
  ' container "$root" "$scripts" "$work" "$pod" "$@"
}

# Runs the init containers, each to its end; the verdict of the last one is the answer. Their words go to POD.log.
initialise() { # POD
  (container "$1" bash /scripts/configure.sh) &>>"$work/$1.log" && (container "$1" bash /scripts/clone.sh) &>>"$work/$1.log"
}

# Starts the main container, with what the init containers left.
start_container() { # POD
  (container "$1" mysqld --defaults-file=/run/mysql/my.cnf --init-file=/run/mysql/init.sql) &>>"$work/$1.log" &
  mysqld[$1]=$!
}

# A new pod on the claim that is there, or on a new one.
create_pod() { # POD
  : >"$work/$1.log"
  rm -rf "$work/run/$1" "$work/tmp/$1"
  publish "$1"
}
start_pod() { # POD
  create_pod "$1"
  initialise "$1" && start_container "$1"
}

# Process 1 of the main container, as this machine counts.
process_of() { tr -d ' ' <"/proc/${mysqld[$1]}/task/${mysqld[$1]}/children"; } # POD

# Sends it the signal and waits for its end.
end_container() { # SIGNAL POD
  kill -"$1" "$(process_of "$2")"
  wait "${mysqld[$2]}" || true
}

end_pod() { # SIGNAL POD
  end_container "$1" "$2"
  withdraw "$2"
}

lose_volume() { rm -rf "$work/claims/$1"; }

# A probe's verdict; its words are in $work/probe.log.
probe() { (container "$2" bash "/scripts/$1.sh") &>"$work/probe.log"; }
ready() { probe ready "$1"; }
live() { probe live "$1"; }
