#!/usr/bin/env bash
# What versions.sh says of each line in versions.txt: versions.sh SCRIPT. kubectl is one that answers with the line's versions.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
script=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/bin" "$work/disk/etc/kubernetes/manifests"
cat >"$work/bin/kubectl" <<'STUB'
#!/usr/bin/env bash
[[ $1 == --kubeconfig && -e $2 && $API != - ]] || exit 1
case $* in
  *'get --raw /version') printf '{\n  "major": "1",\n  "gitVersion": "v%s",\n  "platform": "linux/amd64"\n}' "$API" ;;
  *'get nodes --output jsonpath='*)
    number=0
    for kubelet in $KUBELETS; do printf 'node%s v%s\n' $((number += 1)) "$kubelet"; done
    ;;
esac
STUB
chmod +x "$work/bin/kubectl"
manifest=$work/disk/etc/kubernetes/manifests/kube-apiserver.yaml
run() { ROOT=$work/disk PATH=$work/bin:$PATH API=$api KUBELETS=$kubelets bash "$script" "$1" 2>"$work/error"; }

api=- kubelets=
[[ $(run 1.35.4) == none ]] || {
  echo 'versions.sh: a machine without Kubernetes has a cluster' >&2
  exit 1
}
touch "$work/disk/etc/kubernetes/admin.conf"
# Where sudo looks for programs in the system's own places alone.
mkdir "$work/system"
ln -s "$(command -v bash)" "$(command -v env)" "$(command -v sed)" "$work/system/"
# shellcheck disable=SC2016 # the inner shell expands these
[[ $(ROOT=$work/disk API=1.34.7 KUBELETS=1.34.7 unshare --mount bash -c '
  mount --bind "$1" /usr/local/bin && PATH=$2 exec bash "$3" 1.35.4' kubectl "$work/bin" "$work/system" "$script") == upgrade ]] || {
  echo 'versions.sh: kubectl is not found in /usr/local/bin' >&2
  exit 1
}

pairs=0
while IFS='|' read -r api kubelets wanted expected; do
  [[ $api != '#'* ]] || continue
  api=${api// /} wanted=${wanted// /} expected=${expected# }
  rm -f "$manifest"
  if [[ $api == - && -n ${kubelets// /} ]]; then
    printf '    image: registry.k8s.io/kube-apiserver:v%s\n' "${kubelets// /}" >"$manifest"
  fi
  case $expected in
    same | upgrade) got=$(run "$wanted") && [[ $got == "$expected" && ! -s $work/error ]] ;;
    *) ! got=$(run "$wanted") && [[ -z $got ]] && grep -qF "versions: $expected" "$work/error" && [[ $(wc -l <"$work/error") == 2 ]] ;;
  esac || {
    printf 'versions.sh: from %s (%s) to %s it says: %s\n' "$api" "$kubelets" "$wanted" "$got" >&2
    cat "$work/error" >&2
    exit 1
  }
  pairs=$((pairs + 1))
done <"$here/versions.txt"
((pairs > 15))
echo "versions.sh: $pairs clusters and wanted versions"
