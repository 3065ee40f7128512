"""The clusters of a Stackwright program: what it lists of them, and the tree that it renders."""

import dataclasses
import json
import pathlib
import re
import subprocess


@dataclasses.dataclass
class Cluster:
    """A rendered cluster."""

    name: str
    folder: pathlib.Path
    installer: str
    service_addresses: str
    # As `list --format json` has them.
    nodes: list
    releases: list


def clusters(binary, folder):
    """Every cluster of the program, rendered into an empty folder."""
    subprocess.run([binary, "render", "--out", folder], stderr=subprocess.PIPE, check=True)
    listed = subprocess.run([binary, "list", "--format", "json"], stdout=subprocess.PIPE, text=True, check=True)
    found = [_cluster(json.loads(line), pathlib.Path(folder)) for line in listed.stdout.splitlines()]
    assert found, f"{binary} has no cluster"
    return found


def _cluster(listed, tree):
    folder = tree / listed["name"]
    texts = [path.read_text() for path in sorted((folder / "machines").rglob("*")) if path.is_file()]
    installer = next((name for name in ("kubespray", "k3s") if any(name in text for text in texts)), "kubeadm")
    return Cluster(
        name=listed["name"],
        folder=folder,
        installer=installer,
        service_addresses=_service_addresses(texts, installer),
        nodes=listed["nodes"],
        releases=[release for stack in listed["stacks"] for release in stack["releases"]],
    )


def _service_addresses(texts, installer):
    """The range that the installer is told, or else its own."""
    for text in texts:
        if told := re.search(r"^\s*(?:kube_service_addresses|service-cidr): *\"?([0-9a-f.:]+/\d+)", text, re.MULTILINE):
            return told[1]
    return {"kubespray": "10.233.0.0/18", "k3s": "10.43.0.0/16", "kubeadm": "10.96.0.0/12"}[installer]
