"""What stands in for the Internet: an API that keeps records as Cloudflare's does, and sources that say where a question came from.

All of it is one server over TLS at port 443 of both families, and the Host header says who is meant.
"""

import copy
import http.server
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

ZONE = "023e105f4ecef8ad9ca31a8372d0c353"
NAME = "www.example.com"
TOKEN = "v1.0-an-API-token_that.nobody/may+see="
API, SOURCES, ELSEWHERE = "api.test", ("one.test", "two.test", "three.test"), "elsewhere.test"
HOSTS = (API, *SOURCES, ELSEWHERE)
OLD = {"A": "1.2.3.4", "AAAA": "2600::4"}
NEW = {"A": "1.2.3.5", "AAAA": "2600::5"}


def record(kind, **members):
    """A record, as <https://developers.cloudflare.com/api/resources/dns/subresources/records/> shows it."""
    whole = {
        "id": f"372e67954025e0ba6aaa6d586b9e0b{'59' if kind == 'A' else '60'}",
        "zone_id": ZONE,
        "zone_name": "example.com",
        "name": NAME,
        "type": kind,
        "content": OLD[kind],
        "proxiable": True,
        "proxied": True,
        "ttl": 1,
        "comment": "the house",
        "tags": [],
    }
    return {**whole, **members}


class World:
    """What the API has, what each source says, and who was asked for what."""

    def __init__(self, records=None, sources=None, api=(), certificate="good"):
        self.records = copy.deepcopy([record("A"), record("AAAA")] if records is None else records)
        self.before = copy.deepcopy(self.records)
        # What each source says over each family: a text, or what answers in its place.
        self.sources = {name: {"A": NEW["A"], "AAAA": NEW["AAAA"]} for name in SOURCES}
        for name, said in (sources or {}).items():
            self.sources[name] = said if isinstance(said, dict) else dict.fromkeys(("A", "AAAA"), said)
        # What answers the first questions to the API in its place, or None.
        self.api = list(api)
        self.certificate = certificate
        # The API's host, the token that it knows, and the zone that it has.
        self.host, self.token, self.zone = API, TOKEN, ZONE
        self.asked = []

    def patches(self):
        return [(path.rsplit("/", 1)[1], body) for host, method, path, body in self.asked if method == "PATCH"]


class Internet(http.server.ThreadingHTTPServer):
    """The server. `world` is what it is at the moment."""

    address_family = socket.AF_INET6
    daemon_threads = True

    def __init__(self, certificates, world=None, address="::"):
        super().__init__((address, 443), Handler)
        self.world = world or World()
        contexts = {name: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for name in CERTIFICATES}
        for name, context in contexts.items():
            context.load_cert_chain(certificates / f"{name}.crt", certificates / "hosts.key")

        def choose(stream, host, _):
            stream.context = contexts[self.world.certificate if host == self.world.host else "good"]

        contexts["good"].sni_callback = choose
        # The handshake is the handler's: who is slow holds nobody up.
        self.socket = contexts["good"].wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """Who hangs up or trusts no certificate is no error here."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        world, host = self.server.world, self.headers["Host"]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        world.asked.append((host, self.command, self.path, body))
        if host != world.host:
            assert world.token not in str(self.headers), f"{host} is shown the token"
            family = "A" if self.client_address[0].startswith("::ffff:") else "AAAA"
            said = world.sources.get(host, {}).get(family, 404)
            return self.say(200, said + "\n", "text/plain") if isinstance(said, str) else self.act(said)
        action = world.api.pop(0) if world.api else None
        return self.act(action) if action else self.keep(world, body)

    do_PATCH = do_PUT = do_POST = do_DELETE = do_GET

    def act(self, action):
        return self.say(action, "") if isinstance(action, int) else action(self)

    def keep(self, world, body):
        """What the API does with a request."""
        if self.headers["Authorization"] != f"Bearer {world.token}":
            return self.refuse(401, 10000, "Authentication error")
        parts = urllib.parse.urlsplit(self.path)
        folder = f"/client/v4/zones/{world.zone}/dns_records"
        if self.command == "GET" and parts.path == folder:
            query = dict(urllib.parse.parse_qsl(parts.query, strict_parsing=True))
            assert set(query) == {"type", "name"}, query
            found = [one for one in world.records if (one["type"], one["name"]) == (query["type"], query["name"])]
            return self.succeed(found)
        found = [one for one in world.records if parts.path == f"{folder}/{one['id']}"]
        if self.command == "PATCH" and found:
            found[0].update(json.loads(body))
            return self.succeed(found[0])
        return self.refuse(404, 81044, "Record does not exist.")

    def succeed(self, result):
        self.say(200, json.dumps({"result": result, "success": True, "errors": [], "messages": []}))

    def refuse(self, status, code, message, chain=()):
        error = {"code": code, "message": message, **({"error_chain": list(chain)} if chain else {})}
        self.say(status, json.dumps({"result": None, "success": False, "errors": [error], "messages": []}))

    def say(self, status, text, kind="application/json", **headers):
        body = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# When each begins and ends to be valid, as `openssl ca` wants it; `unknown` is another authority's.
CERTIFICATES = {
    "good": ("20200101000000Z", "20991231235959Z"),
    "early": ("20980101000000Z", "20991231235959Z"),
    "late": ("20200101000000Z", "20200201000000Z"),
    "unknown": ("20200101000000Z", "20991231235959Z"),
}


def make_certificates(folder, hosts=HOSTS):
    """Two authorities, of which the client trusts one, and a certificate of each kind for all hosts."""
    kinds = [("IP:" if host.replace(".", "").isdigit() else "DNS:") + host for host in hosts]
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca = own\n[own]\ndatabase = index\nserial = serial\nnew_certs_dir = .\ndefault_md = sha256\npolicy = any\nunique_subject = no\n"
        "[any]\ncommonName = supplied\n[hosts]\nsubjectAltName = " + ",".join(kinds) + "\n"
        "authorityKeyIdentifier = keyid\nbasicConstraints = CA:FALSE\n"
    )
    (folder / "index").touch()
    (folder / "serial").write_text("01\n")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    for authority in ("trusted", "other"):
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={authority}", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
                "-keyout", f"{authority}.key", "-out", f"{authority}.crt")
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=hosts", "-keyout", "hosts.key", "-out", "hosts.csr")
    for name, (begins, ends) in CERTIFICATES.items():
        authority = "other" if name == "unknown" else "trusted"
        openssl("ca", "-batch", "-config", "ca.cnf", "-extensions", "hosts", "-cert", f"{authority}.crt", "-keyfile", f"{authority}.key",
                "-in", "hosts.csr", "-out", f"{name}.crt", "-startdate", begins, "-enddate", ends, "-notext")


def main(certificates, state):
    """Answers until it is killed, and tells in a file what the API has, and what it was asked."""
    internet = Internet(certificates)
    new = state.with_suffix(".new")
    while True:
        new.write_text(json.dumps({"records": internet.world.records, "asked": internet.world.asked}))
        new.replace(state)
        time.sleep(0.1)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
