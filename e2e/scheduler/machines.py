"""What a cluster's machines are to the scheduler, and someone who plays their kubelets and the provisioners of their volumes."""

from objects import quantity

CONTROL_PLANE = "node-role.kubernetes.io/control-plane"

# The kernel keeps about a twentieth of a machine's memory for itself: MemTotal, from which the kubelet counts, is less.
KERNEL_SHARE = 20


def node(listed, cluster):
    """The Node object that a node's kubelet registers, ready."""
    machine = listed["host"]
    kubelet = cluster.kubelet
    total = machine["memory"] - machine["memory"] // KERNEL_SHARE
    role = {CONTROL_PLANE: ""} if listed["control_plane"] else {}
    names = {"kubernetes.io/hostname": machine["name"], "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": machine["name"], "labels": names | role | listed["labels"]},
        "spec": {"taints": listed["taints"]},
        "status": {
            "capacity": {"cpu": str(machine["cpus"]), "memory": f"{total}Mi", "pods": str(kubelet["pods"])},
            "allocatable": {
                "cpu": f"{machine['cpus'] * 1000 - int(quantity(kubelet['cpu']) * 1000)}m",
                "memory": str((total << 20) - int(quantity(kubelet["memory"]))),
                "pods": str(kubelet["pods"]),
            },
            "conditions": [{"type": "Ready", "status": "True", "reason": "Registered"}],
        },
    }


class Machines:
    """The machines of a cluster, on a server: they register, run the pods that are bound to them, and get lost."""

    def __init__(self, client, nodes):
        self.client = client
        self.nodes = {node["metadata"]["name"]: node for node in nodes}
        for name in self.nodes:
            self.join(name)

    def join(self, name):
        """Registers a machine."""
        node = self.nodes[name]
        self.client.expect("POST", "/api/v1/nodes", {key: value for key, value in node.items() if key != "status"})
        patch(self.client, f"/api/v1/nodes/{name}/status", {"status": node["status"]})
        # At creation the server adds the taint of a node that has not reported yet.
        patch(self.client, f"/api/v1/nodes/{name}", {"spec": node["spec"]})

    def lose(self, name):
        """Takes a machine away, with the pods on it."""
        self.client.expect("DELETE", f"/api/v1/nodes/{name}")
        for pod in self.pods():
            if pod["spec"].get("nodeName") == name:
                self._remove(pod)

    def finish_jobs(self):
        """Ends the pods of Jobs as they should."""
        for pod in self.pods():
            if any(owner["kind"] == "Job" for owner in pod["metadata"].get("ownerReferences", [])):
                patch(self.client, path(pod) + "/status", {"status": {"phase": "Succeeded"}})

    def pods(self):
        """All pods of the server."""
        return self.client.expect("GET", "/api/v1/pods")["items"]

    def work(self, pods):
        """Runs those of the pods that are bound, removes those that are to end, provides the volumes that pods wait for."""
        for pod in pods:
            if pod["metadata"].get("deletionTimestamp"):
                self._remove(pod)
            elif pod["spec"].get("nodeName") and pod["status"]["phase"] == "Pending":
                ready = [{"type": kind, "status": "True"} for kind in ("PodScheduled", "Initialized", "ContainersReady", "Ready")]
                patch(self.client, path(pod) + "/status", {"status": {"phase": "Running", "conditions": ready}})
        classes = {thing["metadata"]["name"]: thing for thing in self.client.expect("GET", "/apis/storage.k8s.io/v1/storageclasses")["items"]}
        for claim in self.client.expect("GET", "/api/v1/persistentvolumeclaims")["items"]:
            storage_class = classes.get(claim["spec"].get("storageClassName"))
            if claim["status"]["phase"] == "Pending" and storage_class and not claim["spec"].get("volumeName"):
                self._provide(claim, storage_class)

    def _remove(self, pod):
        # Already gone is gone.
        self.client.request("DELETE", path(pod) + "?gracePeriodSeconds=0")

    def _provide(self, claim, storage_class):
        """What a provisioner does for a claim, as soon as it may."""
        if storage_class["provisioner"] == "kubernetes.io/no-provisioner":
            return
        metadata = claim["metadata"]
        chosen = metadata.get("annotations", {}).get("volume.kubernetes.io/selected-node")
        if storage_class.get("volumeBindingMode") == "WaitForFirstConsumer" and not chosen:
            return
        volume = {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {
                "name": f"pvc-{metadata['uid']}",
                "annotations": {"pv.kubernetes.io/provisioned-by": storage_class["provisioner"]},
            },
            "spec": {
                "capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
                "accessModes": claim["spec"]["accessModes"],
                "storageClassName": storage_class["metadata"]["name"],
                "persistentVolumeReclaimPolicy": storage_class["reclaimPolicy"],
                "claimRef": {"namespace": metadata["namespace"], "name": metadata["name"], "uid": metadata["uid"]},
                "nfs": {"server": "192.0.2.1", "path": "/"},
            },
        }
        if chosen and "local" in storage_class["provisioner"]:
            there = {"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": [chosen]}]}
            volume["spec"]["nodeAffinity"] = {"required": {"nodeSelectorTerms": [there]}}
        # 409: provided before, and not bound yet.
        self.client.expect("POST", "/api/v1/persistentvolumes", volume, also=409)


def path(pod):
    """Where a pod is found."""
    return f"/api/v1/namespaces/{pod['metadata']['namespace']}/pods/{pod['metadata']['name']}"


def patch(client, path, change):
    """Merges a change into what is at a path, if it is still there."""
    client.expect("PATCH", path, change, also=404, content_type="application/merge-patch+json")
