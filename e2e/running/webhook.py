"""A messenger's incoming webhook, as Slack's: webhook.py ADDRESS FOLDER. Who knows the path in the folder's file `path` may write there.

Each message is a line of the file `messages`, as JSON. It speaks plain HTTP at the port that is open for HTTPS: no authority that the pods
trust would sign for a name of the lab's.
"""

import http.server
import pathlib
import sys


class Webhook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != (folder / "path").read_text():
            # https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: its words, and those of success.
            return self.answer(404, b"no_service")
        with (folder / "messages").open("ab") as messages:
            messages.write(body.replace(b"\n", b" ") + b"\n")
        return self.answer(200, b"ok")

    def answer(self, status, words):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_):
        """The path is a secret."""


if __name__ == "__main__":
    address, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    http.server.ThreadingHTTPServer((address, 443), Webhook).serve_forever()
