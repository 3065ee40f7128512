"""What all claims need: who is who, a request, and how a claim fails."""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "../../crates/stackwright-hosts/src/edge"
EDGE, NODES = "10.77.0.10", ["10.77.0.21", "10.77.0.22", "10.77.0.23"]
VISITOR, CLOUDFLARE, STRANGER = "192.0.2.10", "173.245.48.9", "203.0.113.7"
SHOP, WWW, PROXIED = "shop.example.com", "www.example.com", "proxied.example.com"
WORK = Path("/run/edge")

held = 0


def holds(what, is_so, found=""):
    global held
    held += 1
    if not is_so:
        sys.exit(f"edge: {what}: does not hold {found}")


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout


def curl(url, *options, source=VISITOR, to=EDGE, ca=WORK / "ca.crt"):
    """The exit code, status, headers and body of a request."""
    name, port = re.match(r"https?://([^:/]+):(\d+)", url).groups()
    resolved = f"[{to}]" if ":" in to else to
    words = ["--silent", "--max-time", "30", "--dump-header", "/run/edge/headers", "--output", "/run/edge/body", "--cacert", str(ca)]
    words += ["--resolve", f"{name}:{port}:{resolved}", *([] if ":" in to else ["--interface", source])]
    for file in ("headers", "body"):
        (WORK / file).write_text("")
    code = subprocess.run(["curl", *words, *options, url]).returncode
    head, _, rest = (WORK / "headers").read_text().partition("\n")
    headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in rest.splitlines())}
    return code, head.strip(), headers, (WORK / "body").read_text()


def issue(names, certificate, key):
    """A certificate of the visitors' own authority, which is made with the first one."""
    if not (WORK / "ca.crt").exists():
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=authority",
            "-keyout", WORK / "ca.key", "-out", WORK / "ca.crt", stderr=subprocess.DEVNULL)
    run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={names[0]}", "-keyout", key,
        "-out", WORK / "csr", stderr=subprocess.DEVNULL)
    kinds = [("IP" if re.fullmatch(r"[\d.]+", name) else "DNS") + f":{name}" for name in names]
    (WORK / "ext").write_text("subjectAltName=" + ",".join(kinds) + "\n")
    run("openssl", "x509", "-req", "-in", WORK / "csr", "-CA", WORK / "ca.crt", "-CAkey", WORK / "ca.key", "-days", "2", "-extfile",
        WORK / "ext", "-out", certificate, stderr=subprocess.DEVNULL)
