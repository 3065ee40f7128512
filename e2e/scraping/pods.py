"""Nodes and pods on a server where nobody runs them: what their kubelets would write is written here."""

import time

LIMIT_SECONDS = 60


class Pods:
    """The nodes are registered, ready and with room for all."""

    def __init__(self, server, nodes):
        self.server, self.client, self.nodes = server, server.client(), nodes
        room = {"cpu": "4", "memory": "8Gi", "pods": "110"}
        for name, address in nodes.items():
            labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"}
            self.client.expect("POST", "/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}})
            status = {
                "capacity": room,
                "allocatable": room,
                "addresses": [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}],
                "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
                "conditions": [{"type": "Ready", "status": "True", "reason": "Registered"}],
            }
            self._patch(f"/api/v1/nodes/{name}/status", {"status": status})
            # At creation the server adds the taint of a node that has not reported yet.
            self._patch(f"/api/v1/nodes/{name}", {"spec": {"taints": None}})

    def _patch(self, path, change):
        self.client.expect("PATCH", path, change, content_type="application/merge-patch+json")

    def announce_api_server(self, address):
        """As API servers do themselves where nodes can reach them."""
        labels = {"kubernetes.io/service-name": "kubernetes"}
        endpoints = {
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            "metadata": {"name": "kubernetes", "namespace": "default", "labels": labels},
            "addressType": "IPv4",
            "endpoints": [{"addresses": [address], "conditions": {"ready": True}}],
            "ports": [{"name": "https", "port": 443, "protocol": "TCP"}],
        }
        self.client.expect("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", endpoints)

    def add_other(self, name, address, annotations, phase):
        """A pod of another namespace, with a port beside the one that it asks to be read at."""
        self._namespace("shop")
        pod = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name, "namespace": "shop", "annotations": annotations},
            "spec": {
                "nodeName": "worker-2",
                "automountServiceAccountToken": False,
                "containers": [{"name": "app", "image": "app:1", "ports": [{"containerPort": 80}]}],
            },
        }
        self.client.expect("POST", "/api/v1/namespaces/shop/pods", pod)
        self.run(pod, address, "worker-2", phase)

    def add_page(self, name, port):
        """A Service that asks for a probe; its name in DNS."""
        service = {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": name, "namespace": "shop", "annotations": {"prometheus.io/probe": "true"}},
            "spec": {"ports": [{"name": "http", "port": port}], "selector": {"app": name}},
        }
        self.client.expect("POST", "/api/v1/namespaces/shop/services", service)
        return f"{name}.shop.svc"

    def _namespace(self, name):
        self.client.expect("POST", "/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}, also=409)
        # A pod is refused before its account is there.
        deadline = time.monotonic() + LIMIT_SECONDS
        while self.client.request("GET", f"/api/v1/namespaces/{name}/serviceaccounts/default")[0] == 404:
            assert time.monotonic() < deadline, f"{name} has no account"
            time.sleep(0.2)

    def run_all(self, add_addresses):
        """The address of each pod of monitoring, once all of them have a node."""
        # One of each Deployment, and an exporter on each node.
        wanted = 5 + len(self.nodes)
        deadline = time.monotonic() + LIMIT_SECONDS
        while True:
            self.server.check_alive()
            pods = self._all()
            bound = [pod for pod in pods if pod["spec"].get("nodeName")]
            if len(bound) == wanted:
                break
            assert time.monotonic() < deadline, f"only {len(bound)} of {len(pods)} pods have a node"
            time.sleep(0.5)
        addresses = {}
        for number, pod in enumerate(bound, 1):
            node = pod["spec"]["nodeName"]
            address = self.nodes[node] if pod["spec"].get("hostNetwork") else f"10.244.0.{number}"
            addresses[pod["metadata"]["name"]] = address
            add_addresses([address])
            self.run(pod, address, node, "Running")
        return addresses

    def _all(self):
        return [pod for namespace in ("monitoring", "monitoring-nodes") for pod in self.client.expect("GET", f"/api/v1/namespaces/{namespace}/pods")["items"]]

    def run(self, pod, address, node, phase):
        ready = [{"type": kind, "status": "True"} for kind in ("PodScheduled", "Initialized", "ContainersReady", "Ready")]
        host = self.nodes[node]
        status = {"phase": phase, "podIP": address, "podIPs": [{"ip": address}], "hostIP": host, "hostIPs": [{"ip": host}], "conditions": ready}
        metadata = pod["metadata"]
        self._patch(f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}/status", {"status": status})

    def _of(self, app, node=None):
        found = [pod for pod in self._all() if pod["metadata"]["labels"]["app.kubernetes.io/name"] == app and node in (None, pod["spec"]["nodeName"])]
        assert len(found) == 1, f"{len(found)} pods of {app}"
        return found[0]

    def node_of(self, app):
        return self._of(app)["spec"]["nodeName"]

    def address_of(self, app):
        return self._of(app)["status"]["podIP"]

    def services(self):
        """The name of each Service of monitoring, and the address of its pod."""
        listed = self.client.expect("GET", "/api/v1/namespaces/monitoring/services")["items"]
        return {f"{name}.monitoring.svc": self.address_of(name) for name in (service["metadata"]["name"] for service in listed)}

    def spec(self, app, node=None):
        """A pod, with what it mounts and who it is: its files, the paths of its volumes, and its token."""
        pod = self._of(app, node)
        namespace = pod["metadata"]["namespace"]
        files, folders = {}, {}
        for volume in pod["spec"].get("volumes", []):
            name = volume["name"]
            if "configMap" in volume:
                files[name] = self.client.expect("GET", f"/api/v1/namespaces/{namespace}/configmaps/{volume['configMap']['name']}").get("data", {})
            elif "secret" in volume:
                # What a person gives is not there: nobody is told.
                files[name] = {"url": "http://127.0.0.1:1/"}
            elif "persistentVolumeClaim" in volume:
                folders[name] = self._path_of(namespace, volume["persistentVolumeClaim"]["claimName"])
            elif "hostPath" in volume:
                folders[name] = volume["hostPath"]["path"]
        account = pod["spec"].get("serviceAccountName")
        has_token = any("projected" in volume for volume in pod["spec"].get("volumes", []))
        return {"pod": pod, "files": files, "folders": folders, "token": self.token(namespace, account) if has_token else None, "ca": self.authority()}

    def _path_of(self, namespace, claim):
        """The directory of the volume that a claim is bound to."""
        bound = self.client.expect("GET", f"/api/v1/namespaces/{namespace}/persistentvolumeclaims/{claim}")
        assert bound["status"]["phase"] == "Bound", f"{claim} is {bound['status']['phase']}"
        return self.client.expect("GET", f"/api/v1/persistentvolumes/{bound['spec']['volumeName']}")["spec"]["local"]["path"]

    def token(self, namespace, account):
        request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}}
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{account}/token"
        return self.client.expect("POST", path, request)["status"]["token"]

    def authority(self):
        return (self.server.folder / "certificates/apiserver.crt").read_text()
