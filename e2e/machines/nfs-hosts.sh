#!/usr/bin/env bash
# Part of bootstrap.sh, which reads this file: the servers and clients of NFS, as the first run left them.
: "${machines:?}" "${work:?}"

# added_to_nfs HOST: what a worker that is added gets, where there is NFS.
added_to_nfs() {
  ! given nfs-client.sh | grep -qx "$1" || grep -q "^$1: mount .* $(nfs_of "$1") " "$WORLD/log" || fail "the added worker did not try the export"
  ! given "firewall.sh nfs" | grep -qx "$1" || grep -q "^$1: systemctl reload-or-restart nfs-firewall.service$" "$WORLD/log" ||
    fail 'the added worker does not keep its pods from the export'
}
# nfs_of HOST: the export that a client is told of.
nfs_of() { sed -n "s#^  give $1 .*remote/nfs-client.sh \([^ ]*\) \([^ ]*\)#\1:\2#p" "$machines/steps/hosts.sh"; }

for host in $(given nfs-server.sh); do
  disk=$WORLD/$host
  directory=$(cut -d ' ' -f 1 "$machines/exports")
  same 'the export' "$(cat "$machines/exports")" "$(cat "$disk/etc/exports.d/stackwright.exports")"
  same 'the exported directory' 'nobody:nogroup 777' "$(stat -c '%U:%G %a' "$disk$directory")"
  same 'the data disk' "$host: $(sed -n "s#^  give $host .*\(remote/data-disk.sh .*\)#\1#p" "$machines/steps/hosts.sh")" "$(grep data-disk "$work/first-log")"

  # Without its step no disk is there: as if someone had unmounted it since.
  cp "$machines/steps/hosts.sh" "$work/hosts.sh"
  sed -i '/data-disk.sh/d' "$machines/steps/hosts.sh"
  rm "$disk/data-disk"
  ! run hosts >/dev/null 2>"$work/error" || fail 'what is not on the data disk is exported'
  grep -qF "$directory is not on the data disk" "$work/error" || fail "a lost disk is told like this: $(cat "$work/error")"
  cp "$work/hosts.sh" "$machines/steps/hosts.sh"
  run hosts >/dev/null
done
for host in $(given "firewall.sh nfs"); do
  same "what keeps $host's pods from the export" "$(cat "$machines/nfs.nft")" "$(cat "$WORLD/$host/etc/stackwright/nfs.nft")"
  grep -q "^$host: systemctl reload-or-restart nfs-firewall.service$" "$work/first-log" || fail "$host does not keep its pods from the export"
done
for host in $(given nfs-client.sh); do
  grep -q "^$host: mount .* $(nfs_of "$host") " "$work/first-log" || fail "$host did not try the export"
done
