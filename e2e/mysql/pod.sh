# Sourced by run: what a kubelet does for the pods of the StatefulSet, with namespaces of this machine.
# shellcheck shell=bash
: "${here:?the folder of this suite}" "${root:?a folder with MySQL}" "${scripts:?the files of the ConfigMaps}" "${work:?a folder for everything that is made}"

# The processes in the main containers, by pod.
declare -A mysqld=()

# The namespace and its headless Service, by the full name that ends in a dot, as the StatefulSet says it.
service=mysql.database.svc.cluster.local.

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
    echo "10.9.0.$last $pod.${service%.}" >"$work/address-$pod"
    # As kubelet writes both files (pkg/kubelet/kubelet_pods.go and network/dns/dns.go): a pod of a headless Service finds its own
    # full name, without the final dot, in its hosts file.
    printf '127.0.0.1\tlocalhost\n10.9.0.%s\t%s\t%s\n' "$last" "$pod.${service%.}" "$pod" >"$work/hosts-$pod"
    last=$((last + 1))
  done
  printf 'search database.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.9.0.1\noptions ndots:5\n' >"$work/resolv.conf"
}

# Starts the DNS server, with no pod in it.
serve_names() {
  mkdir "$work/dns"
  touch "$work/dns/published"
  dns inside healthy
  dns outside healthy
  "$here/dns" 10.9.0.1 "$work/dns" &>"$work/dns.log" &
}
dns() { echo "$2" >"$work/dns/$1"; } # inside|outside MODE

# The headless Service publishes a pod while it exists, ready or not.
publish() { cat "$work/address-$1" >>"$work/dns/published"; }
withdraw() { sed -i "/ $1\./d" "$work/dns/published"; }

# Runs a command as a container of the pod does: its address, its volumes, a read-only root, uid 999 without capabilities,
# process 1 of its own.
container() { # POD COMMAND...
  local pod=$1
  shift
  mkdir -p "$work/claims/$pod" "$work/run/$pod" "$work/tmp/$pod"
  chmod 0777 "$work/claims/$pod" "$work/run/$pod" "$work/tmp/$pod"
  # shellcheck disable=SC2016 # The inner shell expands it.
  exec nsenter --net="/run/netns/$pod" unshare --mount --pid --fork --kill-child bash -euc '
    root=$1 scripts=$2 work=$3 pod=$4 service=$5
    shift 5
    at=$work/root
    mount --bind "$root" "$at"
    mount -o remount,bind,ro "$at"
    mount --bind -o ro "$scripts" "$at/scripts"
    mount --bind -o ro "$scripts" "$at/config"
    mount --bind -o ro "$work/secrets/$pod" "$at/secrets"
    mount --bind -o ro "$work/hosts-$pod" "$at/etc/hosts"
    mount --bind -o ro "$work/resolv.conf" "$at/etc/resolv.conf"
    mount --bind "$work/claims/$pod" "$at/var/lib/mysql"
    mount --bind "$work/run/$pod" "$at/run/mysql"
    mount --bind "$work/tmp/$pod" "$at/tmp"
    mount --rbind /dev "$at/dev"
    mount -t proc proc "$at/proc"
    exec setpriv --no-new-privs chroot --userspec=999:999 --groups=999 "$at" \
      /usr/bin/env -i PATH=/usr/sbin:/usr/bin HOME=/ POD_NAME="$pod" SERVICE="$service" DATABASE="word_press" CONNECTIONS=100 "$@"
  ' container "$root" "$scripts" "$work" "$pod" "$service" "$@"
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
