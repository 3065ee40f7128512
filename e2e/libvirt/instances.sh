#!/usr/bin/env bash
# What makes, starts, stops and deletes the example's instances, on a computer with libvirt: instances.sh MACHINES, its folder of that name
# A seed that it made is left in the folder seed, beside that.
#
# The image is an empty disk. So sshd of the computer answers in place of the instances', and the proof ends what is to shut down. The second
# computer is the first one, by ssh.
set -euo pipefail
machines=$1
readonly FOLDER=/var/lib/libvirt/images/lab

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  printf 'instances: %s\n' "$1" >&2
  sed 's/^/  /' "$work/said" >&2
  exit 1
}
instances() { PATIENCE=10 "$machines/libvirt/instances.sh" "$@" >"$work/said" 2>&1 </dev/null; }
said() { grep -qF -- "$1" "$work/said" || fail "nothing says: $1"; }
# refused TEXT ARGUMENT...: nothing happens, and this is said.
refused() {
  state >"$work/before"
  ! instances "${@:2}" || fail "'${*:2}' is no error"
  said "$1"
  state | diff "$work/before" - >&2 || fail "'${*:2}' changes something"
}
same() { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || fail "$1 is not as expected"; }
v() { virsh --quiet --connect qemu:///system "$@"; }
# All that there is: machines with their definitions, pools, files with what is in them, and known hosts.
state() {
  local name
  v list --all --name
  for name in $(v list --all --name); do v dumpxml "$name"; done
  v pool-list --all
  find /var/lib/libvirt/images -type f -exec sha256sum {} + | sort -k 2
  sort ~/.ssh/known_hosts
  ls /tmp
}
running() { v list --name | awk NF | sort | xargs; }

# The second computer is known, as to a person who has been there.
ssh-keyscan -t ed25519 192.168.96.11 2>/dev/null >~/.ssh/known_hosts
"$machines/libvirt/instances.sh" --help | grep -q '^usage: instances.sh' || fail '--help shows no usage'
for wrong in '' nonsense launch positions; do refused usage: $wrong; done

# What lacks is said before anything happens, with the way out.
refused 'cp ~/.ssh/id_ed25519.pub' start
cp ~/.ssh/id_ed25519 "$machines/libvirt/authorized_keys"
refused 'holds a private key' start
cp ~/.ssh/id_ed25519.pub "$machines/libvirt/authorized_keys"
git init -q "$machines"
for ours in authorized_keys images/image.qcow2; do
  git -C "$machines" check-ignore -q "libvirt/$ours" || fail "git would take $ours"
done
refused "there is no instance 'nobody'" start kmaster1 nobody
refused 'no instance is named' delete

# An image that is another one than in the code, and one that is none, leave nothing but the pool.
mkdir "$machines/libvirt/images"
echo other >"$machines/libvirt/images/image.qcow2"
! instances start || fail 'another image is taken'
said 'has another SHA-256'
instances delete kmaster1 || fail 'what was never made is not deleted'
same 'the pools after that' '' "$(v pool-list --all)"
rm -r "$machines/libvirt/images"

# What the installer's script asks of the computers before: lacks TEXT, or nothing.
lacks() {
  (cd "$machines" && bash -euo pipefail -c 'MACHINES=(kmaster1 kworker1 kworker2) lacking=
    source steps/prerequisites.sh; source steps/access.sh; access_prerequisites; echo "$lacking"') >"$work/said" 2>&1 || fail 'it ends where something lacks'
  # Where this is tried there may be none.
  sed -i '/ has no KVM: /d' "$work/said"
  if [[ -n $1 ]]; then said "$1"; else ! grep '^  - ' "$work/said" || fail 'something lacks'; fi
}
lacks ''
said 'qemu:///system: the machines that are not made yet fill up to 45 GiB of disk'
cp "$machines/steps/access.sh" "$work/access.sh"
sed -i '/^readonly MEMORIES=(/ { n; s/[0-9]*$/99999999/ }' "$machines/steps/access.sh"
lacks 'machines of qemu:///system that do not run yet need 100002047 MiB of memory, and '
sed 's#^  qemu:///system$#  qemu+unix:///system?socket=/nowhere#' "$work/access.sh" >"$machines/steps/access.sh"
lacks 'libvirt of qemu+unix:///system?socket=/nowhere does not answer'
sed 's/^readonly VIRT_INSTALL=.*/readonly VIRT_INSTALL=999/' "$work/access.sh" >"$machines/steps/access.sh"
lacks 'has to be 999 or newer'

# All of them, in their order.
nothing=$(find /var/lib/libvirt/images)
ip address add 192.168.96.31/20 dev br0 && ip address add 192.168.96.41/20 dev br0 && ip address add 192.168.96.42/20 dev br0
/usr/sbin/sshd -f /dev/null -o ListenAddress=192.168.96.31 -o ListenAddress=192.168.96.41 -o ListenAddress=192.168.96.42 -o PidFile=none
instances start || fail 'nothing is made'
same 'what is made' 'kmaster1 kworker1 kworker2' "$(sed -n 's/ is made$//p' "$work/said" | xargs)"
same 'what runs' 'kmaster1 kworker1 kworker2' "$(running)"

# As the code has them: sizes, disks that grow from the image, the bridge, and with the computer's start.
for name in kmaster1 kworker1 kworker2; do
  v dumpxml "$name" >"$work/$name.xml"
  virt-xml-validate "$work/$name.xml" domain >"$work/said" 2>&1 || fail "$name is no domain"
  same "the size of $name" '2 2097152 KiB enable' "$(v dominfo "$name" | sed -n 's/^\(CPU(s)\|Max memory\|Autostart\): *//p' | xargs)"
  qemu-img info --force-share --output json "$FOLDER/$name.qcow2" >"$work/said"
  grep -q "\"backing-filename\": \"$FOLDER/image-[0-9a-f]*.qcow2\"" "$work/said" || fail "the disk of $name is not backed by the image"
  grep -q "\"virtual-size\": $((20 << 30))," "$work/said" || fail "the disk of $name has another size"
  mac=$(sed -n 's/^ *macaddress: "\{0,1\}\([0-9a-f:]*\)"\{0,1\}$/\1/p' "$machines/libvirt/$name/network-config")
  v domiflist "$name" >"$work/said"
  grep -qE "^ *vnet[0-9]+ +bridge +br0 +virtio +$mac\$" "$work/said" || fail "$name has not the NIC $mac on br0"
  [[ -e /sys/class/net/br0/brif/$(awk 'NF { print $1 }' "$work/said") ]] || fail "$name is not on the bridge"

  # The seed, read back: what is in git, a host key that ssh knows, and who may log in.
  xorriso -osirrox on -indev "$FOLDER/$name-seed.iso" -extract / "$work/$name" >"$work/said" 2>&1
  same "the seed of $name" 'meta-data network-config user-data vendor-data' "$(find "$work/$name" -type f -printf '%f\n' | sort | xargs)"
  cmp "$work/$name/user-data" "$machines/libvirt/user-data"
  for file in meta-data network-config; do cmp "$work/$name/$file" "$machines/libvirt/$name/$file"; done
  blkid --probe --match-tag LABEL --output value "$FOLDER/$name-seed.iso" >"$work/said"
  same 'by what cloud-init knows a seed' CIDATA "$(<"$work/said")"
  cloud-init schema --config-file "$work/$name/vendor-data" >"$work/said" 2>&1 || fail 'the vendor-data is not valid'
  python3 - "$work/$name/vendor-data" "$work/$name.key" <<'PYTHON' >"$work/$name.pub"
import pathlib, sys, yaml
data = yaml.safe_load(open(sys.argv[1]))
assert data["ssh_authorized_keys"] == pathlib.Path("/root/.ssh/id_ed25519.pub").read_text().splitlines(), data["ssh_authorized_keys"]
key = pathlib.Path(sys.argv[2])
key.touch(mode=0o600)
key.write_text(data["ssh_keys"]["ed25519_private"])
print(data["ssh_keys"]["ed25519_public"])
PYTHON
  same "the host key of $name" "$(ssh-keygen -y -f "$work/$name.key" | cut -d ' ' -f 1,2)" "$(cut -d ' ' -f 1,2 "$work/$name.pub")"
  address=$(awk -v host="$name" '$1 == "Host" { found = $2 == host } found && $1 == "HostName" { print $2 }' "$machines/ssh-config")
  same "what ssh knows of $name" "$address $(cut -d ' ' -f 1,2 "$work/$name.pub")" "$(ssh-keygen -F "$address" -f ~/.ssh/known_hosts | grep -v '^#')"
  [[ $name != kworker1 ]] || cp -r "$work/$name" "$(dirname "$machines")/seed"
  rm -r "${work:?}/$name" "$work/$name.key" "$work/$name.pub"
done
same 'the disks for data' "kworker1 $((5 << 30))" \
  "$(for name in kmaster1 kworker1 kworker2; do v domblkinfo "$name" vdb 2>/dev/null | awk -v name="$name" '/^Capacity/ { print name, $2 }'; done)"
same 'what may be read by others' '' "$(find "$FOLDER" -type f -perm /077)"
! grep -rl 'PRIVATE KEY' /tmp --exclude-dir="$(basename "$work")" || fail 'a key of a host is left'

# What runs needs no more memory.
sed '/^readonly MEMORIES=(/ { n; s/[0-9]*$/99999999/ }' "$work/access.sh" >"$machines/steps/access.sh"
lacks ''

# Again, and nothing changes.
state >"$work/first"
instances start || fail 'a second run fails'
state | diff "$work/first" - >&2 || fail 'a second run changes something'

# What is stopped is started, with the sizes of the code. What runs stays.
(sleep 3 && v destroy kmaster1) &
instances stop kmaster1 || fail 'nothing is stopped'
wait
same 'what runs on' 'kworker1 kworker2' "$(running)"
instances stop kmaster1 || fail 'what is stopped already is an error'
said 'kmaster1 does not run'
! PATIENCE=2 "$machines/libvirt/instances.sh" stop kworker1 >"$work/said" 2>&1 || fail 'what does not shut down is stopped'
said 'virsh --connect qemu:///system destroy kworker1'
sed -i '/^readonly CPUS=(/ { n; s/[0-9]*$/3/ }; /^readonly MEMORIES=(/ { n; s/[0-9]*$/3072/ }; /^readonly DISKS=(/ { n; s/[0-9]*$/30/ }' "$machines/libvirt/instances.sh"
instances start || fail 'nothing is started'
said 'kmaster1 is started'
same 'its size then' '3 3145728 KiB' "$(v dominfo kmaster1 | sed -n 's/^\(CPU(s)\|Max memory\): *//p' | xargs)"
same 'its disk then' "$((30 << 30))" "$(v domblkinfo kmaster1 vda | awk '/^Capacity/ { print $2 }')"
same 'what runs again' 'kmaster1 kworker1 kworker2' "$(running)"
v suspend kworker2
instances start kworker2 || fail 'a paused one does not start'
said 'kworker2 goes on'

# Deleted for good, by name alone; another one at the same address has another key.
old=$(ssh-keygen -F 192.168.96.41 -f ~/.ssh/known_hosts | grep -v '^#')
instances delete kworker1 || fail 'nothing is deleted'
same 'what is left of it' '' "$(find "$FOLDER" -name 'kworker1*')"
same 'what runs beside it' 'kmaster1 kworker2' "$(running)"
instances start || fail 'what is missing is not made'
same 'what is made then' kworker1 "$(sed -n 's/ is made$//p' "$work/said")"
new=$(ssh-keygen -F 192.168.96.41 -f ~/.ssh/known_hosts | grep -v '^#')
[[ $new != "$old" && $new == '192.168.96.41 '* ]] || fail "ssh would refuse the new instance: it knows $new"

# A disk that somebody kept is not overwritten, a machine of somebody else's is not touched, and what fails leaves nothing half done.
v destroy kworker2 && v undefine kworker2
refused "its disk kworker2.qcow2 is in pool lab" start kworker2
instances delete kworker2 || fail 'a disk alone is not deleted'
virt-install --quiet --connect qemu:///system --name kworker2 --memory 64 --import --osinfo linux2022 --disk none --network none --graphics none --noautoconsole
refused "has a machine 'kworker2' that is not of this cluster" start kworker2
refused 'that is not of this cluster' delete kworker2
v destroy kworker2 && v undefine kworker2
sed -i 's/^  br0$/  br9/' "$machines/libvirt/instances.sh"
refused 'there has to be a bridge br9' start kworker2
sed -i 's/^  br9$/  br0/' "$machines/libvirt/instances.sh"

# With the last one goes all that there was.
instances delete kmaster1 kworker1 kworker2 || fail 'not all are deleted'
same 'the machines that are left' '' "$(running)"
same 'the pools that are left' '' "$(v pool-list --all)"
same 'the files that are left' "$nothing" "$(find /var/lib/libvirt/images)"
echo "instances: made once, in order, by real libvirt ($(v version | sed -n 's/^Running hypervisor: //p'), $(sed -n "s/^<domain type='\([a-z]*\)'.*/\1/p" "$work/kmaster1.xml")); \
started, stopped, resized, deleted with all files; refused with a way out"
