#!/usr/bin/env bash
# Ruby and Bash find the very text of crates/stackwright-hosts/tests/hostile.txt in what the tests rendered of it, and run nothing of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What a snapshot holds: all but its header, which ends at the second line of three hyphens.
for name in Vagrantfile bridged bootstrap hosts; do
  awk 'found >= 2 { print } $0 == "---" { found++ }' "$root/snapshots/hosts/hostile-$name.snap" >"$name"
done

ruby "$here/vagrantfile.rb" Vagrantfile >Vagrantfile.json
ruby -rjson - "$root/crates/stackwright-hosts/tests/hostile.txt" <<'RUBY'
hostile = File.read(ARGV[0])
vm = JSON.parse(File.read("Vagrantfile.json"))["vm"]
worker = vm["machines"].fetch(hostile)["vm"]
virtualbox = worker["providers"]["virtualbox"]
found = [vm["box"], vm["box_version"], worker["hostname"], virtualbox["name"]]
abort "Ruby found other text: #{found.inspect}" unless found.all?(hostile)
RUBY

mkdir -p computer
mv bridged computer/Vagrantfile
ruby "$here/vagrantfile.rb" computer/Vagrantfile >bridged.json
ruby -rjson - "$root/crates/stackwright-hosts/tests/hostile.txt" <<'RUBY'
hostile = File.read(ARGV[0])
vm = JSON.parse(File.read("bridged.json"))["vm"]
machine = vm["machines"].fetch("server")["vm"]
_, network = machine["network"].first
provisioners = machine["provision"]
found = [vm["box"], network["bridge"].first, provisioners.last.first, provisioners.last.last["args"].last]
abort "Ruby found other text: #{found.inspect}" unless found.all?(hostile)
RUBY

# shellcheck disable=SC2016 # the inner shell expands these
bash -c 'source ./bootstrap; printf "%s" "$KUBESPRAY" >release
  on() { printf "%s" "${@: -1}" >argument; }
  connect() { :; }
  source ./hosts
  hosts >/dev/null'
cmp release "$root/crates/stackwright-hosts/tests/hostile.txt"
cmp argument "$root/crates/stackwright-hosts/tests/hostile.txt"

[[ ! -e pwned ]] || {
  echo 'a hostile value was run' >&2
  exit 1
}
echo 'hostile values: the same text in Ruby and Bash, and nothing was run'
