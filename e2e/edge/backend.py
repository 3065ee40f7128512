"""What stands for node ports: `backend.py NODE ADDRESS PORT...` answers HTTP with what it was asked, as JSON."""

import base64
import contextlib
import hashlib
import http.server
import json
import sys
import threading
import time
import urllib.parse

NODE, ADDRESS = sys.argv[1:3]
connections = 0


class Backend(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        global connections
        connections += 1
        super().setup()

    def log_message(self, *_):
        pass

    def answer(self, status=200, **more):
        told = {"node": NODE, "connections": connections, "path": self.path, "headers": dict(self.headers.items()), **more}
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(text)

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            return self.web_socket()
        if self.path == "/slow":
            time.sleep(20)
        return self.answer()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/slow":
            time.sleep(20)
        # Grafana's rule against forged requests: pkg/middleware/csrf/csrf.go compares names, without ports.
        origin = urllib.parse.urlsplit(self.headers.get("Origin", "")).hostname
        if origin and origin != self.headers["Host"].split(":")[0]:
            return self.answer(403, error="origin not allowed")
        return self.answer(size=len(body))

    def web_socket(self):
        """Says back what it is told, in one short frame."""
        magic = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(magic.encode()).digest()).decode())
        self.end_headers()
        head = self.rfile.read(2)
        mask, length = self.rfile.read(4), head[1] & 127
        text = bytes(byte ^ mask[place % 4] for place, byte in enumerate(self.rfile.read(length)))
        self.wfile.write(bytes([0x81, len(text)]) + text)
        self.close_connection = True


servers = [http.server.ThreadingHTTPServer((ADDRESS, int(port)), Backend) for port in sys.argv[3:]]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
