#!/usr/bin/env python3
"""`proof.py PROGRAM TOOLS DEFINITIONS...`: the program of the tests' clusters, the folder of Flux' controllers, the folders of their kinds."""

import base64
import os
import pathlib
import subprocess
import sys
import tempfile

E2E = pathlib.Path(__file__).parents[1]
sys.path += [str(E2E / "kubernetes"), str(E2E / "application")]

from claims import holds, within
from control_plane import ControlPlane, free_port
from custom_resources import definition
from repositories import Repositories
from stand_ins import StandIns

KUSTOMIZATIONS = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations"


def main(program, tools, *definitions):
    with tempfile.TemporaryDirectory(prefix="flux-") as folder:
        folder = pathlib.Path(folder)
        person = Person(folder, program, tools)
        with ControlPlane() as server:
            server.start_controllers(["deployment-controller", "replicaset-controller", "serviceaccount-controller"])
            for source in definitions:
                server.kubectl("create", "-f", source)
            server.kubectl("create", "namespace", "flux-system")
            person.gives_flux_its_secrets(server.kubectl)
            stand_ins = StandIns(server, {"watch": [definition("watch.example.org", "Watch", ["v1"], True)]})
            start_flux(server, tools)
            try:
                is_applied_in_order(server, person)
                is_what_was_rendered(server, person)
                follows_a_commit(server, person)
            finally:
                stand_ins.end()
            server.check_alive()


class Person:
    """Has a repository with what is rendered, and an age key."""

    def __init__(self, folder, program, tools):
        self.work, self.home = folder / "lab", folder
        (folder / "bin").mkdir()
        self.homelab = folder / "bin/homelab"
        self.homelab.symlink_to(program)
        self.key = folder / "age.key"
        subprocess.run([f"{tools}/age-keygen", "-o", self.key], check=True, capture_output=True)
        recipient = subprocess.run([f"{tools}/age-keygen", "-y", self.key], check=True, capture_output=True, text=True).stdout
        (folder / "people").write_text(recipient)
        self.git("init", "--quiet", "--bare", "--initial-branch=main", folder / "lab.git", at=folder)
        self.git("clone", "--quiet", folder / "lab.git", self.work, at=folder)
        self.server = Repositories(folder / "lab.git")
        self.tree = self.work / "rendered/lab"

    def git(self, *command, at=None):
        identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), **identity}
        subprocess.run(["git", *command], cwd=at or self.work, check=True, capture_output=True, env=environment)

    def commits(self, clusters):
        """What is rendered of these, sealed. The repositories' addresses are those of the server here."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "CLUSTERS": clusters}
        for command in (["render", "--force"], ["secrets", "seal", "--recipients-file", self.home / "people"]):
            subprocess.run([self.homelab, *command, "--out", "rendered"], cwd=self.work, env=environment, check=True, capture_output=True)
        for name, address in (("flux/gitrepository-lab.yaml", "https://git.example"), ("releases/watch/helmrepository-watch.yaml", "https://charts.example")):
            text = (self.tree / name).read_text()
            assert address in text, text
            (self.tree / name).write_text(text.replace(address, self.server.url))
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message={clusters}")
        self.git("push", "--quiet", "origin", "HEAD:main")

    def gives_flux_its_secrets(self, kubectl):
        kubectl("create", "secret", "generic", "lab-git", "-n", "flux-system", f"--from-literal=username={self.server.user}", f"--from-literal=password={self.server.password}")
        kubectl("create", "secret", "generic", "sops-age", "-n", "flux-system", f"--from-file=age.agekey={self.key}")


def start_flux(server, tools):
    """With the rights of an administrator, as Flux installs them; where it waits half a minute for what it depends on, here a second."""
    (server.folder / "storage").mkdir()
    os.environ |= {"KUBECONFIG": server.kubectl.kubeconfig, "RUNTIME_NAMESPACE": "flux-system"}
    for name in ("source-controller", "kustomize-controller"):
        files = f"127.0.0.1:{free_port()}"
        own = [f"--storage-path={server.folder}/storage", f"--storage-addr={files}", f"--storage-adv-addr={files}"]
        addresses = [f"--metrics-addr=127.0.0.1:{free_port()}", f"--health-addr=127.0.0.1:{free_port()}", "--events-addr="]
        server.start(
            f"{tools}/{name}",
            "--enable-leader-election=false",
            "--requeue-dependency=1s",
            *addresses,
            *(own if name == "source-controller" else []),
            name=name,
        )


def is_applied_in_order(server, person):
    person.commits("flux-opens")
    server.kubectl("apply", "-k", str(person.tree / "flux"))
    known = {}

    def all_are_ready():
        known.update({thing["metadata"]["name"]: thing for thing in server.kubectl.answer(KUSTOMIZATIONS)["items"]})
        return all(ready_since(thing) for thing in known.values())

    within(300, all_are_ready)
    holds(f"all {len(known)} Kustomizations are ready", len(known) == 7, *known)
    waits = 0
    for name, thing in known.items():
        for before in (entry["name"] for entry in thing["spec"].get("dependsOn", [])):
            first = min(made_at(server, entry) for entry in thing["status"]["inventory"]["entries"])
            holds(f"{name} began when {before} was ready", first >= ready_since(known[before]), first, ready_since(known[before]))
            waits += 1
    holds("that was so for each that waits", waits >= 4, waits)


def is_what_was_rendered(server, person):
    secret = server.kubectl.answer("/api/v1/namespaces/web/secrets/admin")
    opened = {key: base64.b64decode(value).decode() for key, value in secret["data"].items()}
    given = {path.name: path.read_text() for path in (person.tree / "secrets/web/admin").iterdir()}
    # No value is printed.
    holds("the Secret that was sealed has its values", opened == given, *sorted(opened))
    for folder in ("", "after-definitions", "after-watch", "releases/watch", "releases/cache", "secrets"):
        difference = server.kubectl.run("diff", "-k", str(person.tree / folder))
        holds(f"kubectl diff finds nothing in {folder or 'the tree'}", difference.returncode == 0, difference.stderr)


def follows_a_commit(server, person):
    """The next one has another image, and no page."""
    page = "/apis/example.org/v1/namespaces/web/pages/hello"
    hello = "/apis/apps/v1/namespaces/web/deployments/hello"
    holds("there is a page", server.kubectl.answer(page) is not None)
    person.commits("flux-later")
    server.kubectl("annotate", "gitrepository", "lab", "-n", "flux-system", "reconcile.fluxcd.io/requestedAt=now")
    within(120, lambda: server.kubectl.answer(page) is None)
    holds("what is no longer rendered is removed", True)
    within(60, lambda: server.kubectl.answer(f"{KUSTOMIZATIONS}/lab-after-definitions") is None)
    holds("so is the step that had it", True)
    within(120, lambda: image(server.kubectl.answer(hello)) == "nginx:1.30")
    within(120, lambda: server.kubectl.answer(hello)["status"].get("updatedReplicas") == 1)
    holds("what has changed rolls", True)


def ready_since(thing):
    """When a Kustomization became ready as it now is; nothing if it isn't."""
    status = thing.get("status", {})
    for condition in status.get("conditions", []):
        if condition["type"] == "Ready" and condition["status"] == "True" and status["observedGeneration"] == thing["metadata"]["generation"]:
            return condition["lastTransitionTime"]


def made_at(server, entry):
    """When an object of an inventory was made."""
    namespace, name, group, kind = entry["id"].split("_")
    kinds = f"{kind}.{entry['v']}.{group}" if group else kind
    return server.kubectl("get", kinds, name, *(["-n", namespace] if namespace else []), "-o", "jsonpath={.metadata.creationTimestamp}")


def image(deployment):
    return deployment["spec"]["template"]["spec"]["containers"][0]["image"]


main(*sys.argv[1:])
