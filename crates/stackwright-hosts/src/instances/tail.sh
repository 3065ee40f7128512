
# positions [NAME...]: of these in the lists above, or of all.
positions() {
  local name position found
  (($# > 0)) || set -- "${NAMES[@]}"
  for name in "$@"; do
    found=
    for position in "${!NAMES[@]}"; do
      [[ ${NAMES[position]} != "$name" ]] || found=$position
    done
    [[ -n $found ]] || refuse "there is no instance '$name'" "there are: ${NAMES[*]}"
    echo "$found"
  done
}

check_keys() {
  local way_out="put public keys there, a line each: cp ~/.ssh/id_ed25519.pub $PWD/authorized_keys"
  [[ -s authorized_keys ]] || refuse "there is no $PWD/authorized_keys, which says who may log in" "$way_out"
  ! grep -q 'PRIVATE KEY' authorized_keys || refuse "$PWD/authorized_keys holds a private key" "$way_out"
  ssh-keygen -l -f authorized_keys >/dev/null || refuse "$PWD/authorized_keys holds no public key" "$way_out"
}

# know ADDRESS KIND KEY: ssh asks about this host key no more.
know() {
  local known=~/.ssh/known_hosts
  [[ -e $known ]] || install -D -m 0600 /dev/null "$known"
  ! ssh-keygen -F "$1" -f "$known" | grep -qF -- "$3" || return 0
  # Another instance had this address before.
  ssh-keygen -R "$1" -f "$known" >/dev/null 2>&1 || true
  printf '%s %s %s\n' "$1" "$2" "$3" >>"$known"
}

# refuse FACT WAY-OUT
refuse() {
  printf 'instances: %s\n  %s\n' "$1" "$2" >&2
  exit 1
}

case ${1:-} in
  start | stop | delete) ;;
  -h | --help)
    usage
    exit
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# Before anything happens. Inside a loop's list, a refusal would be no end.
positions "${@:2}" >/dev/null
"$@"
