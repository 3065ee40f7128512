"""What nobody runs here: kubelets, of which only the pods' readiness counts, and helm-controller, of which only the releases' does."""

import threading
import time

from custom_resources import define, definition

RELEASES = "/apis/helm.toolkit.fluxcd.io/v2/helmreleases"


class StandIns:
    """Write what those would, for as long as the server is there."""

    def __init__(self, server, brought):
        self.server, self.brought, self.ended = server, brought, False
        # As Flux' own definitions have it: until its controller has seen an object, that isn't ready.
        unseen = {"type": "object", "default": {"observedGeneration": -1}, "x-kubernetes-preserve-unknown-fields": True}
        releases = definition("helm.toolkit.fluxcd.io", "HelmRelease", ["v2"], True)
        version = releases["spec"]["versions"][0]
        version["schema"]["openAPIV3Schema"]["properties"] = {"status": unseen}
        version["subresources"] = {"status": {}}
        define(server, [releases])
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        client = self.server.client()
        while not self.ended:
            for pod in client.expect("GET", "/api/v1/pods")["items"]:
                if not pod["status"].get("conditions"):
                    ready = [{"type": "Ready", "status": "True"}]
                    _write(client, f"/api/v1/namespaces/{_path(pod, 'pods')}", {"phase": "Running", "conditions": ready})
            for release in client.expect("GET", RELEASES)["items"]:
                generation = release["metadata"]["generation"]
                if release["status"]["observedGeneration"] == generation:
                    continue
                # A chart takes a while, and brings its kinds before it is installed.
                time.sleep(3)
                for kind in self.brought.pop(release["metadata"]["name"], []):
                    define(self.server, [kind])
                ready = [{"type": "Ready", "status": "True", "reason": "InstallSucceeded", "observedGeneration": generation}]
                status = {"observedGeneration": generation, "conditions": ready}
                _write(client, f"/apis/helm.toolkit.fluxcd.io/v2/namespaces/{_path(release, 'helmreleases')}", status)
            time.sleep(0.2)

    def end(self):
        self.ended = True
        self.thread.join()


def _path(thing, plural):
    return f"{thing['metadata']['namespace']}/{plural}/{thing['metadata']['name']}"


def _write(client, path, status):
    # It may be gone meanwhile.
    client.expect("PATCH", f"{path}/status", {"status": status}, also=404, content_type="application/merge-patch+json")
