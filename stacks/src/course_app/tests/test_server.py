"""The program as a container runs it: what it refuses to start with, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

# Seconds from SIGTERM to SIGKILL, if a pod does not say otherwise.
GRACE = 30

FOLDER = Path(__file__).resolve().parents[1]


def program(**environment):
    return subprocess.Popen([sys.executable, "-m", "course"], cwd=FOLDER, env=os.environ | environment, stderr=subprocess.PIPE, text=True)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


@pytest.fixture
def server():
    port = free_port()
    process = program(PORT=port)
    process.address = f"http://127.0.0.1:{port}"
    while "running on" not in process.stderr.readline():
        assert process.poll() is None
    yield process
    process.kill()
    process.wait()


def status(server, path, body=None):
    """The status of an answer; None where nobody answers."""
    try:
        return urllib.request.urlopen(server.address + path, body, timeout=20).status
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return None


def test_the_server_ends_in_good_order_during_a_load(server):
    assert status(server, "/readyz") == 200
    assert status(server, "/load", b"duration=300") == 202
    server.send_signal(signal.SIGTERM)
    told = time.monotonic()
    # At first the signal may not have been heard.
    while (answer := status(server, "/readyz")) != 503:
        assert answer == 200
        time.sleep(0.05)
    # There are seconds left: whoever is still sent here is served.
    assert status(server, "/") == 200 and status(server, "/load", b"duration=1") == 503
    while (answer := status(server, "/readyz")) is not None:
        assert answer == 503
        time.sleep(0.05)
    assert server.wait(timeout=GRACE) == 0
    assert 4 < time.monotonic() - told < GRACE


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GRAFANA_PANEL_URL", "grafana", "course: GRAFANA_PANEL_URL is 'grafana': give an address such as"),
        ("LOAD_CORES", "all", "course: LOAD_CORES is 'all': give a number from 1 to 64"),
        ("PORT", "http", "course: PORT is 'http': give a number from 1 to 65535"),
    ],
)
def test_an_environment_that_makes_no_sense_is_refused_by_name(name, value, says):
    process = program(**{name: value})
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1 and said.startswith(says) and said.count("\n") == 1
