#!/usr/bin/env bash
# The step of bootstrap.sh, which reads this file, that looks at this computer before an hour is spent.

prerequisites() {
  local minor=${KUBERNETES#*.}
  minor=${minor%%.*}
  lacking=

  access_prerequisites
  has_version Helm "$HELM" v helm version --short
  has_version Rust "$RUST" 'rustc ' rustc --version
  # A minor version apart at most: https://kubernetes.io/releases/version-skew-policy/#kubectl
  has_version kubectl "1.$((minor - 1))" 'Client Version: v' kubectl version --client
  ((${#found} == 0)) || ! at_least "$found" "1.$((minor + 2))" ||
    lack "kubectl $found is too new for Kubernetes $KUBERNETES: take one of 1.$((minor - 1)) to 1.$((minor + 1))"
  local command
  for command in ssh scp tar; do
    command -v "$command" >/dev/null || lack "$command is not installed"
  done

  [[ -z $lacking ]] || refuse "this computer lacks what is needed:$lacking" "mend it, or run the other steps by their names: './bootstrap.sh --help'"
  echo 'this computer has what is needed'
}

# lack FACT: notes it, so that all are told at once.
lack() { lacking+=$'\n  - '$1; }

# has_version PROGRAM VERSION PREFIX COMMAND...: notes if the command is not there, or its version, which follows the prefix on a
# line, is older; leaves what it found in $found.
has_version() {
  found=
  if ! command -v "$4" >/dev/null; then
    lack "$1 $2 or newer is not installed"
    return
  fi
  found=$("${@:4}" 2>/dev/null | sed -n -E "s/^$3([0-9]+(\.[0-9]+)*).*/\1/p") || true
  found=${found%%$'\n'*}
  if [[ -z $found ]]; then
    lack "$1 $2 or newer is needed, and '${*:4}' tells no version"
  elif ! at_least "$found" "$2"; then
    lack "$1 is $found, and has to be $2 or newer"
  fi
}

# at_least VERSION MINIMUM
at_least() {
  local have want position
  IFS=. read -r -a have <<<"$1"
  IFS=. read -r -a want <<<"$2"
  for position in 0 1 2; do
    ((${have[position]:-0} == ${want[position]:-0})) || break
  done
  ((${have[position]:-0} >= ${want[position]:-0}))
}
