"""The real firewalld with the rendered zone, in namespaces that `run` made: who gets to which port, by connections."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import claims
from claims import CLOUDFLARE, HERE, STRANGER, VISITOR, WORK, holds, run

SNAPSHOT = HERE / "../../snapshots/hosts/edge-firewalld.snap"
SCRIPT = HERE / "../../crates/stackwright-hosts/src/firewall/firewalld.sh"
HOST = "10.77.0.10"
# The address that the zone has ssh from is a visitor's, too.
EVERYONE = {VISITOR, CLOUDFLARE, STRANGER}
RIGHT = {22: {VISITOR}, 8443: EVERYONE, 8080: EVERYONE, 30200: EVERYONE, 2083: {CLOUDFLARE}, 8880: {CLOUDFLARE}, 9090: set(), 30080: set()}

# What stands for systemd, which no namespace has.
SYSTEMCTL = """#!/bin/sh
for unit; do :; done
test "$unit" = firewalld.service || exit 1
case "$1" in
  is-enabled) test -e /run/edge/enabled ;;
  is-active) firewall-cmd --quiet --state ;;
  enable)
    touch /run/edge/enabled
    /usr/sbin/firewalld --nofork --nopid >/run/edge/firewalld.log 2>&1 &
    for _ in $(seq 200); do firewall-cmd --quiet --state 2>/dev/null && exit; sleep 0.1; done
    exit 1
    ;;
  *) exit 1 ;;
esac
"""


def build():
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "tmpfs", "/run")
    shutil.copytree("/etc/firewalld", "/run/original")
    run("mount", "-t", "tmpfs", "tmpfs", "/etc/firewalld")
    shutil.copytree("/run/original", "/etc/firewalld", dirs_exist_ok=True)
    WORK.mkdir()
    (WORK / "bin").mkdir()
    (WORK / "bin/systemctl").write_text(SYSTEMCTL)
    (WORK / "bin/systemctl").chmod(0o755)
    os.environ["PATH"] = f"{WORK}/bin:{os.environ['PATH']}"
    (WORK / "zone.xml").write_text(SNAPSHOT.read_text().split("---\n", 2)[2].rstrip("\n") + "\n")
    Path("/run/dbus").mkdir()
    run("dbus-daemon", "--system", "--fork", "--nopidfile")
    # Somebody outside, behind a cable.
    outside = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
    while os.readlink(f"/proc/{outside.pid}/ns/net") == os.readlink("/proc/self/ns/net"):
        time.sleep(0.01)
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", str(outside.pid))
    run("ip", "address", "add", f"{HOST}/24", "dev", "eth0")
    run("ip", "link", "set", "eth0", "up")
    there = ["nsenter", f"--net=/proc/{outside.pid}/ns/net"]
    for address in ["10.77.0.1", *EVERYONE]:
        run(*there, "ip", "address", "add", f"{address}/24", "dev", "eth0")
        run("ip", "route", "replace", f"{address}/32", "dev", "eth0")
    run(*there, "ip", "link", "set", "eth0", "up")
    return there


ASK = """
import concurrent.futures, socket, sys
def answers(word):
    source, port = word.split(",")
    try:
        socket.create_connection(("10.77.0.10", int(port)), 1.5, (source, 0)).close()
        return True
    except OSError:
        return False
with concurrent.futures.ThreadPoolExecutor(64) as pool:
    for word, answer in zip(sys.argv[1:], pool.map(answers, sys.argv[1:])):
        print(word, answer)
"""


def reached(there):
    """Who gets to each port."""
    words = [f"{source},{port}" for source in EVERYONE for port in RIGHT]
    found = {port: set() for port in RIGHT}
    for line in run(*there, sys.executable, "-c", ASK, *words).splitlines():
        word, answer = line.split()
        source, port = word.split(",")
        if answer == "True":
            found[int(port)].add(source)
    return found


def script():
    return subprocess.run(["bash", SCRIPT, "zone.xml"], cwd=WORK, capture_output=True, text=True)


def main():
    began = time.monotonic()
    there = build()
    listening = [socket.create_server(("0.0.0.0", port), backlog=64) for port in RIGHT]
    open_to_all = {port: EVERYONE for port in RIGHT}
    holds("without firewalld everyone gets everywhere", reached(there) == open_to_all, reached(there))
    first = script()
    said = ["started it", "put zone stackwright in place", "made stackwright the zone"]
    holds("the script says what it does", first.returncode == 0 and all(words in first.stdout for words in said), first.stdout + first.stderr)
    found = reached(there)
    holds("everyone gets where they may, and nowhere else", found == RIGHT, found)
    again = script()
    holds("run again, it changes nothing", again.stdout == "firewalld: nothing changed\n", again.stdout + again.stderr)
    run("firewall-cmd", "--quiet", "--permanent", "--zone=trusted", "--change-interface=eth0")
    run("firewall-cmd", "--quiet", "--reload")
    holds("an interface of another zone would be open", reached(there) == open_to_all, reached(there))
    taken = script()
    holds("it is taken back", "took eth0 from zone trusted" in taken.stdout and reached(there) == RIGHT, taken.stdout + taken.stderr)
    run("firewall-cmd", "--quiet", "--reload")
    holds("and stays so", reached(there) == RIGHT, reached(there))
    right = (WORK / "zone.xml").read_text()
    (WORK / "zone.xml").write_text(right.replace("<zone ", "<zones "))
    refused = script()
    holds("what is no zone is refused", refused.returncode == 1 and "does not take the new zone" in refused.stderr, refused.stdout + refused.stderr)
    holds("and the one that it had stays", Path("/etc/firewalld/zones/stackwright.xml").read_text() == right, Path("/etc/firewalld/zones/stackwright.xml").read_text()[:300])
    holds("and guards", reached(there) == RIGHT, reached(there))
    for one in listening:
        one.close()
    print(f"edge: {claims.held} claims about firewalld hold, {time.monotonic() - began:.0f} s")


main()
