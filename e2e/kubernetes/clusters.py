"""The clusters of a Stackwright program, from the tree that it renders."""

import dataclasses
import pathlib
import re
import subprocess


@dataclasses.dataclass
class Machine:
    """A machine as the cluster's README lists it."""

    name: str
    control_plane: bool
    cpus: int
    memory_mib: int


@dataclasses.dataclass
class Cluster:
    """A rendered cluster."""

    name: str
    folder: pathlib.Path
    installer: str
    service_addresses: str
    machines: list


def clusters(binary, folder):
    """Every cluster of the program, rendered into an empty folder."""
    subprocess.run([binary, "render", "--out", folder], stderr=subprocess.PIPE, check=True)
    found = [_cluster(path) for path in sorted(pathlib.Path(folder).iterdir()) if path.is_dir()]
    assert found, f"{binary} renders no cluster"
    return found


def _cluster(folder):
    readme = (folder / "README.md").read_text()
    rows = re.findall(r"^\| (\S+) \| (control plane|worker) \| (\d+) \| (\d+) MiB \|", readme, re.MULTILINE)
    machines = [Machine(name, role == "control plane", int(cpus), int(memory)) for name, role, cpus, memory in rows]
    assert machines, f"{folder}/README.md lists no machine"
    texts = [path.read_text() for path in sorted((folder / "machines").rglob("*")) if path.is_file()]
    installer = next((name for name in ("kubespray", "k3s") if any(name in text for text in texts)), "kubeadm")
    return Cluster(folder.name, folder, installer, _service_addresses(texts, installer), machines)


def _service_addresses(texts, installer):
    """The range that the installer is told, or else its own."""
    for text in texts:
        if told := re.search(r"^\s*(?:kube_service_addresses|service-cidr): *\"?([0-9a-f.:]+/\d+)", text, re.MULTILINE):
            return told[1]
    return {"kubespray": "10.233.0.0/18", "k3s": "10.43.0.0/16", "kubeadm": "10.96.0.0/12"}[installer]
