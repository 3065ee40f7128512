"""What an upgrade of a chart changes, as Helm makes the objects of both versions: each of them is a case."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from cases import Case
from objects import objects

CHART = pathlib.Path(__file__).parent / "chart"
VERSIONS = ("1.0.0", "2.0.0")
# Pods of others would stand in for those of the one that changes.
WITH_PODS = ("Deployment", "StatefulSet", "DaemonSet", "Job")


def upgrades():
    """One object of the release each; the others that have no pods are beside it as they were."""
    before, after = _releases()
    found = []
    for key in sorted(before | after):
        if before.get(key) == after.get(key):
            continue
        kind, name = key
        case = f"upgrade-{len(found) + 1}"
        others = [thing for other, thing in before.items() if other != key and other[0] not in WITH_PODS]
        old, new, *others = (_renamed(thing, case) for thing in (before.get(key), after.get(key), *others))
        found.append(Case(case, kind, f"{name} upgraded", old, new, others, "upgrade of a chart"))
    return found


def _releases():
    """The objects of both versions by kind and name, in a namespace that is not yet told."""
    with tempfile.TemporaryDirectory(prefix="charts-") as folder:
        subprocess.run(["go", "install", "helm.sh/helm/v4/cmd/helm@v4.2.4"], env=os.environ | {"GOBIN": folder}, check=True)
        return [_release(pathlib.Path(folder), version) for version in VERSIONS]


def _release(folder, version):
    chart = folder / version
    shutil.copytree(CHART, chart)
    about = chart / "Chart.yaml"
    about.write_text(about.read_text().replace(f"version: {VERSIONS[0]}", f"version: {version}"))
    made = subprocess.run([folder / "helm", "template", "shop", chart, "--namespace", "CASE"], capture_output=True, text=True, check=True)
    return {(thing["kind"], thing["metadata"]["name"]): thing for thing in objects(made.stdout)}


def _renamed(thing, case):
    """A copy in the namespace of a case."""
    if thing is None:
        return None
    # `stackwright inflate` names the namespace, as Helm does when it installs.
    copy = _replaced(thing, case)
    if copy["kind"] != "CustomResourceDefinition":
        copy["metadata"]["namespace"] = case
    for subject in copy.get("subjects", []):
        subject["namespace"] = case
    return copy


def _replaced(value, case):
    if isinstance(value, dict):
        return {_replaced(key, case): _replaced(each, case) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, case) for each in value]
    return value.replace("CASE", case) if isinstance(value, str) else value
