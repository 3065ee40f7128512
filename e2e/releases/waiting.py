"""What waits is refused before its time and taken at it: the steps of a README, done as they stand there, on a real API server with
the real Helm.

`waiting.py PROGRAM HELM` takes the built example `waiting`. Its charts are made here, and come through a proxy from the host that the
program names: a chart for each release, with the definition that it brings.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "kubernetes"))

from charts import package, proxy
from clusters import clusters
from control_plane import ControlPlane
from kubectl import path_of
from objects import losses, name, objects

STEP = re.compile(r"^# (\d+)\. (.*)\n(.*)$", re.MULTILINE)


def main(program, helm):
    with tempfile.TemporaryDirectory(prefix="tree-") as tree, tempfile.TemporaryDirectory(prefix="charts-") as charts:
        package(helm, pathlib.Path(charts))
        for cluster in clusters(program, tree):
            with ControlPlane(cluster.service_addresses) as server, proxy(charts) as address:
                prove(program, cluster, Shell(server, helm, cluster.folder, address))
                print(f"{cluster.name}: {server.cost()}")


def prove(program, cluster, shell):
    """Does the steps twice. Each folder that waits is refused until what it waits for is done."""
    text = (cluster.folder / "README.md").read_text()
    steps = STEP.findall(text.split("```sh\n")[1].split("```")[0])
    waiting = sorted(folder.name for folder in cluster.folder.glob("after-*"))
    assert len(waiting) == 3 and len(steps) >= 3, f"{waiting} wait, and the steps are {steps}"

    rendered = objects(subprocess.run([program, "render", cluster.name], stdout=subprocess.PIPE, text=True, check=True).stdout)
    first = objects(shell.server.kubectl("kustomize", str(cluster.folder)))
    refused = 0
    for number, does, command in steps:
        # The first step defines the kinds of those that wait for definitions.
        too_early = [folder for folder in waiting if number == steps[0][0] or folder != "after-definitions"]
        for folder in too_early:
            early = shell.run(f"kubectl apply -k {folder}")
            assert early.returncode != 0 and "no matches for kind" in early.stderr, f"{folder} is taken before step {number}: {early}"
        refused += len(too_early)
        done = shell.run(command)
        assert done.returncode == 0, f"step {number} fails: {command}\n{done.stdout}{done.stderr}"
        waiting = [folder for folder in waiting if folder not in command + does]
        if number == steps[0][0]:
            assert lost(shell, first) == [], "the first step leaves out something that does not wait"
    assert waiting == [], f"no step applies {waiting}"
    assert (missing := lost(shell, rendered)) == [], "after all steps the server lacks\n" + "\n".join(missing)

    for number, _, command in steps:
        again = shell.run(command)
        assert again.returncode == 0, f"step {number} fails when it is done again: {again.stderr}"
    print(f"{cluster.name}: {len(steps)} steps, {len(rendered)} objects, {len(rendered) - len(first)} of which waited; {refused} refusals before that")


def lost(shell, wanted):
    """What of these objects the server does not hold as it was rendered, a line each."""
    lines = []
    for thing in wanted:
        resource = f"{thing['kind']}.{thing['apiVersion'].partition('/')[0]}" if "/" in thing["apiVersion"] else thing["kind"]
        metadata = thing["metadata"]
        found = shell.server.kubectl.run("get", resource, metadata["name"], f"--namespace={metadata.get('namespace', 'default')}", "--output=json")
        stored = json.loads(found.stdout) if found.returncode == 0 else {}
        lines += [f"{name(thing)}{line}" for line in losses(thing, stored)]
    return lines


class Shell:
    """A person's shell in the cluster's folder, with the programs that the README asks for."""

    def __init__(self, server, helm, folder, proxy):
        self.server, self.folder = server, folder
        programs = [str(pathlib.Path(path_of("kubectl")).parent), str(pathlib.Path(helm).parent), os.environ["PATH"]]
        # Go's programs take no proxy to loopback.
        self.environment = {"PATH": ":".join(programs), "HOME": str(server.folder), "KUBECONFIG": server.kubectl.kubeconfig, "HTTP_PROXY": proxy}

    def run(self, command):
        return subprocess.run(["bash", "-ec", command], cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=300)


main(*sys.argv[1:])
