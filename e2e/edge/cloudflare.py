"""Stands for the part of Cloudflare's API that writes records of names: `cloudflare.py TOKEN CERTIFICATE KEY`, at 127.0.0.1:443.

What it is told to say of a name it tells the DNS server of the proof, whose own API is at 127.0.0.1:8055.
"""

import http.server
import json
import ssl
import sys
import urllib.parse
import urllib.request

TOKEN, CERTIFICATE, KEY = sys.argv[1:]
records = {}


def tell(verb, **what):
    urllib.request.urlopen(f"http://127.0.0.1:8055/{verb}-txt", data=json.dumps(what).encode(), timeout=10).read()


class Api(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, result, status=200, errors=()):
        text = json.dumps({"success": status == 200, "errors": list(errors), "messages": [], "result": result}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def allowed(self):
        if self.headers.get("Authorization") == f"Bearer {TOKEN}":
            return True
        self.answer(None, 400, [{"code": 9109, "message": "Invalid access token"}])
        return False

    def do_GET(self):
        if not self.allowed():
            return
        url = urllib.parse.urlsplit(self.path)
        wanted = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/client/v4/zones":
            self.answer([{"id": "zone1", "name": "example.com"}] if wanted["name"] == "example.com" else [])
        else:
            same = lambda record: all(record[key] == wanted[key] for key in ("type", "name", "content"))
            self.answer([record for record in records.values() if same(record)])

    def do_POST(self):
        record = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.allowed():
            record["id"] = f"record{len(records)}"
            records[record["id"]] = record
            tell("set", host=record["name"] + ".", value=record["content"])
            self.answer(record)

    def do_DELETE(self):
        if self.allowed():
            record = records.pop(self.path.rsplit("/", 1)[1])
            tell("clear", host=record["name"] + ".")
            self.answer({"id": record["id"]})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Api)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(CERTIFICATE, KEY)
server.socket = context.wrap_socket(server.socket, server_side=True)
print("ready", flush=True)
server.serve_forever()
