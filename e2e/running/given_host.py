"""A host beside the nodes: what bootstrap.sh gives it, by the rendered steps, with what stands for ssh, sudo and systemd."""

import shutil
import subprocess

# The functions that bootstrap.sh has for its steps, for one host that is a process of this machine. Pebble's directory has another path
# than Let's Encrypt's. Of what a host is given, it may be one thing only.
STEPS = r"""
set -euo pipefail
pid=$1
inside() { nsenter --target "$pid" --net --mount --uts --ipc --pid -- env PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home "$@"; }
connect() { :; }
refuse() { printf '%s\n  %s\n' "$1" "$2" >&2; exit 1; }
on() { inside bash -c 'cd "$HOME" && exec "$@"' bash "${@:2}" </dev/null; }
ssh() { inside bash -c "cd && ${!#}"; }
SCRATCH=/dev/null
source <(sed 's,\(letsencrypt.org\)/directory,\1/dir,' steps/hosts.sh)
what=${3:-}
if [[ -n $what ]]; then
  eval "give_any$(declare -f give | sed '1s/^give//')"
  give() { [[ $2 != "$what" ]] || give_any "$@"; }
fi
hosts "$2"
"""


class GivenHost:
    """One such host."""

    def __init__(self, lab, machine):
        self.lab = lab
        self.machine = machine

    def prepare(self, folders, systemctl):
        """Folders of its own, with what this machine has there; the rendered scripts; and what stands for programs that no namespace has."""
        for path in folders:
            shutil.copytree(path, self.own(path), symlinks=True, dirs_exist_ok=True)
        self.machine("mkdir", "-p", "/run/bin", "/run/units", "/run/home")
        self.stand_in("systemctl", systemctl)
        self.stand_in("sudo", '#!/bin/sh\nexec "$@"\n')
        self.machine("cp", "-r", str(self.lab.folder / "machines"), "/run/home/stackwright")

    def own(self, path):
        """A folder of its own at a path, which is empty."""
        own = self.machine.folder / path.lstrip("/")
        own.mkdir(parents=True, exist_ok=True)
        self.machine("mkdir", "-p", path)
        self.machine("mount", "--bind", str(own), path)
        return own

    def stand_in(self, name, text):
        """A program of the steps' that is not this machine's."""
        self.machine("install", "-m", "0755", "/dev/stdin", f"/run/bin/{name}", stdin=text)

    def is_given(self, what=""):
        """What the steps say that give this host all of its own, or one thing by its name."""
        command = ["bash", "-c", STEPS, "steps", str(self.machine.pid), self.machine.name, what]
        run = subprocess.run(command, cwd=self.lab.folder / "machines", capture_output=True, text=True)
        assert run.returncode == 0, f"{self.machine.name} is not given its own: {run.stdout}{run.stderr}"
        return run.stdout

    def listen(self, label, port):
        """Starts what takes connections at a port of the host, and is nothing else."""
        at = ["--bind", self.machine.address, "--directory", "/run/units"]
        self.machine.start_program(label, "python3", "-m", "http.server", *at, str(port))
        self.machine.await_success("bash", "-c", f"exec 3<>/dev/tcp/{self.machine.address}/{port}")
