"""A load: who may have one, and that it is one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course.load import BURN, Load
from course.pod import Pod
from course.web import application
from fastapi.testclient import TestClient


@pytest.fixture(params=[1, 2], ids=["one core", "two cores"])
def this(request):
    this = Pod(node="server", name="test-x2x7f", load=Load(request.param))
    yield this
    this.load.end()


@pytest.fixture
def client(this):
    return TestClient(application(this))


def state_and_parent(process):
    """A letter and a process; what is gone is as one that nobody has waited for yet."""
    try:
        state, parent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:2]
        return state, int(parent)
    except (FileNotFoundError, ProcessLookupError):
        return "Z", 0


def children():
    """This process' children that still run."""
    everyone = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    states = [state_and_parent(process) for process in everyone]
    return [state for state, parent in states if parent == os.getpid() and state != "Z"]


def gauge(client):
    return next(line.split()[1] for line in client.get("/metrics").text.splitlines() if line.startswith("course_load_running "))


def within(seconds, holds):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


def test_a_load_runs_for_as_long_as_asked_and_one_at_a_time(client, this):
    began = time.monotonic()
    started = client.post("/load", data={"duration": "2"})
    assert started.status_code == 202 and "This pod is under load for 2 s." in started.text
    assert len(children()) == this.load.cores and gauge(client) == "1.0"

    second = client.post("/load", data={"duration": "1"})
    assert second.status_code == 409 and "under load already" in second.text
    assert second.headers["Retry-After"] in ("1", "2")
    assert len(children()) == this.load.cores

    within(20, lambda: gauge(client) == "0.0")
    assert time.monotonic() - began > 2
    assert children() == []
    assert client.post("/load", data={"duration": "1"}).status_code == 202


@pytest.mark.parametrize("duration", ["0", "-1", "301", "1.5", "1e2", "x", "", "٣٠٠٠", "<script>alert(1)</script>", "1; reboot", "$(reboot)"])
def test_what_is_out_of_bounds_is_refused_and_not_said_back(client, duration):
    answer = client.post("/load", data={"duration": duration})
    assert answer.status_code == 422
    assert "The duration must be a whole number of seconds from 1 to 300." in answer.text
    assert "script>" not in answer.text and "reboot" not in answer.text
    assert children() == []


def test_nothing_but_the_form_is_taken(client):
    assert client.post("/load").status_code == 422
    assert client.post("/load?duration=1").status_code == 422
    assert client.post("/load", json={"duration": 1}).status_code == 422
    assert client.post("/load", content=b"duration=1" + b"0" * 2000).status_code == 413
    assert client.put("/load", data={"duration": "1"}).status_code == 405
    led = client.get("/load?duration=1", follow_redirects=False)
    assert led.status_code == 303 and led.headers["Location"] == "/"
    assert children() == []


def test_the_longest_is_taken(client):
    assert client.post("/load", data={"duration": "300"}).status_code == 202
    assert "another 300 s" in client.get("/").text


def test_a_pod_that_ends_is_not_ready_has_no_load_and_takes_none(client, this):
    assert client.get("/readyz").status_code == 200
    client.post("/load", data={"duration": "300"})
    this.end()
    assert children() == []
    assert client.get("/readyz").status_code == 503 and client.get("/healthz").status_code == 200
    assert client.post("/load", data={"duration": "1"}).status_code == 503
    assert children() == []


def test_a_load_ends_when_who_started_it_is_killed():
    starts = f"import os, subprocess, sys; print(subprocess.Popen([sys.executable, '-I', {str(BURN)!r}, '60', str(os.getpid())]).pid); sys.stdin.read()"
    # The load has the same output: a pipe would be kept open by it, so the first line is all that is read.
    parent = subprocess.Popen([sys.executable, "-uc", starts], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    load = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()

    within(20, lambda: state_and_parent(load)[0] == "Z")
