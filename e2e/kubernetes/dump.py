"""What runs in a cluster, as people ask for it, and what `check` says of that."""

import subprocess

# What the server warns of when it is asked for, and what is only there while it is looked at.
LEFT_OUT = ("addresspools.metallb.io", "componentstatuses", "endpoints", "events", "events.events.k8s.io", "nodes.metrics.k8s.io", "pods.metrics.k8s.io")
# As one asks who doesn't know all that there is.
USUAL = "all,configmaps,secrets,persistentvolumeclaims,ingresses,serviceaccounts,poddisruptionbudgets,networkpolicies"


def findings(binary, kubectl):
    """The errors and warnings of `check` about what runs, about all of it and about what is mostly asked for; empty where there are none."""
    listed = kubectl("api-resources", "--verbs=list", "--output=name").split()
    found = []
    for what in (",".join(name for name in listed if name not in LEFT_OUT), USUAL):
        # Passwords are among it: they go from one program to the other, and findings in JSON show no lines.
        running = kubectl("get", what, "--all-namespaces", "--output=yaml")
        checked = subprocess.run([binary, "check", "-", "--fail-on", "warning", "--format", "json"], input=running, capture_output=True, text=True)
        if checked.returncode != 0:
            found += [checked.stdout, checked.stderr]
    return "\n".join(found)
