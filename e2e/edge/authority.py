"""Certificates of an authority that speaks ACME: Pebble, which Let's Encrypt tests its clients with, and Debian's certbot."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "acme"))

import pebble
from claims import EDGE, HERE, SHOP, SOURCES, STRANGER, WORK, WWW, curl, holds, issue, run

DIRECTORY = "https://127.0.0.1:14000/dir"
TOKEN = "Zm9yLXRoZS1wcm9vZi1vbmx5LW5vdC1hLXNlY3JldA"
DNS_NAME = "proved-by-dns.example.com"


def prove(programs):
    start(programs)
    environment = {**os.environ, "REQUESTS_CA_BUNDLE": str(WORK / "ca.crt"), "PROPAGATION": "0"}
    by_http(environment)
    by_dns(environment)


def start(programs):
    """The authority, a DNS server that says what it is told, and the router's forward of port 80."""
    issue(["127.0.0.1", "api.cloudflare.com"], WORK / "api.crt", WORK / "api.key")
    run("nft", f"add table ip router; add chain ip router out {{ type nat hook output priority -100; }};"
        f"add rule ip router out ip daddr {EDGE} tcp dport 80 dnat to {EDGE}:8080")
    root = pebble.start(programs, WORK, "127.0.0.1:14000", WORK / "api.crt", WORK / "api.key", WORK / "ca.crt", EDGE)
    (WORK / "root.crt").write_bytes(root)


def certbot(*words, environment):
    command = ["bash", SOURCES / "remote/certbot.sh", "admin@example.com", DIRECTORY, *words]
    return subprocess.run(command, cwd=WORK, env=environment, capture_output=True, text=True)


def serial(name):
    hello = ["openssl", "s_client", "-connect", f"{EDGE}:8443", "-servername", name]
    shown = subprocess.run(hello, input="", capture_output=True, text=True).stdout
    return run("openssl", "x509", "-noout", "-serial", input=shown[shown.index("-----BEGIN") :])


def trusted(name):
    """Whether visitors trust the certificate, at once or a moment later: a reload takes one."""
    deadline = time.monotonic() + 10
    while (code := curl(f"https://{name}:8443/", ca=WORK / "root.crt")[0]) != 0 and time.monotonic() < deadline:
        time.sleep(0.1)
    return code == 0


def by_http(environment):
    first = certbot("http", SHOP, WWW, environment=environment)
    said = [f"got a certificate for {SHOP} {WWW}", "gave it to nginx", "renews it in time: certbot.timer"]
    holds("an authority gives a certificate", first.returncode == 0 and all(words in first.stdout for words in said), first.stdout + first.stderr)
    holds("which visitors trust, for each name", trusted(SHOP) and trusted(WWW))
    key = Path(f"/etc/nginx/certificates/{SHOP}/privkey.pem")
    holds("its key is root's alone", key.stat().st_mode & 0o777 == 0o600, oct(key.stat().st_mode))
    again = certbot("http", SHOP, WWW, environment=environment)
    holds("asked again, nothing changes", again.stdout == "certbot: nothing changed\n", again.stdout + again.stderr)
    before = serial(SHOP)
    run("certbot", "renew", "--quiet", "--force-renewal", "--no-random-sleep-on-renew", env=environment)
    deadline = time.monotonic() + 10
    while serial(SHOP) == before and time.monotonic() < deadline:
        time.sleep(0.1)
    holds("a renewal comes to nginx by itself", serial(SHOP) != before and trusted(SHOP))
    # A name that leads to somebody else.
    pebble.lead("elsewhere.example.com", STRANGER)
    refused = certbot("http", "elsewhere.example.com", environment=environment)
    holds("a name that leads elsewhere gets none", refused.returncode == 1 and "there is no certificate for" in refused.stderr, refused.stderr)
    holds("and nothing of it is left with nginx", not Path("/etc/nginx/certificates/elsewhere.example.com").exists() and trusted(SHOP))


def by_dns(environment):
    """By the records that Cloudflare's API writes, with no port open for it."""
    hosts = WORK / "hosts"
    hosts.write_text(Path("/etc/hosts").read_text() + "127.0.0.1 api.cloudflare.com\n")
    run("mount", "--bind", hosts, "/etc/hosts")
    api = subprocess.Popen(
        [sys.executable, "-B", HERE / "cloudflare.py", TOKEN, WORK / "api.crt", WORK / "api.key"], stdout=subprocess.PIPE, text=True
    )
    assert api.stdout.readline() == "ready\n"
    secrets = WORK / "secrets/edge"
    secrets.mkdir(parents=True, exist_ok=True)
    (secrets / "token").write_text("not a token; really\n")
    refused = certbot("secrets/edge/token", DNS_NAME, environment=environment)
    holds("what is no token is refused, and not shown", "is no token" in refused.stderr and "really" not in refused.stdout + refused.stderr, refused.stderr)
    (secrets / "token").write_text("somebody-elses\n")
    refused = certbot("secrets/edge/token", DNS_NAME, environment=environment)
    holds("a token that Cloudflare refuses is no certificate", refused.returncode == 1, refused.stdout)
    (secrets / "token").write_text(TOKEN + "\n")
    run("nft", "add table ip shut; add chain ip shut input { type filter hook input priority 0; };"
        f"add rule ip shut input ip daddr {EDGE} tcp dport 8080 drop")
    first = certbot("secrets/edge/token", DNS_NAME, environment=environment)
    run("nft", "delete table ip shut")
    holds("a record in DNS is proof enough", first.returncode == 0 and "got a certificate" in first.stdout, first.stdout + first.stderr)
    names = run("openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", f"/etc/nginx/certificates/{DNS_NAME}/fullchain.pem")
    holds("for that name", f"DNS:{DNS_NAME}" in names, names)
    credentials = Path(f"/etc/letsencrypt/cloudflare-{DNS_NAME}.ini")
    holds("the token is root's alone", credentials.stat().st_mode & 0o777 == 0o600)
    logs = "".join(path.read_text() for path in Path("/var/log/letsencrypt").glob("*"))
    holds("and in no log", TOKEN not in logs + first.stdout + first.stderr and re.search("dns_records|_acme-challenge", logs))
    again = certbot("secrets/edge/token", DNS_NAME, environment=environment)
    holds("asked again, nothing changes", again.stdout == "certbot: nothing changed\n", again.stdout + again.stderr)
