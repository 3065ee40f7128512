"""Alertmanager's own amtool reads every configuration of it, and the program itself tells a receiver of an alert by it.

The receiver's URL is in a file, as the Secret makes it: it may stand in no log and in nothing that Alertmanager shows.
"""

import http.server
import json
import pathlib
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import yaml

# What the URL of a real receiver has, and nobody may see.
SECRET = "hooks/2f8c1d"


def prove(root, configurations):
    """`configurations` by what they are of: each is read, and each with one receiver tells it of an alert, and of its end."""
    check(root, {"route": {"receiver": "people"}, "receivers": [{"name": "nobody"}]}, refused='undefined receiver "people"')
    for configuration in configurations.values():
        check(root, configuration)
    told = {name: kind for name, configuration in configurations.items() if (kind := tells(root, configuration))}
    if lacking := TELLS.keys() - set(told.values()):
        sys.exit(f"no configuration of Alertmanager has {', '.join(sorted(lacking))}")
    return list(told)


def check(root, configuration, refused=None):
    (root / "alertmanager.yml").write_text(yaml.safe_dump(configuration))
    done = subprocess.run(["env", "--unset=TMPDIR", "chroot", root, "/usr/bin/amtool", "check-config", "/alertmanager.yml"], capture_output=True, text=True)
    said = done.stdout + done.stderr
    if (done.returncode == 0) != (refused is None) or (refused or "") not in said:
        sys.exit(f"amtool exits with {done.returncode}, expected {refused or 'nothing wrong'}:\n{said}")


# Where each kind of receiver has the file with its URL, and what its message says: the state, and whose alert it is.
TELLS = {
    "webhook_configs": ("url_file", lambda body: [(body["status"], alert["labels"]["alertname"]) for alert in body["alerts"]]),
    "slack_configs": ("api_url_file", lambda body: [of_title(attachment["title"]) for attachment in body["attachments"]]),
}


def of_title(title):
    """`[FIRING:1] NodeGone (...)`, as people read it in Slack."""
    state, alert = re.match(r"\[([A-Z]+)(?::\d+)?\] (\S+)", title).groups()
    return state.lower(), alert


def tells(root, configuration):
    """The kind of its receiver, if that is of a kind which is told here."""
    found = [(kind, each) for receiver in configuration["receivers"] for kind in receiver if kind.endswith("_configs") for each in receiver[kind]]
    if len(found) != 1 or found[0][0] not in TELLS:
        return None
    [(kind, settings)] = found
    file, states = TELLS[kind]
    with receiver() as (address, messages):
        path = root / settings[file].lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{address}/{SECRET}")
        # Only the waits are shorter than people's.
        quick = {**configuration, "route": {**configuration["route"], "group_wait": "1s", "group_interval": "1s"}}
        (root / "alertmanager.yml").write_text(yaml.safe_dump(quick))
        with Alertmanager(root) as alertmanager:
            labels = {"alertname": "NodeGone", "severity": "critical", "node": "worker-1"}
            alertmanager.post([{"labels": labels}, {"labels": {"alertname": "Watchdog"}}])
            first = messages.get(timeout=30)
            alertmanager.post([{"labels": labels, "endsAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}])
            last = messages.get(timeout=30)
            shown = alertmanager.get("/api/v2/status")
        log = alertmanager.log.read_text()
    expected = [(f"/{SECRET}", [(status, "NodeGone")]) for status in ("firing", "resolved")]
    came = [(where, states(body)) for where, body in (first, last)]
    if came != expected:
        sys.exit(f"the receiver was told {came}, expected {expected}")
    if SECRET in shown + log:
        sys.exit("the receiver's URL can be read where Alertmanager shows its configuration, or in its log")
    return kind


class receiver:
    """What takes messages on loopback: its address, and what came with its path."""

    def __enter__(self):
        messages = queue.Queue()

        class Takes(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                # As Slack does: with another answer Alertmanager takes its message for lost.
                self.wfile.write(b"ok")
                messages.put((self.path, json.loads(body)))

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Takes)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}", messages

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Alertmanager:
    """The program, on a port of loopback that was free."""

    def __init__(self, root):
        self.root, self.log = root, pathlib.Path(root) / "alertmanager.log"

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        # What another remembers to have told is not told again.
        shutil.rmtree(pathlib.Path(self.root) / "tmp/alertmanager", ignore_errors=True)
        flags = ["--config.file=/alertmanager.yml", "--storage.path=/tmp/alertmanager", "--cluster.listen-address=", f"--web.listen-address={self.address}"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(["env", "--unset=TMPDIR", "chroot", self.root, "/usr/bin/prometheus-alertmanager", *flags], stdout=log, stderr=log)
        for _ in range(100):
            try:
                self.get("/-/ready")
                return self
            except OSError:
                time.sleep(0.2)
        self.__exit__()
        sys.exit(f"Alertmanager does not start:\n{self.log.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=5) as answer:
            return answer.read().decode()

    def post(self, alerts):
        request = urllib.request.Request(f"http://{self.address}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=5).close()
