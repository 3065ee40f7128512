#!/usr/bin/env python3
"""Proves with Helm that each value that Stackwright can set changes what a chart renders.

    e2e/charts/effects.py CHART_DIRECTORY snapshots/charts/NAME.snap

CHART_DIRECTORY holds the unpacked chart with its subcharts in charts/, as `helm pull --untar` leaves it; the snapshot
holds the chart's values with every member set. Each value is taken out in turn, or negated, as it may equal the
default: the chart must then render something else. Exit code 1, and the paths, if one has no effect. Nothing is downloaded; `helm` is found in PATH.
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

# Values that exclude each other can't all be seen at once: each is also tried with the others set like this.
SERVICE_TYPES = ["NodePort", "LoadBalancer"]
ALTERNATIVES = {
    "traefik": [{"deployment.kind": "DaemonSet"}, {"ports.websecure.expose.default": True}],
    "grafana": [
        *({"service.type": service_type} for service_type in SERVICE_TYPES),
        {"persistence.existingClaim": None},
    ],
    "prometheus": [
        *({"server.service.type": service_type, "alertmanager.service.type": service_type} for service_type in SERVICE_TYPES),
        {"server.persistentVolume.existingClaim": None},
        {"server.persistentVolume.enabled": False},
    ],
    "kube-prometheus-stack": [
        *({"grafana.service.type": service_type} for service_type in SERVICE_TYPES),
        *({"prometheus.service.type": service_type, "alertmanager.service.type": service_type} for service_type in SERVICE_TYPES),
        {"grafana.persistence.existingClaim": None},
    ],
}
# Kinds that templates look for before they make one.
KINDS = ["gateway.networking.k8s.io/v1", "policy/v1/PodDisruptionBudget"]


def leaves(value, path=()):
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    else:
        yield path


def changed(values, path, value):
    """A copy of `values` with another value at `path`; None takes it out."""
    values = copy.deepcopy(values)
    *above, last = path
    parent = values
    for key in above:
        parent = parent[key]
    if value is None:
        del parent[last]
    else:
        parent[last] = value
    return values


def value_at(values, path):
    for key in path:
        values = values[key]
    return values


def has_effect(chart, base, before, path):
    value = value_at(base, path)
    others = [None, not value] if isinstance(value, bool) else [None]
    return any(rendered(chart, changed(base, path, other)) != before for other in others)


def rendered(chart, values):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(values, file)
        file.flush()
        kinds = [flag for kind in KINDS for flag in ("--api-versions", kind)]
        command = ["helm", "template", "sample", str(chart), "--include-crds", "--values", file.name, *kinds]
        done = subprocess.run(command, capture_output=True, text=True)
        # Some values only make sense together: an error is an effect too, and the message is part of it.
        return done.stdout if done.returncode == 0 else "error: " + done.stderr


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: effects.py CHART_DIRECTORY SNAPSHOT")
    chart, snapshot = map(pathlib.Path, sys.argv[1:])
    values = json.loads(snapshot.read_text().split("\n---\n", 1)[1])

    bases = [values]
    for alternative in ALTERNATIVES.get(snapshot.stem, []):
        base = values
        for path, value in alternative.items():
            base = changed(base, path.split("."), value)
        bases.append(base)
    before = [rendered(chart, base) for base in bases]
    for text in before:
        if text.startswith("error: "):
            sys.exit(text)
    if before[0] != rendered(chart, values):
        sys.exit("error: the chart renders something else each time")

    ignored = []
    paths = list(leaves(values))
    for path in paths:
        tried = ((base, text) for base, text in zip(bases, before) if path in set(leaves(base)))
        if not any(has_effect(chart, base, text, path) for base, text in tried):
            ignored.append(" / ".join(path))
    print(f"{snapshot.stem}: {len(paths)} values, {len(ignored)} without effect", *ignored, sep="\n  ")
    sys.exit(1 if ignored else 0)


if __name__ == "__main__":
    main()
