"""Brings a cluster up and holds it to its claims: proof.py BINARY WORK IMAGES APPLICATION ARCHIVE CLUSTER."""

import importlib
import pathlib
import subprocess
import sys

import yaml

from image_store import Images
from kubernetes import PAUSE, Kubernetes
from lab import HERE, WHOLE, Lab
from pods import PROBE
from report import Report


def main(binary, work, images, application, archive, name):
    known = sorted(path.stem for path in (HERE / "claims").glob("[!_]*.py"))
    if name.replace("-", "_") not in known:
        there_are = ", ".join(known).replace("_", "-")
        print(f"running: nothing is claimed of {name}; there are claims of {there_are}", file=sys.stderr)
        sys.exit(2)
    module = importlib.import_module(f"claims.{name.replace('-', '_')}")
    report = Report(module.CLUSTER)
    lab = None
    try:
        work = pathlib.Path(work)
        subprocess.run([binary, "render", "--out", work / name / "rendered"], stderr=subprocess.PIPE, check=True)
        lab = Lab(binary, name, module.PLATFORM, work / name, work / "programs")
        bring_up(lab, module, Images(images, {application: archive}), report)
        module.prove(lab, report)
        ended = {machine.name: machine.ended_programs() for machine in lab.machines + lab.hosts}
        report.holds("no program of the lab has ended by itself", not any(ended.values()), str(ended))
        if WHOLE:
            report.write()
    except Exception as problem:
        report.failed(problem, lab)
        sys.exit(1)


def bring_up(lab, claims, images, report):
    """Starts all of it, until the nodes are ready; nothing of ours is applied yet."""
    make_control_groups(lab)
    for switch in lab.switches:
        switch.start()
    lab.outside.start()
    for machine in lab.machines + lab.hosts:
        machine.start(lab.own_address)
    claims.give(lab)
    lab.credentials.make()
    kubernetes = lab.kubernetes = Kubernetes(lab)
    report.part("machines")
    kubernetes.start_control_plane()
    report.part("control plane")
    store = images.store(needed_images(lab, claims) | claims.other_images(lab))
    report.part("images")
    lab.platform.start()
    control_planes = [machine for machine in lab.machines if machine.is_control_plane]
    first = control_planes if lab.platform.addons_come_first else lab.machines
    join(lab, first, store)
    lab.kubectl("label", *[f"node/{machine.name}" for machine in control_planes], lab.platform.control_plane_label)
    lab.platform.start_addons()
    if later := [machine for machine in lab.machines if machine not in first]:
        lab.wait("the addons have their nodes", lambda: addons_are_placed(lab), 120)
        join(lab, later, store)
    lab.kubectl("wait", "--for=condition=Ready", *[f"node/{machine.name}" for machine in lab.machines], "--timeout=120s")
    for machine in lab.machines:
        kubernetes.enforce_policies(machine)
    report.part("nodes")


def join(lab, machines, store):
    """Starts these machines' kubelets, and waits for their nodes."""
    for machine in machines:
        lab.kubernetes.give_images(machine, store)
        lab.platform.boot(machine)
    for machine in machines:
        # A slow kubelet's is not among all nodes yet, and kubectl waits for one only.
        lab.kubectl("wait", "--for=create", f"node/{machine.name}", "--timeout=120s")


def addons_are_placed(lab):
    """Whether every pod that the addons ask for is there, and has a node."""
    wanted = sum(deployment["spec"].get("replicas", 1) for deployment in lab.list("deployments", "kube-system"))
    placed = [pod for pod in lab.list("pods", "kube-system") if "nodeName" in pod["spec"]]
    return len(placed) >= wanted


def needed_images(lab, claims):
    """Every image that the rendered objects and the lab's own name."""
    rendered = list(yaml.safe_load_all(lab.kubectl("kustomize", str(lab.folder))))
    files = [*lab.platform.manifests(), *(HERE / "manifests" / name for name in claims.RELEASES)]
    own = [thing for path in files for thing in yaml.safe_load_all(path.read_text())]
    names = {PAUSE, PROBE}

    def walk(value):
        if isinstance(value, dict):
            if isinstance(image := value.get("image"), str):
                names.add(image)
            for child in value.values():
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)

    walk(rendered + own)
    return names


def make_control_groups(lab):
    """A group for each machine's pods, in every hierarchy that this kernel has."""
    root = pathlib.Path("/sys/fs/cgroup")
    if (root / "cgroup.controllers").exists():
        for group in (root, root / lab.cgroup):
            group.mkdir(exist_ok=True)
            wanted = " ".join(f"+{controller}" for controller in (group / "cgroup.controllers").read_text().split())
            (group / "cgroup.subtree_control").write_text(wanted)
        if (weight := root / lab.cgroup / "cpu.weight").exists():
            weight.write_text(str(100 * lab.platform.cpu_weight))
        for machine in lab.machines:
            (root / lab.cgroup / machine.name).mkdir()
        return
    # Beside those that are mounted, another program may have left empty folders.
    for hierarchy in sorted(path for path in root.iterdir() if path.is_mount() and not path.is_symlink()):
        for group in (hierarchy / lab.cgroup, *(hierarchy / lab.cgroup / machine.name for machine in lab.machines)):
            group.mkdir()
            for setting in ("cpuset.cpus", "cpuset.mems"):
                if (group / setting).exists():
                    (group / setting).write_text((group.parent / setting).read_text())
        if (shares := hierarchy / lab.cgroup / "cpu.shares").exists():
            shares.write_text(str(1024 * lab.platform.cpu_weight))


if __name__ == "__main__":
    main(*sys.argv[1:])
