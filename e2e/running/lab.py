"""One rendered cluster on machines that are namespaces: what there is, and how to ask it."""

import ipaddress
import json
import os
import pathlib
import secrets
import string
import subprocess
import sys
import time

import yaml

HERE = pathlib.Path(__file__).parent
# Whether a cluster is watched for minutes in which it only waits, too: CI leaves that out.
WHOLE = bool(os.environ.get("WHOLE"))
sys.path.insert(0, str(HERE.parent / "kubernetes"))

from credentials import Credentials
from kubectl import Kubectl
from machines import machines

# kubespray's and K3s' length of each node's share of the pods' network.
NODE_PREFIX = 24


class Lab:
    """A cluster of the program `binary`, in a folder of its own for as long as it lives. `platform` is its installer's part of it."""

    def __init__(self, binary, name, platform, work, programs):
        self.binary = binary
        self.name = name
        self.work = pathlib.Path(work)
        self.programs = pathlib.Path(programs)
        self.cgroup = os.environ["CGROUP"]
        self.tree = self.work / "rendered"
        self.folder = self.tree / name
        lines = subprocess.run([binary, "list", "--format", "json"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        self.listed = next(cluster for cluster in map(json.loads, lines) if cluster["name"] == name)
        self.services = ipaddress.ip_network(self.listed["services"][0])
        self.pods = ipaddress.ip_network(self.listed["pods"][0])
        self.switches, self.machines, self.hosts = machines(self.listed, self.work)
        self.control_plane = next(machine for machine in self.machines if machine.is_control_plane)
        # This process, as the machines know it.
        self.own_address = self.control_plane.switch.own_address
        self.workers = [machine for machine in self.machines if not machine.is_control_plane]
        nodes = [machine.name for machine in self.machines]
        self.credentials = Credentials(self.work / "credentials", self.control_plane.address, str(self.services[1]), nodes)
        self.kubeconfig = self.credentials.kubeconfig("admin")
        self.kubectl = Kubectl(self.kubeconfig, str(self.work))
        self.outside = Outside(self)
        self.platform = platform(self)

    def program(self, name):
        """The path of a program that was built for the lab."""
        path = self.programs / name
        assert path.exists(), f"{name} was not built"
        return str(path)

    def machine(self, name):
        return next(machine for machine in self.machines + self.hosts if machine.name == name)

    def pods_of(self, machine):
        """A machine's share of the pods' network."""
        shares = self.pods.subnets(new_prefix=NODE_PREFIX)
        return next(share for share, other in zip(shares, self.machines) if other is machine)

    # What the cluster says.

    def answer(self, path):
        """What the API answers at a path, or nothing if there is nothing."""
        return self.kubectl.answer(path)

    def await_answer(self, path, seconds):
        """Waits until the API answers a path at all."""
        self.wait(f"an answer to {path}", lambda: self.kubectl.run("get", "--raw", path).returncode == 0, seconds)

    def wait(self, what, is_so, seconds, every=0.3):
        """Waits until something is so, and returns how long that took in seconds."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds:
                raise AssertionError(f"{what}: not after {seconds} s")
            time.sleep(every)
        return time.monotonic() - began

    def apply(self, objects):
        """Applies objects that the lab itself brings."""
        self.kubectl("apply", "--server-side", "--filename=-", stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))

    def list(self, kind, namespace=None, selector=None):
        """Objects of a kind, as data."""
        where = ["--all-namespaces"] if namespace is None else [f"--namespace={namespace}"]
        selected = [f"--selector={selector}"] if selector else []
        return json.loads(self.kubectl("get", kind, *where, *selected, "--output=json"))["items"]

    def exec(self, namespace, pod, *command, stdin=None, container=None):
        """A finished command in a container."""
        options = ["--stdin"] if stdin is not None else []
        if container:
            options.append(f"--container={container}")
        return self.kubectl.run("exec", f"--namespace={namespace}", pod, *options, "--", *command, stdin=stdin)

    def secret(self, namespace, name, key):
        """A value of a Secret as the renderer made it; from files, as its user has them."""
        for folder in sorted((self.folder / "secrets").glob(f"*/{name}")):
            if folder.parent.name == namespace and (folder / key).exists():
                return (folder / key).read_text()
        raise AssertionError(f"no {key} of {namespace}/{name} under {self.folder}/secrets")


class Outside:
    """The world beyond the cluster: a DNS that knows nobody, and one web server with an address of the network for documentation."""

    ADDRESS = "203.0.113.10"

    def __init__(self, lab):
        self.lab = lab
        self.way = lab.work / "outside-dns"
        self.webhook = lab.work / "outside-webhook"

    def start(self):
        self.dns("nxdomain")
        self._python("outside-dns.log", HERE / "outside_dns.py", self.lab.own_address, self.way)
        subprocess.run(["ip", "address", "add", f"{self.ADDRESS}/32", "dev", "lo"], check=True)
        folder = self.lab.work / "outside"
        folder.mkdir()
        (folder / "index.html").write_text("the outside\n")
        self._python("outside-web.log", "-m", "http.server", "--bind", self.ADDRESS, "--directory", folder, "80")

    def start_webhook(self):
        """Starts a messenger's webhook (webhook.py). Returns its URL, which is a secret."""
        self.webhook.mkdir(mode=0o700)
        path = f"/services/{secrets.token_urlsafe(32)}"
        (self.webhook / "path").write_text(path)
        self._python("outside-webhook.log", HERE / "webhook.py", self.ADDRESS, self.webhook)
        return f"http://{self.ADDRESS}:443{path}"

    def messages(self):
        """What the webhook was told, as data, the first first."""
        told = self.webhook / "messages"
        return [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []

    def dns(self, way):
        """From now on the Internet's DNS answers in this way, one of outside_dns.py's."""
        self.way.write_text(way)

    def _python(self, log, *arguments):
        with open(self.lab.work / log, "ab") as file:
            subprocess.Popen([sys.executable, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=file, stderr=file)


def manifest(name, **values):
    """The objects of a file of ours, with values in it."""
    text = (HERE / "manifests" / name).read_text()
    return [thing for thing in yaml.safe_load_all(string.Template(text).substitute(values)) if thing]


def ready(pod):
    """Whether a pod is ready, and is not going away."""
    conditions = {condition["type"]: condition["status"] for condition in pod["status"].get("conditions", [])}
    return conditions.get("Ready") == "True" and "deletionTimestamp" not in pod["metadata"]


def restarts(pod):
    """How often containers of a pod were started again, init containers too."""
    status = pod["status"]
    return sum(container["restartCount"] for container in status.get("containerStatuses", []) + status.get("initContainerStatuses", []))


def is_ready_node(lab, machine):
    """Whether the control plane takes a machine's node for ready."""
    return ready_node(lab.answer(f"/api/v1/nodes/{machine.name}"))


def ready_node(node):
    """Whether a node is ready, as an object."""
    return any(condition["type"] == "Ready" and condition["status"] == "True" for condition in node["status"].get("conditions", []))


def unready(lab):
    """The workloads that are not, or not yet, as they are wanted; a Job that somebody wants to end has to have ended."""
    behind = []
    for thing in lab.list("deployments,statefulsets,daemonsets"):
        spec, status = thing["spec"], thing["status"]
        wanted = status.get("desiredNumberScheduled", spec.get("replicas", 1))
        are_ready = status.get("numberReady", status.get("readyReplicas", 0))
        are_current = status.get("updatedReplicas", status.get("updatedNumberScheduled", 0))
        is_seen = status.get("observedGeneration", 0) >= thing["metadata"]["generation"]
        if not (is_seen and wanted == are_ready == are_current == status.get("replicas", wanted)):
            behind.append(thing["metadata"]["name"])
    jobs = [job for job in lab.list("jobs") if "ownerReferences" not in job["metadata"]]
    return behind + [job["metadata"]["name"] for job in jobs if not job["status"].get("succeeded")]
