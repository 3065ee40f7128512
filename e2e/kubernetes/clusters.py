"""The clusters of a Stackwright program: what it lists of them, and the tree that it renders."""

import dataclasses
import json
import pathlib
import subprocess

# What our installers' stacks are called.
INSTALLERS = ("kubespray", "k3s")


@dataclasses.dataclass
class Cluster:
    """A rendered cluster."""

    name: str
    folder: pathlib.Path
    # kubeadm where no stack of it is an installer's.
    installer: str
    service_addresses: str
    # As `list --format json` has them.
    nodes: list
    # What its installer brings beside Kubernetes' own.
    namespaces: list
    kubelet: dict
    releases: list


def clusters(binary, folder):
    """Every cluster of the program, rendered into an empty folder."""
    subprocess.run([binary, "render", "--out", folder], stderr=subprocess.PIPE, check=True)
    subprocess.run([pathlib.Path(__file__).resolve().parents[1] / "give", binary, folder], check=True)
    listed = subprocess.run([binary, "list", "--format", "json"], stdout=subprocess.PIPE, text=True, check=True)
    found = [_cluster(json.loads(line), pathlib.Path(folder)) for line in listed.stdout.splitlines()]
    assert found, f"{binary} has no cluster"
    return found


def _cluster(listed, tree):
    stacks = [stack["name"] for stack in listed["stacks"]]
    return Cluster(
        name=listed["name"],
        folder=tree / listed["name"],
        installer=next((name for name in INSTALLERS if name in stacks), "kubeadm"),
        # kubeadm's own where a cluster names none.
        service_addresses=",".join(listed["services"]) or "10.96.0.0/12",
        nodes=listed["nodes"],
        namespaces=listed["provided"]["namespaces"],
        kubelet=listed["provided"]["kubelet"],
        releases=[release for stack in listed["stacks"] for release in stack["releases"]],
    )
