"""The computer that instances run on, which is this process: the network inside it and its forwards, by the rendered script."""

import os
import subprocess

from lab import HERE


class Computer:
    """Its files are below a folder of their own, and its units are run by e2e/multipass' stand-in for systemd."""

    def __init__(self, lab):
        # Where people are: the network that the instances are not on.
        [self.lan] = [switch for switch in lab.switches if switch is not lab.control_plane.switch]
        self.script = lab.folder / "machines/multipass/computer.sh"
        self.folder = lab.work / "computer"
        self.programs = self.folder / "bin"
        self.environment = {**os.environ, "ROOT": str(self.folder), "PATH": f"{self.programs}:{os.environ['PATH']}"}

    def start(self):
        """What stands for others of its programs."""
        self.programs.mkdir(parents=True)
        (self.programs / "systemctl").symlink_to(HERE.parent / "multipass/stubs/systemctl")

    def is_given(self):
        """What its script says that gives it the network and the forwards."""
        run = subprocess.run(["bash", self.script], env=self.environment, capture_output=True, text=True)
        assert run.returncode == 0, f"the computer is not given its own: {run.stdout}{run.stderr}"
        return run.stdout + run.stderr

    def systemctl(self, *words):
        subprocess.run(["systemctl", *words], env=self.environment, check=True)


def table(name):
    """A table of this computer's packet filter, without what it counts."""
    return subprocess.run(["nft", "--stateless", "list", "table", *name.split()], capture_output=True, text=True, check=True).stdout
