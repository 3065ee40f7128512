"""What Flux fetches from: a git server over HTTP, by git itself, for one who has the password, and the index of a repository of charts."""

import base64
import http.server
import pathlib
import secrets
import subprocess
import threading


CHARTS = b"""apiVersion: v1
entries:
  watch:
  - {apiVersion: v2, name: watch, version: 1.0.0, urls: [watch-1.0.0.tgz]}
"""


class Repositories:
    """Serves one bare repository at `url`/lab.git, to whoever has `user` and `password`."""

    user = "reader"

    def __init__(self, repository):
        self.repository = pathlib.Path(repository)
        self.password = secrets.token_hex(16)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def _handler(served):
        granted = f"Basic {base64.b64encode(f'{served.user}:{served.password}'.encode()).decode()}"

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if self.path == "/index.yaml":
                    self._answer("application/yaml", CHARTS)
                    return
                if self._is_granted() and self.path == "/lab.git/info/refs?service=git-upload-pack":
                    service = b"# service=git-upload-pack\n"
                    beginning = b"%04x%s0000" % (len(service) + 4, service)
                    self._answer("application/x-git-upload-pack-advertisement", beginning + self._upload_pack("--advertise-refs"))

            def do_POST(self):
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                if self._is_granted() and self.path == "/lab.git/git-upload-pack":
                    self._answer("application/x-git-upload-pack-result", self._upload_pack(asked=asked))

            def _is_granted(self):
                if self.headers["Authorization"] == granted:
                    return True
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="lab"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return False

            def _upload_pack(self, *options, asked=b""):
                command = ["git", "upload-pack", "--stateless-rpc", *options, served.repository]
                version = {"GIT_PROTOCOL": self.headers["Git-Protocol"] or ""}
                return subprocess.run(command, input=asked, stdout=subprocess.PIPE, env=version, check=True).stdout

            def _answer(self, content, body):
                self.send_response(200)
                self.send_header("Content-Type", content)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler
