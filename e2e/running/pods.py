"""Pods of the proof's own, within what the level `restricted` lets in."""

PROBE = "localhost/client:1"


def client_pod(lab, name, namespace, labels, command, image=PROBE, env=(), user=65534, is_ready=True):
    """Starts a pod and waits until it runs; one that is never ready gets no visitors of a Service that selects it."""
    container = {
        "name": "client",
        "image": image,
        "command": command,
        "env": list(env),
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
    }
    if not is_ready:
        container["readinessProbe"] = {"exec": {"command": ["false"]}}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": {
            "containers": [container],
            # The one machine that no incident takes away.
            "nodeName": lab.control_plane.name,
            "tolerations": [{"operator": "Exists"}],
            "terminationGracePeriodSeconds": 1,
            "automountServiceAccountToken": False,
            "securityContext": {"runAsNonRoot": True, "runAsUser": user, "seccompProfile": {"type": "RuntimeDefault"}},
        },
    }
    lab.apply([pod])
    lab.wait(f"pod {name} runs", lambda: lab.answer(f"/api/v1/namespaces/{namespace}/pods/{name}")["status"]["phase"] == "Running", 90)


def reaches(lab, namespace, pod, address, port):
    """Whether a TCP connection from a pod is made."""
    options = ["--silent", "--output", "/dev/null", "--max-time", "3", "--write-out", "%{time_connect}"]
    asked = lab.exec(namespace, pod, "curl", *options, f"telnet://{address}:{port}")
    # What follows a connection is no matter. Without one this is zero, and without curl it is no number.
    return float(asked.stdout) > 0
