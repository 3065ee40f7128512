"""Pods on nodes that nobody runs: each is bound and becomes ready, or fails as its image's name says."""

import contextlib
import http.client
import threading
import time

NODES = ("control", "worker")
READY = ("PodScheduled", "Initialized", "ContainersReady", "Ready")
BEAT_SECONDS = 0.2
WAITING = {
    "missing": {"reason": "ErrImagePull", "message": "manifest unknown"},
    "crash": {"reason": "CrashLoopBackOff", "message": "back-off 10s"},
}


class Kubelet:
    """Does its work until `pause`, and again after `resume`."""

    def __init__(self, server):
        self.client = server.client()
        for name in NODES:
            self._add_node(name)
        self.runs = threading.Event()
        self.runs.set()
        threading.Thread(target=self._work, daemon=True).start()

    def pause(self):
        self.runs.clear()

    def resume(self):
        self.runs.set()

    def _add_node(self, name):
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}}}
        self.client.expect("POST", "/api/v1/nodes", node)
        room = {"cpu": "1000", "memory": "1000Gi", "pods": "10000"}
        status = {"capacity": room, "allocatable": room, "conditions": [{"type": "Ready", "status": "True", "reason": "Registered"}]}
        self._patch(f"/api/v1/nodes/{name}/status", {"status": status})
        # At creation the server adds the taint of a node that has not reported yet.
        self._patch(f"/api/v1/nodes/{name}", {"spec": {"taints": None}})

    def _patch(self, path, change):
        self.client.expect("PATCH", path, change, also=404, content_type="application/merge-patch+json")

    def _work(self):
        # The server ends first.
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                self.runs.wait()
                for pod in self.client.expect("GET", "/api/v1/pods")["items"]:
                    self._look_after(pod)
                time.sleep(BEAT_SECONDS)

    def _look_after(self, pod):
        metadata, spec = pod["metadata"], pod["spec"]
        path = f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}"
        if "deletionTimestamp" in metadata:
            self.client.expect("DELETE", path, {"gracePeriodSeconds": 0, "preconditions": {"uid": metadata["uid"]}}, also=404)
            return
        image = spec["containers"][0]["image"]
        if pod["status"].get("message") == image or image.startswith("nowhere"):
            return
        if not spec.get("nodeName"):
            target = {"apiVersion": "v1", "kind": "Node", "name": NODES[1]}
            self.client.expect("POST", f"{path}/binding", {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": metadata["name"]}, "target": target}, also=404)
        self._patch(f"{path}/status", {"status": _status(spec["containers"][0]["name"], image)})


def _status(container, image):
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    waiting = WAITING.get(image.split(":")[0])
    conditions = [{"type": kind, "status": "False" if waiting and kind != "PodScheduled" else "True", "lastTransitionTime": since} for kind in READY]
    # The message is how a pod is known that was looked after already.
    status = {"phase": "Running", "startTime": since, "message": image, "conditions": conditions}
    if waiting:
        ended = {"terminated": {"exitCode": 7, "reason": "Error", "startedAt": since, "finishedAt": since}}
        status["containerStatuses"] = [
            {
                "name": container,
                "image": image,
                "imageID": "",
                "ready": False,
                "restartCount": 3,
                "state": {"waiting": waiting},
                "lastState": ended if waiting["reason"] == "CrashLoopBackOff" else {},
            }
        ]
    return status
