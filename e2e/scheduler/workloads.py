"""What becomes of workloads: their controllers' pods, bound or left over."""

import collections
import time

from machines import path
from releases import NAMED

CONTROLLERS = [
    "serviceaccount-controller",
    "deployment-controller",
    "replicaset-controller",
    "statefulset-controller",
    "daemonset-controller",
    "job-controller",
    "endpointslice-controller",
    "persistentvolume-binder-controller",
    "ephemeral-volume-controller",
    "pod-garbage-collector-controller",
]
# What waits this long while nothing happens will wait for ever: the scheduler tries again after two seconds at the latest.
PATIENCE_SECONDS = 6
# A DaemonSet's status does not say which nodes its controller has seen; it sees them within this.
QUIET_SECONDS = 1
LIMIT_SECONDS = 300


def settle(server, machines, restless=None):
    """The pods that are bound, and those that are left over, once nothing moves any more.

    Pods that push each other out may do so for ever. Namespaces where they do are added to `restless`, if it is given, and not
    waited for.
    """
    began = changed = time.monotonic()
    before = None
    made = collections.defaultdict(set)
    while True:
        server.check_alive()
        pods = machines.pods()
        machines.work(pods)
        bound = [pod for pod in pods if pod["spec"].get("nodeName")]
        left = [pod for pod in pods if not pod["spec"].get("nodeName")]
        wanting = unfinished(machines.client, pods)
        if restless is not None:
            restless |= namespaces_in_a_circle(pods, made)
        moving = [pod for pod in pods if not restless or pod["metadata"]["namespace"] not in restless]
        state = sorted((path(pod), pod["spec"].get("nodeName"), pod["status"]["phase"]) for pod in moving)
        now = time.monotonic()
        if state != before:
            before, changed = state, now
        if not left and not wanting and now - changed > QUIET_SECONDS:
            return bound, left
        if now - changed > PATIENCE_SECONDS:
            assert left, f"no pod is left over, and yet wait {', '.join(wanting)}"
            return bound, left
        assert now - began < LIMIT_SECONDS, f"after {LIMIT_SECONDS} s things still move:\n{lines(left)}\n{', '.join(wanting)}"
        time.sleep(0.3)


def namespaces_in_a_circle(pods, made):
    """Where the pods of a workload are made again and again; `made` keeps what was seen before."""
    now = collections.Counter()
    for pod in pods:
        for owner in pod["metadata"].get("ownerReferences", []):
            made[owner["uid"]].add(pod["metadata"]["uid"])
            now[owner["uid"], pod["metadata"]["namespace"]] += 1
    return {namespace for (owner, namespace), number in now.items() if len(made[owner]) > 2 * number + 8}


def unfinished(client, pods):
    """The workloads whose pods are not all there and running."""
    running = collections.Counter(
        owner["uid"] for pod in pods if pod["status"]["phase"] == "Running" for owner in pod["metadata"].get("ownerReferences", [])
    )
    found = []
    for kind, (group, wanted) in WORKLOADS.items():
        for thing in client.expect("GET", f"/apis/{group}/{kind}")["items"]:
            metadata, status = thing["metadata"], thing["status"]
            # A Job says nothing of its generation, but has no status before its controller has seen it.
            seen = status and (kind == "jobs" or status.get("observedGeneration") == metadata["generation"])
            there = status.get("replicas", 0) if kind == "deployments" else running[metadata["uid"]]
            if kind == "jobs" and "completionTime" in status:
                continue
            if not seen or there != wanted(thing):
                found.append(f"{kind} {metadata['namespace']}/{metadata['name']}")
    return found


WORKLOADS = {
    "deployments": ("apps/v1", lambda it: it["spec"]["replicas"]),
    "replicasets": ("apps/v1", lambda it: it["spec"]["replicas"]),
    "statefulsets": ("apps/v1", lambda it: it["spec"]["replicas"]),
    "daemonsets": ("apps/v1", lambda it: it["status"]["desiredNumberScheduled"]),
    "jobs": ("batch/v1", lambda it: at_once(it["spec"])),
}


def at_once(job):
    """How many pods of a Job run at once."""
    return 0 if job["suspend"] else min(job["parallelism"], job.get("completions", job["parallelism"]))


def named(pod):
    """The workload that a pod is of, as `capacity` calls it."""
    metadata = pod["metadata"]
    if NAMED in metadata.get("annotations", {}):
        return metadata["annotations"][NAMED]
    owner = metadata.get("ownerReferences", [{"kind": "Pod", "name": metadata["name"]}])[0]
    kind, name = owner["kind"], owner["name"]
    if kind == "ReplicaSet" and (made := metadata["labels"].get("pod-template-hash")):
        kind, name = "Deployment", name.removesuffix(f"-{made}")
    return f"{kind} {metadata['namespace']}/{name}"


def lines(pods):
    """Each pod with the scheduler's reason."""
    return "\n".join(f"  {path(pod).removeprefix('/api/v1/namespaces/')}: {reason(pod)}" for pod in pods)


def reason(pod):
    conditions = {condition["type"]: condition for condition in pod["status"].get("conditions", [])}
    return conditions.get("PodScheduled", {}).get("message", "the scheduler has not looked at it")
