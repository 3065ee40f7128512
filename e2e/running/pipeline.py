"""The host that pipelines run on, with the kubeconfig that the rendered script brings there. Jenkins itself is not to be had."""

import os
import subprocess

import yaml

from given_host import GivenHost

KUBECONFIG = "/etc/stackwright/jenkins/kubeconfig"

# Whoever is asked for is found by the number of its first process: `ssh [-F FILE] [-o OPTION]... HOST COMMAND...`.
SSH = """#!/bin/sh
while getopts F:o: _; do :; done
shift $((OPTIND - 1))
host=$1
shift
exec nsenter --target "$(cat "{machines}/$host/pid")" --net --mount --uts --ipc --pid -- env PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "$*"
"""


class PipelineHost(GivenHost):
    """One such host. What its systemd is told is in /run/units/told."""

    def start(self):
        """The folder that Jenkins' step makes, and what stands for others."""
        self.prepare(["/etc/stackwright"], '#!/bin/sh\necho "$*" >>/run/units/told\n')
        self.machine("mkdir", "-p", os.path.dirname(KUBECONFIG))
        self.programs = self.lab.work / "pipeline"
        self.programs.mkdir()
        (self.programs / "kubectl").symlink_to(self.lab.program("kubectl"))
        (self.programs / "ssh").write_text(SSH.format(machines=self.machine.folder.parent))
        (self.programs / "ssh").chmod(0o755)

    def is_given_kubeconfig(self):
        """What the rendered script says that brings a token of the deployer there."""
        path = f"{self.programs}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "KUBECONFIG": self.lab.kubeconfig, "HOME": str(self.lab.work)}
        script = self.lab.folder / "machines/jenkins-kubeconfig.sh"
        run = subprocess.run(["bash", script], env=environment, capture_output=True, text=True)
        assert run.returncode == 0, f"{self.machine.name} is not given a kubeconfig: {run.stdout}{run.stderr}"
        return run.stdout

    def token(self):
        """The token that is there now."""
        return yaml.safe_load((self.machine.folder / KUBECONFIG.lstrip("/")).read_text())["users"][0]["user"]["token"]

    def kubectl(self, *arguments, stdin=None):
        """A finished kubectl of a pipeline."""
        return self.machine.run(self.lab.program("kubectl"), f"--kubeconfig={KUBECONFIG}", *arguments, stdin=stdin)
