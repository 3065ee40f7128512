"""The real nginx with the rendered sites, in namespaces that `run` made: everything has an address of this machine's own."""

import base64
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import authority
import claims
from claims import CLOUDFLARE, EDGE, HERE, NODES, PROXIED, SHOP, SOURCES, STRANGER, VISITOR, WORK, WWW, curl, holds, issue, run

SNAPSHOT = HERE / "../../snapshots/hosts/edge-sites.snap"
PORTS = ["8443", "8080", "30200", "2083", "8880"]

# What stands for systemd, which no namespace has: it knows nginx and a timer.
SYSTEMCTL = """#!/bin/sh
for unit; do :; done
case "$1 $unit" in
  "is-enabled "* | "is-active certbot.timer") test -e "/run/edge/$unit" ;;
  "enable "*) touch "/run/edge/$unit" ;;
  "cat certbot.timer") ;;
  "is-active nginx.service") test -e /run/nginx.pid && kill -0 "$(cat /run/nginx.pid)" 2>/dev/null ;;
  "start nginx.service") nginx ;;
  "reload nginx.service") nginx -s reload ;;
  *) exit 1 ;;
esac
"""

def build():
    """This machine's own /etc/nginx, /run and logs, and an address for everyone."""
    original = WORK.parent / "original"
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "tmpfs", "/run")
    shutil.copytree("/etc/nginx", original, symlinks=True)
    for folder in ("/etc/selinux", "/var/lib/selinux"):
        copy = WORK.parent / folder.replace("/", "-")
        shutil.copytree(folder, copy, symlinks=True)
        run("mount", "--bind", copy, folder)
    for folder in ("/etc/nginx", "/etc/sysctl.d", "/var/log/nginx", "/var/lib/nginx", "/var/www", "/etc/letsencrypt", "/var/lib/letsencrypt", "/var/log/letsencrypt"):
        Path(folder).mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", folder)
    shutil.copytree(original, "/etc/nginx", symlinks=True, dirs_exist_ok=True)
    WORK.mkdir()
    run("ip", "link", "set", "lo", "up")
    for address in [EDGE, *NODES, VISITOR, CLOUDFLARE, STRANGER]:
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
    run("ip", "address", "add", "fd00:77::10/128", "dev", "lo", "nodad")
    (WORK / "bin").mkdir()
    (WORK / "bin/systemctl").write_text(SYSTEMCTL)
    (WORK / "bin/systemctl").chmod(0o755)
    os.environ["PATH"] = f"{WORK}/bin:{os.environ['PATH']}"
    sites = WORK / "nginx/conf.d/stackwright.conf"
    sites.parent.mkdir(parents=True)
    sites.write_text(SNAPSHOT.read_text().split("---\n", 2)[2])
    shutil.copytree(SOURCES / "nginx", WORK / "nginx/stackwright", ignore=shutil.ignore_patterns("*.j2"))
    return sites


def script(*ports):
    return subprocess.run(["bash", SOURCES / "remote/nginx.sh", *(ports or PORTS)], cwd=WORK, capture_output=True, text=True)


def start_backend(number):
    program = subprocess.Popen(
        [sys.executable, "-B", HERE / "backend.py", f"node{number}", NODES[number - 1], "30080", "30090"], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout.readline() == "ready\n"
    return program


def asked(url, *options, **more):
    """What a node was asked."""
    code, status, _, body = curl(url, *options, **more)
    assert code == 0 and " 200" in status, f"{url}: curl exits with {code}, {status}, {body}"
    return json.loads(body)


def put_in_place(sites):
    first = script()
    holds("the script puts nginx in place", first.returncode == 0, first.stderr)
    for word in ("put in place", "gave shop.example.com a certificate", "starts it with the machine", "started it"):
        holds(f"the script says `{word}`", word in first.stdout, first.stdout)
    code, _, _, _ = curl(f"https://{SHOP}:8443/", ca="/etc/ssl/certs/ca-certificates.crt")
    holds("the first certificate is nobody's", code == 60, code)
    again = script()
    holds("run again, it changes nothing", again.stdout == "nginx: nothing changed\n", again.stdout + again.stderr)
    keys = list(Path("/etc/nginx/certificates").glob("*/privkey.pem"))
    holds("a key is root's alone", len(keys) == 2 and all(key.stat().st_mode & 0o777 == 0o600 for key in keys))

    right = sites.read_text()
    sites.write_text(right.replace("keepalive 16;", "keepalive sixteen;"))
    refused = script()
    words = "does not take the new sites" in refused.stderr and "invalid value" in refused.stderr
    holds("what nginx does not take is refused", refused.returncode == 1 and words, refused.stderr)
    holds("and what it had stays", Path("/etc/nginx/conf.d/stackwright.conf").read_text() == right)
    sites.write_text(right)


def certify():
    """Certificates of an authority that the visitors trust, as whatever brings real ones leaves them."""
    for names in ([SHOP, WWW], [PROXIED]):
        folder = Path("/etc/nginx/certificates") / names[0]
        issue(names, folder / "fullchain.pem", folder / "privkey.pem")
    reload()


def given():
    """A certificate that a person gives, as an origin certificate of Cloudflare's is."""
    folder = WORK / "secrets/edge" / PROXIED
    folder.mkdir(parents=True)
    issue([PROXIED], folder / "fullchain.pem", folder / "privkey.pem")
    said = script().stdout
    wanted = (folder / "fullchain.pem").read_text()
    holds("what a person gives is taken", f"gave {PROXIED} its fullchain.pem" in said and "reloaded it" in said, said)
    deadline = time.monotonic() + 10
    hello = ["openssl", "s_client", "-connect", f"{EDGE}:2083", "-servername", PROXIED]
    while wanted.strip() not in (shown := subprocess.run(hello, input="", capture_output=True, text=True).stdout) and time.monotonic() < deadline:
        time.sleep(0.1)
    holds("and shown", wanted.strip() in shown, shown[:300])
    key = Path("/etc/nginx/certificates") / PROXIED / "privkey.pem"
    holds("and its key is root's alone", key.stat().st_mode & 0o777 == 0o600)
    holds("once", script().stdout == "nginx: nothing changed\n")


def passes_on():
    for name in (SHOP, WWW):
        told = asked(f"https://{name}:8443/a?b=c", "--header", "X-Forwarded-For: 1.2.3.4", "--header", "X-Real-IP: 1.2.3.4")
        headers = told["headers"]
        wanted = {"Host": name, "X-Real-IP": VISITOR, "X-Forwarded-For": VISITOR, "X-Forwarded-Proto": "https", "X-Forwarded-Host": name,
                  "X-Forwarded-Port": "443"}
        holds(f"{name} goes on with its headers", {key: headers.get(key) for key in wanted} == wanted, headers)
        holds("and without what a visitor says about the way", "1.2.3.4" not in json.dumps(told) and "Connection" not in headers, told)
        holds("and with its path and query", told["path"] == "/a?b=c", told["path"])
    code, status, headers, _ = curl(f"http://{SHOP}:8080/a?b=c")
    holds("HTTP is led to HTTPS, as visitors call it", " 308 " in status + " " and headers["location"] == f"https://{SHOP}/a?b=c", headers)
    nodes = {asked(f"https://{SHOP}:8443/")["node"] for _ in range(12)}
    holds("all three nodes are asked", nodes == {"node1", "node2", "node3"}, nodes)
    before = [asked(f"https://{SHOP}:8443/") for _ in range(3)]
    after = [asked(f"https://{SHOP}:8443/") for _ in range(60)]
    opened = max(told["connections"] for told in after) - max(told["connections"] for told in before)
    holds("connections to the nodes are kept", opened <= 4, f"{opened} more for 60 requests")
    told = asked(f"https://{SHOP}:8443/", to="fd00:77::10")
    holds("it is served by IPv6, too", told["headers"]["X-Real-IP"] == "fd00:77::10", told["headers"])
    status = curl(f"https://{SHOP}:8443/", "--http2")[1]
    holds("it speaks HTTP/2", status.startswith("HTTP/2"), status)


def strangers():
    for url, code in ((f"http://{EDGE}:8080/", 52), ("http://other.example.com:8080/", 52), ("https://other.example.com:8443/", 35)):
        found = curl(url, "--insecure")[0]
        holds(f"{url} gets nothing", found == code, f"curl exits with {found}")
    hello = subprocess.run(["openssl", "s_client", "-connect", f"{EDGE}:8443", "-noservername"], input="", capture_output=True, text=True)
    holds("without a name there is no certificate", "no peer certificate available" in hello.stdout, hello.stdout[:200])


def loses_nodes(backends):
    backends[1].kill()
    backends[1].wait()
    began = time.monotonic()
    nodes = [asked(f"https://{SHOP}:8443/")["node"] for _ in range(20)]
    holds("a node port that nobody serves is passed over", "node2" not in nodes and time.monotonic() - began < 5, nodes)
    backends[1] = start_backend(2)
    run("nft", f"add table ip gone; add chain ip gone input {{ type filter hook input priority 0; }}; add rule ip gone input ip daddr {NODES[2]} drop")
    began = time.monotonic()
    nodes = [asked(f"https://{SHOP}:8443/")["node"] for _ in range(20)]
    took = time.monotonic() - began
    # Connections that were kept are given up by the kernel, and the two failures after that cost the time to connect.
    holds("a node that is gone is passed over", "node3" not in nodes and took < 45, f"{nodes} in {took:.0f} s")
    print(f"edge: with a node gone, 20 requests took {took:.0f} s")
    run("nft", "delete table ip gone")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and asked(f"https://{SHOP}:8443/")["node"] != "node3":
        time.sleep(0.2)
    holds("it is asked again when it is back", time.monotonic() < deadline)


def limits():
    began = time.monotonic()
    status = curl(f"https://{SHOP}:30200/slow", "--data", "x=1")[1]
    took = time.monotonic() - began
    holds("what could have an effect is not sent twice", " 504" in status and 1.5 < took < 4, f"{status} after {took:.1f} s")
    began = time.monotonic()
    status = curl(f"https://{SHOP}:30200/slow")[1]
    took = time.monotonic() - began
    holds("what takes too long is given up", " 504" in status and took < 10, f"{status} after {took:.1f} s")
    for size, wanted in ((10 << 20, 200), ((10 << 20) + 1, 413)):
        (WORK / "upload").write_bytes(b"x" * size)
        # Without waiting for a word before the body is sent.
        code, status, _, body = curl(f"https://{SHOP}:8443/upload", "--data-binary", f"@{WORK}/upload", "--header", "Expect:")
        holds(f"{size} bytes get {wanted}", f" {wanted}" in status, f"{code} {status}")
        holds("and arrive", wanted != 200 or json.loads(body)["size"] == size, body[:200])


def live():
    """A WebSocket, as Grafana Live opens one."""
    context = ssl.create_default_context(cafile=WORK / "ca.crt")
    plain = socket.create_connection((EDGE, 30200), timeout=10)
    with context.wrap_socket(plain, server_hostname=SHOP) as connection:
        key = base64.b64encode(os.urandom(16)).decode()
        connection.sendall(
            f"GET /api/live/ws HTTP/1.1\r\nHost: {SHOP}:30200\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(4096)
        holds("a WebSocket is opened", answer.startswith(b"HTTP/1.1 101"), answer)
        mask = os.urandom(4)
        connection.sendall(bytes([0x81, 0x80 | 5]) + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(b"hello")))
        frame = answer.split(b"\r\n\r\n", 1)[1]
        while len(frame) < 7:
            frame += connection.recv(4096)
        holds("and says back what it is told", frame == b"\x81\x05hello", frame)


def forged():
    origin = ("--header", f"Origin: https://{SHOP}:30200", "--data", "x=1")
    holds("what Grafana's own page sends is no forgery", " 200" in curl(f"https://{SHOP}:30200/", *origin)[1])
    forged = curl(f"https://{SHOP}:30200/", "--header", "Origin: https://evil.example.com", "--data", "x=1")
    holds("what another page sends is one", " 403" in forged[1], forged)
    # Without the header, nginx sends the upstream's own name: what the document ran into.
    file = Path("/etc/nginx/stackwright/proxy.conf")
    right = file.read_text()
    file.write_text(right.replace("proxy_set_header Host $host;\n", ""))
    reload()
    holds("without the Host that was asked for, it would be", " 403" in curl(f"https://{SHOP}:30200/", *origin)[1])
    file.write_text(right)
    reload()
    holds("and with it, it is none again", " 200" in curl(f"https://{SHOP}:30200/", *origin)[1])


def reload():
    """nginx with its files as they are now. Workers of before would answer for a moment, on a busy machine for a long one."""
    master = Path("/run/nginx.pid").read_text().strip()
    workers = lambda: set(Path(f"/proc/{master}/task/{master}/children").read_text().split())
    before = workers()
    run("nginx", "-s", "reload", stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while (left := workers()) & before or not left:
        assert time.monotonic() < deadline, f"nginx' workers of before do not end: {left}"
        time.sleep(0.05)


def encrypted():
    def speaks(*options):
        words = ["openssl", "s_client", "-connect", f"{EDGE}:8443", "-servername", SHOP, "-CAfile", WORK / "ca.crt", *options]
        said = subprocess.run(words, input="", capture_output=True, text=True).stdout
        return "Verify return code: 0" in said and "Cipher is (NONE)" not in said

    weak = ("-cipher", "DEFAULT:@SECLEVEL=0")
    for options, wanted in (
        (("-tls1_3",), True),
        (("-tls1_2",), True),
        (("-tls1_1", *weak), False),
        (("-tls1", *weak), False),
        (("-tls1_2", "-cipher", "AES128-SHA:AES256-SHA256:@SECLEVEL=0"), False),
        (("-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA384"), False),
        (("-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"), True),
    ):
        holds(f"{' '.join(options)} {'is' if wanted else 'is not'} spoken", speaks(*options) == wanted)
    strict = curl(f"https://{SHOP}:8443/")[2].get("strict-transport-security")
    holds("browsers are told to keep to HTTPS", strict == "max-age=63072000", strict)
    proxied = asked_headers(f"https://{PROXIED}:2083/")
    holds("but not where the same name is served plainly", "strict-transport-security" not in proxied, proxied)


def asked_headers(url):
    return curl(url, source=CLOUDFLARE)[2]


def through_cloudflare():
    told = ("--header", "CF-Connecting-IP: 198.51.100.77")
    for url, scheme, port in ((f"https://{PROXIED}:2083/", "https", "2083"), (f"http://{PROXIED}:8880/", "http", "8880")):
        headers = asked(url, *told, source=CLOUDFLARE)["headers"]
        found = [headers[key] for key in ("X-Real-IP", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port")]
        holds(f"{url} is asked by whom Cloudflare names", found == ["198.51.100.77", "198.51.100.77", scheme, port], found)
    headers = asked(f"https://{PROXIED}:2083/", *told, source=STRANGER)["headers"]
    holds("nobody else may name a visitor", headers["X-Real-IP"] == STRANGER, headers)


def challenges():
    folder = Path("/var/www/acme/.well-known/acme-challenge")
    folder.mkdir(parents=True)
    (folder / "token").write_text("proof")
    url = f"http://{WWW}:8080/.well-known/acme-challenge/token"
    holds("an authority finds its proof", curl(url)[3] == "proof")
    told = asked(f"https://{WWW}:8443/.well-known/acme-challenge/token")
    holds("and the site has that path for itself", told["path"].endswith("/token"))


def labels():
    """The part for SELinux: the policy is Debian's, kept by the real semanage. What only a kernel with SELinux answers is made up."""
    (WORK / "boolean").write_text("httpd_can_network_connect --> off\n")
    for name, text in {
        "selinuxenabled": "exit 0",
        "getsebool": "cat /run/edge/boolean",
        "setsebool": 'echo "$2 --> $3" >/run/edge/boolean',
        "restorecon": "exit 0",
    }.items():
        (WORK / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
        (WORK / "bin" / name).chmod(0o755)
    holds("some of the ports are none of nginx' yet", any(port not in may_listen() for port in PORTS), may_listen())
    first = script()
    wanted = {port for port in PORTS if f"port {port}:" in first.stdout}
    holds("SELinux is told of the ports that it does not know, and of no other", wanted == {"30200", "2083", "8880"}, first.stdout + first.stderr)
    holds("by its policy, nginx may listen at all of them", may_listen() == set(PORTS), may_listen())
    holds("and is to connect", (WORK / "boolean").read_text() == "httpd_can_network_connect --> on\n")
    again = script()
    holds("once", again.stdout == "nginx: nothing changed\n", again.stdout + again.stderr)


def may_listen():
    """The ports whose type nginx, which runs as httpd_t, may bind."""
    [policy] = Path("/etc/selinux/default/policy").glob("policy.*")
    allowed = set(re.findall(r"^allow httpd_t (\w+):tcp_socket", run("sesearch", "-A", "-s", "httpd_t", "-c", "tcp_socket", "-p", "name_bind", policy), re.MULTILINE))
    # The narrowest range of a port is the one that counts, and a port alone comes first.
    types = {port: re.findall(r"portcon tcp (\S+) \w+:\w+:(\w+)", run("seinfo", f"--portcon={port}", policy)) for port in PORTS}
    return {port for port, found in types.items() if min(found, key=width)[1] in allowed}


def width(found):
    first, _, last = found[0].partition("-")
    return int(last or first) - int(first)


def main():
    began = time.monotonic()
    sites = build()
    put_in_place(sites)
    backends = [start_backend(number) for number in (1, 2, 3)]
    certify()
    given()
    passes_on()
    strangers()
    live()
    forged()
    encrypted()
    through_cloudflare()
    challenges()
    labels()
    limits()
    loses_nodes(backends)
    authority.prove(sys.argv[1])
    problems = [line for line in Path("/var/log/nginx/error.log").read_text().splitlines() if "[emerg]" in line or "[alert]" in line or "[crit]" in line]
    holds("nginx itself complains of nothing but the sites that it refused", all("sixteen" in line for line in problems), problems)
    print(f"edge: {claims.held} claims hold, {time.monotonic() - began:.0f} s")


main()
