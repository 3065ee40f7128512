"""A master: a mount namespace with an /etc/kubernetes of its own, in a network where nobody else is."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from kubectl import path_of

FOLDER = "/etc/kubernetes/ssl"
MASTERS = ["kmaster1", "kmaster2", "kmaster3"]
NODES = {"kmaster1": "192.168.96.31", "kmaster2": "192.168.96.32", "kmaster3": "192.168.96.33", "kworker1": "192.168.96.37", "kworker2": "192.168.96.38", "kworker3": "192.168.96.39"}


def fail(message):
    # The other threads end with it.
    print(f"aggregation: {message}", flush=True)
    os._exit(1)


def same(what, expected, found):
    if expected != found:
        fail(f"{what} is not as expected:\n  expected {expected!r}\n  found    {found!r}")


def output(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        fail(f"{' '.join(map(str, command))}: {done.stdout}")
    return done.stdout


class Machine:
    def __init__(self, work, here, built):
        self.work, self.tree, self.built = work, work / "rendered/kvm-monitoring", built
        work.chmod(0o755)
        self.bin = work / "bin"
        self.bin.mkdir()
        (self.bin / "ssh").symlink_to(here / "ssh")
        (self.bin / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
        (self.bin / "sudo").chmod(0o755)
        (self.bin / "kubectl").symlink_to(path_of("kubectl"))
        self.environment = {"PATH": f"{self.bin}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(work), "MASTERS": str(work / "machines")}
        self._own_files()
        self.ever = set()
        self.learn()

    def _own_files(self):
        """What is written there is seen here alone."""
        layers = self.work / "layers"
        layers.mkdir()
        output("mount", "-t", "tmpfs", "tmpfs", layers)
        for name in ("upper", "work"):
            (layers / name).mkdir()
        output("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/etc,upperdir={layers}/upper,workdir={layers}/work", "/etc")
        output("mount", "-t", "tmpfs", "tmpfs", "/run")
        output("ip", "link", "set", "lo", "up")
        for address in NODES.values():
            output("ip", "address", "add", f"{address}/32", "dev", "lo")
        shutil.rmtree("/etc/kubernetes", ignore_errors=True)

    def learn(self):
        """After a render: what nobody may see of processes, the bodies of the private keys; and the computer's own way to its hosts."""
        (self.tree / "machines/steps/access.sh").write_text("ssh_config() { :; }\n")
        for name in ("ca.key", "client.key"):
            self.ever.update((self.tree / "secrets/front-proxy" / name).read_text().split("\n")[1:3])

    def arguments(self):
        """As `bootstrap.sh hosts` gives them to this master."""
        for line in (self.tree / "machines/steps/hosts.sh").read_text().splitlines():
            if line.strip().startswith("give kmaster1 "):
                return shlex.split(line)[3:]
        fail("the step `hosts` gives kmaster1 nothing")

    def give(self, secrets=None):
        """The exit code of the script, run as `bootstrap.sh` runs it, and what it said."""
        folder = self.tree / "machines"
        link = folder / "secrets"
        link.unlink(missing_ok=True)
        link.symlink_to(secrets or self.tree / "secrets")
        return self._run("bash", *self.arguments(), cwd=folder)

    def check(self):
        """What it says of this master."""
        return self._run("bash", self.tree / "machines/remote/front-proxy.sh", "--check", cwd=self.work)

    def look(self):
        """What the script of the person's computer says of all masters."""
        return self._run(self.tree / "machines/aggregation.sh", cwd=self.work)

    def _run(self, *command, cwd):
        done = subprocess.run(command, cwd=cwd, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if any(key in done.stdout for key in self.ever):
            fail("a private key is said")
        return done.returncode, done.stdout

    def reach(self, server):
        """The cluster's administrator, here and on the person's computer; and the other masters, with the same certificates."""
        shutil.copy(server.kubectl.kubeconfig, "/etc/kubernetes/admin.conf")
        shutil.copy(server.kubectl.kubeconfig, self.tree / "machines/kubeconfig")
        self.share()

    def share(self):
        for name in MASTERS[1:]:
            shutil.rmtree(self.work / "machines" / name, ignore_errors=True)
            shutil.copytree(FOLDER, self.work / "machines" / name)

    def authority(self):
        return Path(f"{FOLDER}/front-proxy-ca.crt").read_text()

    def client(self):
        return f"{FOLDER}/front-proxy-client.crt", f"{FOLDER}/front-proxy-client.key"

    def other_client(self):
        """As ours, but signed by somebody else."""
        folder = self.certificates("other")
        return folder / "client.crt", folder / "client.key"

    def certificates(self, name, subject="/CN=front-proxy-client", days=365, key_of=None):
        """Three files as the declared ones, in a folder of their own."""
        folder = self.work / "made" / name / "front-proxy"
        if folder.exists():
            return folder
        folder.mkdir(parents=True)
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        output("openssl", "req", "-x509", *new, "-days", "365", "-subj", "/CN=other-ca", "-keyout", folder / "ca.key", "-out", folder / "ca.crt")
        output("openssl", "req", "-new", *new, "-subj", subject, "-keyout", folder / "client.key", "-out", folder / "client.csr")
        signed = ["-req", "-in", folder / "client.csr", "-CA", folder / "ca.crt", "-CAkey", folder / "ca.key", "-CAcreateserial", "-days", str(days)]
        output("openssl", "x509", *signed, "-out", folder / "client.crt")
        return folder
