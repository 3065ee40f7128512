"""kubectl, from one folder of programs and without anyone's settings."""

import json
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent


class Refused(Exception):
    """A program's refusal, with its reason."""


class Kubectl:
    """kubectl as an administrator of one API server; what it caches goes to a folder."""

    def __init__(self, kubeconfig, folder):
        self.kubeconfig = kubeconfig
        self.folder = folder

    def run(self, *arguments, stdin=None, environment={}):
        """A finished run, whatever its exit code."""
        return subprocess.run(
            [path_of("kubectl"), f"--kubeconfig={self.kubeconfig}", f"--cache-dir={self.folder}/discovery", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            # Without the caller's KUBECTL_EXTERNAL_DIFF, kuberc and so on.
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder)} | environment,
            timeout=300,
        )

    def __call__(self, *arguments, stdin=None):
        """The standard output of a run that has to succeed without a warning of the server's."""
        run = self.run(*arguments, stdin=stdin)
        if run.returncode != 0 or any(line.startswith("Warning:") for line in run.stderr.splitlines()):
            raise Refused(f"kubectl {' '.join(arguments)} exits with {run.returncode}:\n{run.stderr.strip()}")
        return run.stdout

    def answer(self, path):
        """What the API answers at a path, as data, or nothing if nothing is there."""
        run = self.run("get", "--raw", path)
        if run.returncode == 0:
            return json.loads(run.stdout)
        if "NotFound" in run.stderr:
            return None
        raise Refused(f"GET {path}: {run.stderr.strip()}")


def path_of(program, found={}):
    """A path as it is; else the program in KUBEBUILDER_ASSETS, or else the one that `build` builds; setup-envtest brings three of them."""
    if "/" in str(program):
        return program
    assets = os.environ.get("KUBEBUILDER_ASSETS")
    if program not in found:
        if assets and (program in ("etcd", "kube-apiserver", "kubectl") or pathlib.Path(assets, program).exists()):
            folder = assets
        else:
            folder = subprocess.run([HERE / "build", program], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        if not pathlib.Path(folder, program).exists():
            raise Refused(f"KUBEBUILDER_ASSETS is {assets}, where there is no {program}")
        found[program] = f"{folder}/{program}"
    return found[program]
