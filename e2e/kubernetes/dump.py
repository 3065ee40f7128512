"""What runs in a cluster, as people ask for it, and what `check` says of that."""

import json
import subprocess

# What the server warns of when it is asked for, and what is only there while it is looked at.
LEFT_OUT = ("addresspools.metallb.io", "componentstatuses", "endpoints", "events", "events.events.k8s.io", "nodes.metrics.k8s.io", "pods.metrics.k8s.io")
# As one asks who doesn't know all that there is.
USUAL = "all,configmaps,secrets,persistentvolumeclaims,ingresses,serviceaccounts,poddisruptionbudgets,networkpolicies"


def findings(binary, kubectl, but=(), of_the_machine=()):
    """The errors and warnings of `check` about what runs, about all of it and about what is mostly asked for; empty where there are none.
    `but` names namespaces in which less runs than was rendered, `of_the_machine` what is found since this machine is smaller than it is
    said to be."""
    listed = kubectl("api-resources", "--verbs=list", "--output=name").split()
    found = []
    for what in (",".join(name for name in listed if name not in LEFT_OUT), USUAL):
        # Passwords are among it: they go from one program to the other, and findings in JSON show no lines.
        running = kubectl("get", what, "--all-namespaces", "--output=yaml")
        checked = subprocess.run([binary, "check", "-", "--format", "json"], input=running, capture_output=True, text=True)
        if checked.returncode not in (0, 1):
            found.append(checked.stderr)
        for line in checked.stdout.splitlines():
            finding = json.loads(line)
            is_meant = finding["id"] not in of_the_machine and (finding["object"] or {}).get("namespace") not in but
            if finding["severity"] != "info" and is_meant:
                found.append(line)
    return "\n".join(found)
