"""The host in front of a cluster: what bootstrap.sh gives it, by the rendered steps, with what stands for ssh, sudo and systemd."""

import shutil
import subprocess

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

# The functions that bootstrap.sh has for its steps, for one host that is a process of this machine. Pebble's directory has another path
# than Let's Encrypt's.
STEPS = r"""
set -euo pipefail
pid=$1
inside() { nsenter --target "$pid" --net --mount --uts --ipc --pid -- env PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home "$@"; }
connect() { :; }
refuse() { printf '%s\n  %s\n' "$1" "$2" >&2; exit 1; }
on() { inside bash -c 'cd "$HOME" && exec "$@"' bash "${@:2}" </dev/null; }
ssh() { inside bash -c "cd && ${!#}"; }
SCRATCH=/dev/null
source <(sed 's,\(letsencrypt.org\)/directory,\1/dir,' steps/hosts.sh)
hosts "$2"
"""


class Edge:
    """One such host, in a world around it."""

    def __init__(self, lab, internet):
        self.lab = lab
        self.internet = internet
        [self.machine] = lab.hosts

    def start(self):
        """Folders of its own, the authorities that it trusts, and the programs that stand for others."""
        machine, folder = self.machine, self.machine.folder
        for own in FOLDERS:
            machine("mkdir", "-p", own)
            shutil.copytree(own, folder / own.lstrip("/"), symlinks=True, dirs_exist_ok=True)
            machine("mount", "--bind", str(folder / own.lstrip("/")), own)
        names = "".join(f"{address} {name}\n" for name, address in self.internet.hosts.items())
        with open(folder / "hosts", "a") as hosts:
            hosts.write(names)
        trusted = self.internet.authorities.read_text()
        certificates = folder / "etc/ssl/certs"
        for name in ("lab.pem", "ca-certificates.crt"):
            with open(certificates / name, "a") as file:
                file.write(trusted)
        machine("openssl", "rehash", "/etc/ssl/certs")
        machine("mkdir", "-p", "/run/bin", "/run/units", "/run/home", "/run/dbus")
        for name, text in (("systemctl", SYSTEMCTL), ("sudo", '#!/bin/sh\nexec "$@"\n')):
            machine("install", "-m", "0755", "/dev/stdin", f"/run/bin/{name}", stdin=text)
        machine("cp", "-r", str(self.lab.folder / "machines"), "/run/home/stackwright")
        machine.start_program("dbus", "dbus-daemon", "--system", "--nofork", "--nopidfile")

    def is_given(self):
        """What the steps say that give this host all of its own."""
        command = ["bash", "-c", STEPS, "steps", str(self.machine.pid), self.machine.name]
        run = subprocess.run(command, cwd=self.lab.folder / "machines", capture_output=True, text=True)
        assert run.returncode == 0, f"{self.machine.name} is not given its own: {run.stdout}{run.stderr}"
        return run.stdout

    def tells_dns(self):
        """What dynamic DNS does at its timer's next time."""
        return self.machine("/run/bin/systemctl", "restart", "ddns.service")
