"""metrics-server as its pods have it, and what it measures."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import kubelet
from machine import NODES, fail, output, same
from pods import Pods

API_SERVER = "10.96.0.1"
ACCOUNT = Path("/run/secrets/kubernetes.io/serviceaccount")
BEGAN = time.time()
CORES, BYTES = 0.25, 1 << 30


def resource():
    """A node that takes a quarter of a core."""
    now = time.time()
    at = int(now * 1000)
    return (
        "# TYPE node_cpu_usage_seconds_total counter\n"
        f"node_cpu_usage_seconds_total {100 + CORES * (now - BEGAN)} {at}\n"
        "# TYPE node_memory_working_set_bytes gauge\n"
        f"node_memory_working_set_bytes {BYTES} {at}\n"
    )


class Metrics:
    """Nodes, whose kubelets are pages; and the pods, once `run` has started them."""

    def __init__(self, server, machine):
        self.server, self.machine = server, machine
        output("ip", "address", "add", f"{API_SERVER}/32", "dev", "lo")
        kubelet.forward(API_SERVER, 443, server.port)
        self.cluster = Pods(server, NODES)
        self.cluster.announce_api_server(API_SERVER)
        for address in NODES.values():
            kubelet.serve(address, machine.work, server.client, {"/metrics/resource": resource})
        self.pods, self.processes = [], []

    def run(self):
        """Its pods, as many as are rendered, each at an address of its own."""
        path = "/api/v1/namespaces/kube-system/pods"
        deadline = time.monotonic() + 60
        while True:
            found = self.server.client().expect("GET", path)["items"]
            bound = [pod for pod in found if pod["spec"].get("nodeName")]
            if found and len(bound) == len(found):
                break
            if time.monotonic() > deadline:
                fail(f"{len(bound)} of {len(found)} pods have a node")
            time.sleep(0.3)
        ACCOUNT.mkdir(parents=True)
        (ACCOUNT / "token").write_text(self.cluster.token("kube-system", "metrics-server"))
        (ACCOUNT / "ca.crt").write_text(self.cluster.authority())
        (ACCOUNT / "namespace").write_text("kube-system")
        # Where its user can go.
        shutil.copy(self.machine.built / "metrics-server", "/run/metrics-server")
        container = bound[0]["spec"]["containers"][0]
        self.user = bound[0]["spec"]["securityContext"]["runAsUser"]
        for number, pod in enumerate(bound, 1):
            self.pods.append(self._start(number, container["args"]))
            self.cluster.run(pod, self.pods[-1], pod["spec"]["nodeName"], "Running")
        # One more, that checks kubelets' certificates.
        self.strict = self._start(len(bound) + 1, [word for word in container["args"] if word != "--kubelet-insecure-tls"])

    def _start(self, number, arguments):
        name, own, address = f"pod-{number}", f"10.244.{number}.1", f"10.244.{number}.2"
        output("ip", "netns", "add", name)
        output("ip", "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
        output("ip", "address", "add", f"{own}/24", "dev", f"to-{name}")
        output("ip", "link", "set", f"to-{name}", "up")
        for command in (["link", "set", "lo", "up"], ["address", "add", f"{address}/24", "dev", "eth0"], ["link", "set", "eth0", "up"], ["route", "add", "default", "via", own]):
            output("ip", "-n", name, *command)
        # Files that only it may write lie in one folder; it is its user, and can become no other.
        script = 'mount -t tmpfs -o "uid=$1,mode=700" tmpfs /tmp; mount -o remount,bind,ro / 2>/dev/null || true; shift; exec "$@"'
        user = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        command = ["ip", "netns", "exec", name, "unshare", "--mount", "sh", "-euc", script, "sh", str(self.user), *user, "/run/metrics-server", *arguments]
        environment = {"KUBERNETES_SERVICE_HOST": API_SERVER, "KUBERNETES_SERVICE_PORT": "443", "PATH": os.environ["PATH"]}
        with self._log(address).open("w") as log:
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        return address

    def _log(self, address):
        return self.machine.work / f"{address}.log"

    def are_answered(self):
        """By the API as it is, and as `kubectl top` shows it."""
        deadline = time.monotonic() + 60
        while True:
            items = json.loads(self.server.kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes"))["items"]
            if len(items) == len(NODES):
                break
            if time.monotonic() > deadline:
                fail(f"only {[item['metadata']['name'] for item in items]} are measured")
            time.sleep(0.5)
        for item in items:
            cores = int(item["usage"]["cpu"].removesuffix("n")) / 1e9
            same(item["metadata"]["name"], (True, "1Gi"), (abs(cores - CORES) < 0.01, item["usage"]["memory"]))
        shown = self.server.kubectl("top", "nodes", "--no-headers").split()
        same("kubectl top nodes", sorted(NODES), sorted(word for word in shown if word in NODES))

    def claim_to_be_admin(self, address, client):
        """The status that a pod answers with to whoever says, as an API server would, that an administrator asks."""
        certificate = ["--cert", client[0], "--key", client[1]] if client else []
        said = ["--header", "X-Remote-User: admin", "--header", "X-Remote-Group: system:masters"]
        url = f"https://{address}:10250/apis/metrics.k8s.io/v1beta1/nodes"
        return int(output("curl", "--silent", "--insecure", "--max-time", "10", "--output", "/dev/null", "--write-out", "%{http_code}", *certificate, *said, url))

    def checks_certificates(self):
        """Of kubelets that sign their own, where it is told to."""
        log = self._log(self.strict)
        deadline = time.monotonic() + 30
        while "x509: certificate signed by unknown authority" not in log.read_text() and "failed to verify certificate" not in log.read_text():
            if time.monotonic() > deadline:
                fail(f"without --kubelet-insecure-tls: {log.read_text()[-2000:]}")
            time.sleep(0.5)
        ready = subprocess.run(["curl", "--silent", "--insecure", f"https://{self.strict}:10250/readyz"], stdout=subprocess.PIPE, text=True)
        same("one that checks", True, "metric-storage-ready failed" in ready.stdout or "failed" in ready.stdout)
        print("without --kubelet-insecure-tls, it takes nothing of kubelets that sign their own certificates")
