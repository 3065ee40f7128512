"""containerd, and a container of the application in it, with the restrictions of a pod."""

import os
import subprocess
import time
from pathlib import Path

from claims import within

MEMORY = 128 << 20


class Containerd:
    """A containerd of its own in a folder."""

    def __init__(self, folder):
        folder.mkdir()
        self.socket = f"{folder}/containerd.sock"
        settings = ["version = 2", f'root = "{folder}/root"', f'state = "{folder}/state"', 'disabled_plugins = ["io.containerd.grpc.v1.cri"]']
        (folder / "config.toml").write_text("\n".join([*settings, "[grpc]", f'address = "{self.socket}"']) + "\n")
        with open(folder / "log", "wb") as log:
            subprocess.Popen(["containerd", "--config", folder / "config.toml"], stdout=log, stderr=log)
        within(20, lambda: subprocess.run([*self.ctr("any"), "version"], capture_output=True).returncode == 0)

    def ctr(self, namespace):
        """How containerd's client is called for a namespace."""
        return ["ctr", "--address", self.socket, "--namespace", namespace]

    def images(self, namespace):
        """The names of a namespace's images, each with its labels."""
        listed = subprocess.run([*self.ctr(namespace), "images", "list"], check=True, stdout=subprocess.PIPE, text=True).stdout
        return {line.split()[0]: line.split()[-1] for line in listed.splitlines()[1:]}


class Container:
    """A running container: the image's user, command and variables, as a pod restricts it, on this network."""

    def __init__(self, containerd, namespace, image, work, **environment):
        self._ctr, self.name = containerd.ctr(namespace), f"test-{time.monotonic_ns()}"
        pid, self.log = work / f"{self.name}.pid", work / f"{self.name}.log"
        restrictions = ["--read-only", "--seccomp", "--cpus=2", f"--memory-limit={MEMORY}", *(f"--cap-drop={name}" for name in _default_capabilities())]
        variables = [f"--env={name}={value}" for name, value in environment.items()]
        run = [*self._ctr, "run", "--rm", "--net-host", f"--pid-file={pid}", *restrictions, *variables, image, self.name]
        self.began = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(run, stdout=log, stderr=log)
        within(20, lambda: pid.exists() and pid.read_text())
        self.pid = int(pid.read_text())

    def signal(self, name):
        """Sends its first process a signal."""
        subprocess.run([*self._ctr, "task", "kill", f"--signal={name}", self.name], check=True)

    def run(self, *command):
        """Runs another process in it."""
        return subprocess.run([*self._ctr, "task", "exec", f"--exec-id={time.monotonic_ns()}", self.name, *command], capture_output=True, text=True)

    def processes(self):
        """Those that run in it, the first one first."""
        namespace = os.readlink(f"/proc/{self.pid}/ns/pid")
        return [self.pid, *(process for process in running() if process != self.pid and _link(f"/proc/{process}/ns/pid") == namespace)]

    def memory(self):
        """How many MiB it has of its own, and in part of what its processes share."""
        return sum(map(_proportional_set_size, self.processes())) >> 10


class Work:
    """What a process does to the processors: the seconds that it ran, and those in which it wanted to."""

    def __init__(self, process):
        self.process = process
        self._began, self._ran, self._waited = self._now()

    def _now(self):
        ran, waited, _ = Path(f"/proc/{self.process}/schedstat").read_text().split()
        return time.monotonic(), int(ran) / 1e9, int(waited) / 1e9

    def shares(self):
        """Since the beginning, as shares of the time: ran, wanted to run."""
        now, ran, waited = self._now()
        took = now - self._began
        return (ran - self._ran) / took, (ran - self._ran + waited - self._waited) / took


def running():
    """All processes that run, by number; those that only wait to be waited for do not."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    yield int(entry.name)
            except (FileNotFoundError, ProcessLookupError):
                pass


def _proportional_set_size(process):
    """In KiB; of a process that ended since it was listed there is nothing left."""
    try:
        rolled = Path(f"/proc/{process}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(next(line.split()[1] for line in rolled.splitlines() if line.startswith("Pss:")))


def _link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""


def _default_capabilities():
    """containerd gives them to a container that asks for nothing (containerd/containerd, pkg/oci/spec.go)."""
    names = "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT"
    return [f"CAP_{name}" for name in names.split()]
