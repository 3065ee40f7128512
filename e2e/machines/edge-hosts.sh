#!/usr/bin/env bash
# Part of bootstrap.sh, which reads this file: the hosts in front of a cluster, as the first run left them.
: "${machines:?}" "${work:?}"

for host in $(given firewalld.sh); do
  same "$host's zone" "$(cat "$machines/firewalld-$host.xml")" "$(cat "$WORLD/$host/etc/firewalld/zones/stackwright.xml")"
  same "$host's default zone" stackwright "$(cat "$WORLD/$host/zone")"
  [[ ! -s $WORLD/$host/interfaces ]] || fail "an interface of $host is in another zone"
done

for host in $(given ddns.sh); do
  disk=$WORLD/$host
  for pair in "ddns.py usr/local/libexec/ddns 755" "$host.json etc/stackwright/ddns.json 644" "ddns.service etc/systemd/system/ddns.service 644" \
    "ddns.timer etc/systemd/system/ddns.timer 644"; do
    read -r file place mode <<<"$pair"
    same "$host's $file" "$(cat "$machines/ddns/$file")" "$(cat "$disk/$place")"
    same "the mode of $host's $file" "$mode" "$(stat -c %a "$disk/$place")"
  done
  token=$(cat "$work/cluster/secrets/ddns/token")
  same "$host's token" "$token 600" "$(cat "$disk/etc/stackwright/ddns.token") $(stat -c %a "$disk/etc/stackwright/ddns.token")"
  same 'where the token is' "$disk/etc/stackwright/ddns.token" "$(grep -rlF "$token" "$WORLD" "$work"/*log "$work"/*output)"
  [[ -e $disk/ddns.timer.runs ]] || fail "$host's timer does not run"
  grep -qx "$host: systemctl restart ddns.service" "$work/first-log" || fail "$host's client was not tried"
done

for host in $(given nginx.sh); do
  disk=$WORLD/$host
  (cd "$machines/nginx" && find . -type f) | while read -r file; do
    same "$host's $file" "$(cat "$machines/nginx/$file")" "$(cat "$disk/etc/nginx/$file")"
  done
  # What nginx listens at may be listened at, and only what SELinux did not let it is new.
  listens=$(sed -n 's/^ *listen \([0-9]*\).*/\1/p' "$machines"/nginx/conf.d/*.conf | sort -un)
  for port in $listens; do
    grep -qw "$port" "$disk/ports" || fail "SELinux does not let $host listen at $port"
  done
  same "the ports that $host's SELinux learnt" "$(grep -vxE '8080|8443' <<<"$listens")" "$(sed -n "s/^$host: semanage port --add .* //p" "$work/first-log")"
  same "what $host's SELinux lets nginx connect to" 'httpd_can_network_connect --> on' "$(cat "$disk/booleans")"
  [[ -e $disk/nginx.service.runs && -e $disk/nginx.service.enabled ]] || fail "$host's nginx does not run, now and with the machine"
done

for host in $(given certbot.sh); do
  disk=$WORLD/$host
  while read -r name; do
    for file in privkey.pem fullchain.pem; do
      same "$host's $file of $name" "$(cat "$disk/etc/letsencrypt/live/$name/$file")" "$(cat "$disk/etc/nginx/certificates/$name/$file")"
    done
    same "the mode of $host's key of $name" 600 "$(stat -c %a "$disk/etc/nginx/certificates/$name/privkey.pem")"
  done < <(sed -n "s#^  give $host .*remote/certbot.sh [^ ]* [^ ]* [^ ]* \([^ ]*\).*#\1#p" "$machines/steps/hosts.sh")
  [[ -e $disk/certbot-renew.timer.runs ]] || fail "$host renews no certificate"
done

# Each of these says at the end whether it changed anything.
for program in firewalld nginx certbot; do
  same "what $program.sh did again" "$(grep -c "^  give .*remote/$program.sh" "$machines/steps/hosts.sh")" "$(grep -cx "$program: nothing changed" "$work/second-output")"
done
! grep -E '^(changed|started): ' "$work/second-output" >&2 || fail 'the second run changed what follows the public address'
