#!/usr/bin/env bash
# Gives this control plane the certificate by which extension API servers know its API server, and that of its authority:
# front-proxy.sh AUTHORITY AUTHORITY-KEY CERTIFICATE KEY. kubeadm takes the files that it finds. An API server that runs reads new ones by itself, so nothing is restarted. Run it as root; running it
# again with others is how they are rotated.
#
# front-proxy.sh --check changes nothing: it looks at what is in place and at the API server that runs, and prints the authority and the day on
# which the certificate ends.
set -euo pipefail

readonly USAGE='usage: front-proxy.sh AUTHORITY AUTHORITY-KEY CERTIFICATE KEY
       front-proxy.sh --check

To rotate: delete front-proxy/ among the secrets, render, and give it to the hosts again.'
[[ ${1:-} != --help ]] || {
  echo "$USAGE"
  exit
}
(($# == 4)) || [[ $# == 1 && $1 == --check ]] || {
  echo "$USAGE" >&2
  exit 2
}
readonly GIVEN=("$@")
# Where kubespray has kubeadm keep certificates, under kubeadm's names.
readonly FOLDER=/etc/kubernetes/ssl
readonly AUTHORITY=$FOLDER/front-proxy-ca.crt AUTHORITY_KEY=$FOLDER/front-proxy-ca.key
readonly CERTIFICATE=$FOLDER/front-proxy-client.crt KEY=$FOLDER/front-proxy-client.key
readonly CLIENT=front-proxy-client
# It is to be rotated so many days before its end.
readonly DUE=30
# How long API servers may take to read a new authority, in seconds.
readonly PATIENCE=${PATIENCE:-90}

# fault FACT WAY-OUT: all of them are told, not only the first.
faults=0
fault() {
  printf 'front-proxy: %s\n  %s\n' "$1" "$2" >&2
  faults=$((faults + 1))
}

der() { openssl x509 -in "$1" -outform DER 2>/dev/null; }
signed_by() { openssl verify -no_check_time -no-CApath -no-CAstore -purpose sslclient -CAfile "$1" "$2" >/dev/null 2>&1; }
# ends_within DAYS CERTIFICATE
ends_within() { ! openssl x509 -in "$2" -noout -checkend "$(($1 * 86400))" >/dev/null; }
# is_key_of KEY CERTIFICATE
is_key_of() { [[ $(openssl x509 -in "$2" -noout -pubkey) == "$(openssl pkey -in "$1" -pubout 2>/dev/null)" ]]; }
end_of() { date --utc --date "$(openssl x509 -in "$1" -noout -enddate | cut -d = -f 2)" +%F; }

# look_at AUTHORITY AUTHORITY-KEY CERTIFICATE KEY: whether they are what an API server needs, and no more.
look_at() {
  local file subject
  for file in "$1" "$3"; do
    if ! der "$file" >/dev/null; then
      fault "$file is no certificate" "$ROTATE"
      return
    fi
  done
  signed_by "$1" "$3" || fault "$3 is not signed by $1, for a client" "$ROTATE"
  is_key_of "$2" "$1" || fault "$2 is not the private key of $1" "$ROTATE"
  is_key_of "$4" "$3" || fault "$4 is not the private key of $3" "$ROTATE"
  subject=$(openssl x509 -in "$3" -noout -subject -nameopt RFC2253)
  if [[ $subject == *system:masters* ]]; then
    fault "$3 is of system:masters, who may do everything" "a proxy needs no organization: $ROTATE"
  elif [[ $subject != "subject=CN=$CLIENT" ]]; then
    fault "$3 is of ${subject#subject=}, and not of CN=$CLIENT alone, whom API servers accept" "$ROTATE"
  fi
  # Then users' certificates would be looked at as API servers' are.
  if [[ -e $FOLDER/ca.crt ]] && cmp --quiet <(der "$1") <(der "$FOLDER/ca.crt"); then
    fault "$1 is the authority of the cluster's users, too" "take one of its own: $ROTATE"
  fi
  if ends_within 0 "$1" || ends_within 0 "$3"; then
    fault "$3 ended on $(end_of "$3"), or its authority did" "$ROTATE"
  elif ends_within "$DUE" "$1" || ends_within "$DUE" "$3"; then
    due "$3 ends on $(end_of "$3"), and its authority on $(end_of "$1")"
  fi
}

# The flags of the API server that runs, a line each.
running() {
  local process
  for process in /proc/[0-9]*; do
    if [[ $(cat "$process/comm" 2>/dev/null) == kube-apiserver ]]; then
      tr '\0' '\n' <"$process/cmdline"
      return
    fi
  done
}

check() {
  local file flags flag found
  due() { fault "$1" "$ROTATE"; }
  for file in "$AUTHORITY" "$AUTHORITY_KEY" "$CERTIFICATE" "$KEY"; do
    [[ -e $file ]] || fault "there is no $file" "run './bootstrap.sh hosts'"
  done
  ((faults == 0)) || return 0
  for file in "$AUTHORITY_KEY" "$KEY"; do
    [[ $(stat --format '%a %U' "$file") == '600 root' ]] ||
      fault "others than root may read $file" "run './bootstrap.sh hosts', or rotate it if somebody did"
  done
  look_at "$AUTHORITY" "$AUTHORITY_KEY" "$CERTIFICATE" "$KEY"
  flags=$(running)
  if [[ -z $flags ]]; then
    fault 'no kube-apiserver runs here' "look why: crictl ps --all --name kube-apiserver"
    return
  fi
  for flag in \
    "--requestheader-client-ca-file=$AUTHORITY" "--requestheader-allowed-names=$CLIENT" \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    "--proxy-client-cert-file=$CERTIFICATE" "--proxy-client-key-file=$KEY" --enable-aggregator-routing=true; do
    # As kube-apiserver does, the last one counts. kubespray writes `True`.
    found=$(grep -- "^${flag%%=*}=" <<<"$flags" | tail --lines 1) || true
    [[ ${found/%=True/=true} == "$flag" ]] ||
      fault "kube-apiserver runs without $flag" \
        "run './bootstrap.sh cluster', then here: kubeadm init phase control-plane apiserver --config /etc/kubernetes/kubeadm-config.yaml"
  done
}

# put MODE FILE TARGET: in place, if it is not there yet just like this. No moment shows half a file, and none a key that others can read.
put() {
  if cmp --quiet -- "$2" "$3" && [[ $(stat --format '%a %U:%G' -- "$3") == "${1#0} root:root" ]]; then return; fi
  install -D -m "$1" -o root -g root -- "$2" "$3.new"
  mv -- "$3.new" "$3"
  echo "changed: $3"
}

# What API servers tell extension API servers to believe: each adds its own to what is there.
published() {
  kubectl --kubeconfig /etc/kubernetes/admin.conf --namespace kube-system get configmap extension-apiserver-authentication \
    --output 'jsonpath={.data.requestheader-client-ca-file}'
}
# Else there would be a moment in which extension API servers refuse the new certificate.
await_published() {
  local waited=0
  until [[ $(published | tr -d '\n') == *"$(der "$AUTHORITY" | base64 --wrap 0)"* ]]; do
    if ((++waited > PATIENCE)); then
      fault "after $PATIENCE seconds extension API servers are not told of $AUTHORITY" "look at the log of kube-apiserver, and run this again"
      exit 1
    fi
    sleep 1
  done
}

# Whether kubeadm has renewed the client's certificate, as it does at each upgrade: then the one that is in place is the later one.
is_renewed() {
  cmp --quiet -- "$1" "$AUTHORITY" && [[ -e $CERTIFICATE && -e $KEY ]] || return 1
  (
    due() { :; }
    look_at "$1" "$2" "$CERTIFICATE" "$KEY"
    ((faults == 0))
  ) 2>/dev/null || return 1
  (($(date --date "$(openssl x509 -in "$CERTIFICATE" -noout -enddate | cut -d = -f 2)" +%s) > \
    $(date --date "$(openssl x509 -in "$3" -noout -enddate | cut -d = -f 2)" +%s)))
}

install_all() {
  local had_authority=
  due() { echo "front-proxy: $1: rotate it soon"; }
  if is_renewed "$@"; then set -- "$1" "$2" "$CERTIFICATE" "$KEY"; fi
  look_at "$@"
  ((faults == 0)) || exit 1
  [[ ! -e $AUTHORITY ]] || had_authority=yes
  if ! cmp --quiet -- "$1" "$AUTHORITY"; then
    put 0644 "$1" "$AUTHORITY"
    if [[ -n $had_authority && -n $(running) ]]; then await_published; fi
  fi
  put 0644 "$1" "$AUTHORITY"
  put 0600 "$2" "$AUTHORITY_KEY"
  put 0600 "$4" "$KEY"
  put 0644 "$3" "$CERTIFICATE"
}

readonly ROTATE='rotate it: front-proxy.sh --help says how'
if [[ ${GIVEN[0]} == --check ]]; then
  check
  ((faults == 0)) || exit 1
  echo "$(der "$AUTHORITY" | base64 --wrap 0) $(end_of "$CERTIFICATE")"
else
  install_all "${GIVEN[@]}"
fi
