"""A secret's rotation as a person does it: the command, and then what it says."""

import os
import re
import subprocess


def rotated(lab, secret):
    """Replaces a secret's material, and returns the commands that the program says have to follow, in their order."""
    arguments = ["secrets", "rotate", secret, "--cluster", lab.name, "--out", lab.tree.name]
    run = subprocess.run([lab.binary, *arguments], cwd=lab.work, capture_output=True, text=True)
    assert run.returncode == 0, f"{' '.join(arguments)} exits with {run.returncode}: {run.stderr}"
    return re.findall(r"`(kubectl [^`]+)`", run.stderr)


def follow(lab, command):
    """A command as a person types it, in the folder in which the tree was rendered."""
    environment = {**os.environ, "KUBECONFIG": lab.kubeconfig, "PATH": f"{lab.programs}:{os.environ['PATH']}", "HOME": str(lab.work)}
    run = subprocess.run(["bash", "-c", command], cwd=lab.work, env=environment, capture_output=True, text=True, timeout=700)
    assert run.returncode == 0, f"`{command}` exits with {run.returncode}: {run.stderr}"
