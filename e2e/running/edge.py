"""The host in front of a cluster: what bootstrap.sh gives it, by the rendered steps, with what stands for ssh, sudo and systemd."""

from given_host import GivenHost

# Of this machine's own folders those that the steps and their programs write to.
FOLDERS = (
    "/etc/firewalld",
    "/etc/letsencrypt",
    "/etc/nginx",
    "/etc/ssl/certs",
    "/etc/stackwright",
    "/etc/sysctl.d",
    "/etc/systemd/system",
    "/usr/local/libexec",
    "/var/lib/letsencrypt",
    "/var/lib/nginx",
    "/var/log/letsencrypt",
    "/var/log/nginx",
    "/var/www",
)

SYSTEMCTL = """#!/bin/sh
# What stands for systemd, which no namespace has: it knows the units that the steps name.
for unit; do :; done
at=/run/units/$unit
case "$1 $unit" in
  "--version "*) echo 'systemd 252 (252)' ;;
  "daemon-reload "*) ;;
  "cat certbot.timer") ;;
  "is-active firewalld.service") firewall-cmd --quiet --state ;;
  "is-active nginx.service") test -e /run/nginx.pid && kill -0 "$(cat /run/nginx.pid)" 2>/dev/null ;;
  "is-enabled "* | "is-active "*.timer) test -e "$at" ;;
  "enable firewalld.service")
    touch "$at"
    /usr/sbin/firewalld --nofork --nopid >/run/units/firewalld.log 2>&1 &
    for _ in $(seq 300); do firewall-cmd --quiet --state 2>/dev/null && exit; sleep 0.1; done
    exit 1
    ;;
  "enable "* | "restart ddns.timer") touch "$at" ;;
  "start nginx.service") nginx ;;
  "reload nginx.service") nginx -s reload ;;
  "restart ddns.service")
    install -D -m 0600 /etc/stackwright/ddns.token /run/credentials/token
    CREDENTIALS_DIRECTORY=/run/credentials /usr/local/libexec/ddns /etc/stackwright/ddns.json
    ;;
  *) exit 1 ;;
esac
"""

class Edge(GivenHost):
    """One such host, in a world around it."""

    def __init__(self, lab, internet):
        [machine] = lab.hosts
        super().__init__(lab, machine)
        self.internet = internet

    def start(self):
        """Folders of its own, the authorities that it trusts, and the programs that stand for others."""
        self.prepare(FOLDERS, SYSTEMCTL)
        machine, folder = self.machine, self.machine.folder
        names = "".join(f"{address} {name}\n" for name, address in self.internet.hosts.items())
        with open(folder / "hosts", "a") as hosts:
            hosts.write(names)
        trusted = self.internet.authorities.read_text()
        certificates = folder / "etc/ssl/certs"
        for name in ("lab.pem", "ca-certificates.crt"):
            with open(certificates / name, "a") as file:
                file.write(trusted)
        machine("openssl", "rehash", "/etc/ssl/certs")
        machine("mkdir", "-p", "/run/dbus")
        machine.start_program("dbus", "dbus-daemon", "--system", "--nofork", "--nopidfile")

    def tells_dns(self):
        """What dynamic DNS does at its timer's next time."""
        return self.machine("/run/bin/systemctl", "restart", "ddns.service")
