#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that gives each host what it needs beside Kubernetes.

# hosts [HOST]: all of it, or what one host gets.
hosts() {
  connect
  local only=${1:-} secrets
  secrets=()
  give nfs 'NFS server' remote/nfs-server.sh /srv/nfs exports
  secrets=()
  give node1 'NFS server, kept from pods' remote/firewall.sh nfs nfs.nft
  secrets=()
  give node2 'NFS server, kept from pods' remote/firewall.sh nfs nfs.nft
  secrets=()
  give node3 'NFS server, kept from pods' remote/firewall.sh nfs nfs.nft
  secrets=()
  give node1 'NFS client' remote/nfs-client.sh 10.120.52.40 /srv/nfs
  secrets=()
  give node2 'NFS client' remote/nfs-client.sh 10.120.52.40 /srv/nfs
  secrets=()
  give node3 'NFS client' remote/nfs-client.sh 10.120.52.40 /srv/nfs
  secrets=(databases/nfs/mysql/tls.crt databases/nfs/mysql/tls.key apps/mysql-login/password)
  give nfs MySQL remote/mysql.sh databases/mysql-nfs.cnf 10.120.52.40 10.120.52.0/255.255.255.0 secrets/databases/nfs/mysql/tls.crt secrets/databases/nfs/mysql/tls.key apps apps secrets/apps/mysql-login/password
  secrets=(databases/nfs/mongodb/tls.crt databases/nfs/mongodb/tls.key databases/nfs/mongodb/administrator apps/mongodb-login/password)
  give nfs MongoDB remote/mongodb.sh databases/mongodb-nfs.conf databases/mongodb-nfs.json secrets/databases/nfs/mongodb/tls.crt secrets/databases/nfs/mongodb/tls.key secrets/databases/nfs/mongodb/administrator
  secrets=(jenkins/ops/administrator)
  give ops Jenkins remote/jenkins.sh jenkins/ops.yaml jenkins/ops.service admin http://10.120.52.50:8080/ 2.568.3 2.15.0 a86853ec2e2933f37a4b471ba65099b61e03c87a80c2ef8fe2315eb135672d43 1.35.4 b529430df69a688fd61b64ad2299edb5fd71cb58be2a4779dba624c7d3510efd 6a5a4cc4e396d7626a7a693a3044b51c75520f81db30fe6816c2554e53be336f secrets/jenkins/ops/administrator
}

# k3s [HOST]: all of it, or what one host gets.
k3s() {
  connect
  local only=${1:-} secrets
  secrets=(k3s/token k3s/agent-token)
  give node1 'K3s server' remote/k3s.sh server k3s/node1.yaml v1.36.1+k3s1 a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c 2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc secrets/k3s/token secrets/k3s/agent-token
  secrets=(k3s/agent-token)
  give node2 'K3s agent' remote/k3s.sh agent k3s/node2.yaml v1.36.1+k3s1 a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c 2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc secrets/k3s/agent-token
  secrets=(k3s/agent-token)
  give node3 'K3s agent' remote/k3s.sh agent k3s/node3.yaml v1.36.1+k3s1 a443db3fe9820cd93617ae67e4386d87c1514c1e96ceb30f4c2791c39065653c 2240e9f7fd8cf36e9998d7ef18781975780d724b59408174618ec15b410891dc secrets/k3s/agent-token
}

# give HOST NAME SCRIPT ARGUMENT...: runs the script there as root, if it is one of those that are asked for.
give() {
  [[ -z $only || $1 == "$only" ]] || return 0
  echo "$1: $2"
  if [[ -n ${secrets[*]-} ]]; then
    give_secretly "$1" "${@:3}"
    return
  fi
  on "$1" bash -c 'cd stackwright && exec sudo bash "$@"' bash "${@:3}"
}

# The same, with $secrets: they go by the connection alone, are its user's only, and gone when the script ends or the connection does.
give_secretly() {
  local file
  for file in "${secrets[@]}"; do
    [[ -s ../secrets/$file ]] || refuse "there is no $(cd .. && pwd)/secrets/$file" 'render, which makes it, or says what you have to write there'
  done
  # shellcheck disable=SC2016 # the machine's shell expands it
  COPYFILE_DISABLE=1 tar -C ../secrets -cf - "${secrets[@]}" |
    ssh -F "$SCRATCH/ssh-config" -o ServerAliveInterval=30 "$1" "$(printf '%q ' bash -c \
      'cd stackwright && rm -rf secrets && trap "rm -rf secrets" EXIT && (umask 077 && mkdir secrets && tar -C secrets -xf -) && sudo bash "$@" </dev/null' bash "${@:2}")"
}
