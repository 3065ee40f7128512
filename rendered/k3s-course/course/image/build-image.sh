#!/usr/bin/env bash
# Builds the application's image, and brings it to the nodes without a registry or pushes it to one: run it with --help to read how.
# Nothing newer than a Mac's Bash 3.2 is used.
set -euo pipefail
readonly CALLED_IN=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'USAGE'
usage: build-image.sh [--tag TAG] [--platform PLATFORM] [--ssh-config FILE] [USER@]NODE...
       build-image.sh [--tag TAG] [--platform PLATFORM] --push REPOSITORY
       build-image.sh [--tag TAG] [--push REPOSITORY] --print

Builds the image with docker, podman or nerdctl: the first of them that works here.

  NODE                 K3s nodes that get the image by ssh, as localhost/course-app:TAG. Each needs sudo without a password
  --push REPOSITORY    pushes it as REPOSITORY:TAG instead, such as registry.example/course-app. Log in first
  --tag TAG            instead of a hash of what the image is made of
  --platform PLATFORM  such as linux/amd64, instead of each node's own, or of this computer's for a registry
  --ssh-config FILE    how ssh reaches the nodes, instead of by your own configuration alone
  --print              only print the image's name

Run it again at any time: a node that has the image is left alone, unless you gave it a tag of your own.
USAGE
}

fail() { # MESSAGE
  printf 'build-image: %s\n' "$1" >&2
  exit "${2:-1}"
}

wrong() { # MESSAGE
  fail "$1: see build-image.sh --help" 2
}

# A Mac may have only the second.
sha256() { # FILE...
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum --algorithm 256 "$@"; fi
}

# Of every file that goes into the image, with its name, in the order of bytes.
tag_of_sources() (
  export LC_ALL=C
  sha256 Dockerfile course/*.* requirements.txt | sha256 | cut -c 1-12
)

tag='' repository='' print=''
platform='' nodes=() ssh=(ssh -o BatchMode=yes -o ConnectTimeout=10)
while (($# > 0)); do
  case $1 in
    --tag | --push | --platform | --ssh-config)
      if (($# == 1)) || [[ -z $2 || $2 == -* ]]; then wrong "$1 needs a value"; fi
      case $1 in
        --tag) tag=$2 ;;
        --push) repository=$2 ;;
        --platform) platform=$2 ;;
        --ssh-config)
          [[ $2 == /* ]] && file=$2 || file=$CALLED_IN/$2
          [[ -r $file ]] || wrong "there is no $file"
          ssh+=(-F "$file")
          ;;
      esac
      shift
      ;;
    --print) print=yes ;;
    --help)
      usage
      exit
      ;;
    -*) wrong "there is no option $1" ;;
    *) nodes+=("$1") ;;
  esac
  shift
done

[[ -z $tag || $tag =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || wrong "'$tag' cannot be a tag"
[[ -z $repository || ${#nodes[@]} -eq 0 ]] || wrong 'nodes get the image, or a registry, not both'

image=${repository:-localhost/course-app}:${tag:-$(tag_of_sources)}
if [[ -n $print ]]; then
  echo "$image"
  exit
fi
[[ -n $repository || ${#nodes[@]} -gt 0 ]] || wrong 'name the nodes, or a repository'

# A program may be there while its daemon is not.
builder=''
for program in docker podman nerdctl; do
  if command -v "$program" >/dev/null && "$program" info >/dev/null 2>&1; then
    builder=$program
    break
  fi
done
[[ -n $builder ]] || fail "neither docker nor podman nor nerdctl works here: install one, or see what its 'info' says"

# build [PLATFORM]
build() {
  "$builder" build ${1:+--platform "$1"} --tag "$image" . || fail "$builder could not build $image${1:+ for $1}: it says why above"
}

if [[ -n $repository ]]; then
  build "$platform"
  "$builder" push "$image" || fail "$builder could not push $image: log in with '$builder login', and see that you may push there"
  echo "pushed $image"
  exit
fi

# on NODE COMMAND...: asks for no password, which nobody could type while an image comes in.
on() {
  "${ssh[@]}" -- "$@"
}

# build_for NODE: for its kind of processor, which may be another than this computer's or the last node's.
built=none
build_for() {
  local wanted=$platform theirs
  if [[ -z $wanted ]]; then
    theirs=$(on "$1" uname -m </dev/null) || return
    [[ $theirs == "$(uname -m | sed 's/^arm64$/aarch64/')" ]] ||
      case $theirs in
        x86_64) wanted=linux/amd64 ;;
        aarch64) wanted=linux/arm64 ;;
        *) fail "$1 has a processor of kind $theirs: say by --platform what to build for it" ;;
      esac
  fi
  [[ $built == "$wanted" ]] || build "$wanted"
  built=$wanted
}

# The kubelet removes what no pod runs when a disk fills up, and there is nowhere to pull it from again: the image is pinned. That is
# the last step, so that a node whose image is pinned has it (containerd/containerd, pkg/cri/labels/labels.go).
readonly PINNED=io.cri-containerd.pinned=pinned

failed=()
for node in "${nodes[@]}"; do
  if ! on "$node" sudo -n k3s ctr version </dev/null >/dev/null; then
    echo "build-image: $node cannot be reached by ssh, or does not run 'sudo -n k3s ctr version': it says why above" >&2
    failed+=("$node")
  elif [[ -z $tag ]] && on "$node" sudo -n k3s ctr images list "name==$image" </dev/null | grep -F -- "$PINNED" >/dev/null; then
    echo "$node has $image"
  elif build_for "$node" && "$builder" save "$image" | on "$node" sudo -n k3s ctr images import - &&
    on "$node" sudo -n k3s ctr images label "$image" "$PINNED" </dev/null >/dev/null; then
    echo "$node got $image"
  else
    echo "build-image: $node did not take $image: it says why above" >&2
    failed+=("$node")
  fi
done
((${#failed[@]} == 0)) || fail "run it again for ${failed[*]}"
