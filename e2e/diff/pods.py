"""Pods on nodes that nobody runs, and how many of them were ready at every moment.

Time is what happens here: nobody starts or ends a pod before the controllers have nothing more to do. How fast these are compared with
pods is then no matter, and what is seen once is seen always.
"""

import json
import queue
import threading
import time

from kubectl import Refused

# Not every node is as the other, so that pods can ask for one.
NODES = {"first": {}, "second": {"disk": "fast"}, "third": {"disk": "fast"}}
# Without an event for so long, the controllers wait for the pods.
QUIET_SECONDS = 1
LIMIT_SECONDS = 300
WORKLOADS = [f"/apis/apps/v1/{kind}" for kind in ("deployments", "replicasets", "statefulsets", "daemonsets")]
# What takes everything in it along when it goes.
HOLDERS = ["/api/v1/namespaces", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"]
READY = ("PodScheduled", "Initialized", "ContainersReady", "Ready")


class Pods:
    """All pods of a server, which are started and ended as `settle` is called."""

    def __init__(self, writers):
        self.writers = writers
        for name, labels in NODES.items():
            self._add_node(name, {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"} | labels)
        # As they are, by namespace and UID; the images that each runs; and the fewest that were ready in a namespace.
        self.now, self.images, self.fewest = {}, {}, {}
        self.events = queue.Queue()
        threading.Thread(target=self._watch, daemon=True).start()

    def _add_node(self, name, labels):
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}}
        self.writers.client.expect("POST", "/api/v1/nodes", node)
        room = {"cpu": "1000", "memory": "1000Gi", "pods": "10000"}
        status = {"capacity": room, "allocatable": room, "conditions": [{"type": "Ready", "status": "True", "reason": "Registered"}]}
        self._patch(f"/api/v1/nodes/{name}/status", {"status": status})
        # At creation the server adds the taint of a node that has not reported yet.
        self._patch(f"/api/v1/nodes/{name}", {"spec": {"taints": None}})

    def _patch(self, path, change):
        # It may be gone meanwhile.
        self.writers.client.expect("PATCH", path, change, also=404, content_type="application/merge-patch+json")

    def _watch(self):
        client = self.writers.client
        # It may be quiet for longer than an answer may take.
        client.connection.timeout = None
        client.connection.request("GET", "/api/v1/pods?watch=true", headers={"Authorization": f"Bearer {client.token}"})
        for line in client.connection.getresponse():
            self.events.put(json.loads(line))

    def settle(self):
        """Starts and ends pods until nothing more happens by itself."""
        deadline = time.monotonic() + LIMIT_SECONDS
        idle = 0
        # Twice in a row, as a controller may take its time.
        while idle < 2:
            self._hear()
            self.writers.server.check_alive()
            if time.monotonic() > deadline:
                raise Refused(f"after {LIMIT_SECONDS} s things still move")
            if self._is_any_unseen():
                continue
            work = [pod for pods in self.now.values() for pod in pods.values() if _ends(pod) or not _is_ready(pod)]
            self.writers.each(self._work, work)
            idle = 0 if work or self._does_any_go() else idle + 1

    def _hear(self):
        """Takes in what happens until it is quiet."""
        while True:
            try:
                event = self.events.get(timeout=QUIET_SECONDS)
            except queue.Empty:
                return
            pod = event["object"]
            namespace, uid = pod["metadata"]["namespace"], pod["metadata"]["uid"]
            there = self.now.setdefault(namespace, {})
            if event["type"] == "DELETED":
                there.pop(uid, None)
            else:
                there[uid] = pod
                # A kubelet starts containers of another image anew.
                if self.images.get(uid, _images(pod)) != _images(pod):
                    pod["status"]["conditions"] = []
            self.fewest[namespace] = min(self.fewest.get(namespace, 0), self.ready(namespace))

    def _is_any_unseen(self):
        """Whether controllers still have to look at what they were given."""
        return any(thing["status"].get("observedGeneration", 0) < thing["metadata"]["generation"] for thing in self._list(WORKLOADS))

    def _does_any_go(self):
        return any(_ends(thing) for thing in self._list(HOLDERS))

    def _list(self, paths):
        return [thing for path in paths for thing in self.writers.client.expect("GET", path)["items"]]

    def _work(self, pod):
        """What the scheduler and a kubelet do."""
        client, metadata = self.writers.client, pod["metadata"]
        path = f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}"
        if _ends(pod):
            # Only this one: there may be another of its name already.
            client.expect("DELETE", path, {"gracePeriodSeconds": 0, "preconditions": {"uid": metadata["uid"]}}, also=404)
            return
        if not pod["spec"].get("nodeName"):
            target = {"apiVersion": "v1", "kind": "Node", "name": _node(pod)}
            binding = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": metadata["name"]}, "target": target}
            client.expect("POST", f"{path}/binding", binding, also=404)
        self.images[metadata["uid"]] = _images(pod)
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        conditions = [{"type": kind, "status": "True", "lastTransitionTime": since} for kind in READY]
        self._patch(f"{path}/status", {"status": {"phase": "Running", "startTime": since, "conditions": conditions}})

    def ready(self, namespace):
        """How many are ready now."""
        return sum(_is_ready(pod) and not _ends(pod) for pod in self.now.get(namespace, {}).values())

    def uids(self, namespace):
        """Which ones are there."""
        return set(self.now.get(namespace, {}))

    def count_anew(self):
        """Forgets how few were ready before now."""
        self.fewest = {namespace: self.ready(namespace) for namespace in self.now}


def _ends(thing):
    return "deletionTimestamp" in thing["metadata"]


def _is_ready(pod):
    conditions = pod["status"].get("conditions", [])
    return any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)


def _images(pod):
    return [container["image"] for container in pod["spec"]["containers"]]


def _node(pod):
    """The one that a DaemonSet means it for, or else any."""
    affinity = pod["spec"].get("affinity", {}).get("nodeAffinity", {}).get("requiredDuringSchedulingIgnoredDuringExecution", {})
    meant = [field["values"][0] for term in affinity.get("nodeSelectorTerms", []) for field in term.get("matchFields", [])]
    return [*meant, *NODES][0]
