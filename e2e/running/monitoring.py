"""What is claimed of monitoring by the charts `prometheus` and `grafana`: it reads all that asks for it, and tells people what is wrong."""

import os
import time

import yaml

from lab import ready

NAMESPACE, RELEASE = "monitoring", "prometheus"
SERVER = "app.kubernetes.io/name=prometheus,app.kubernetes.io/component=server"
# The stacks' own targets, which ask for it by an annotation of their Service.
SERVICES = {
    "prometheus-kube-state-metrics",
    "prometheus-prometheus-node-exporter",
    "prometheus-alertmanager",
    "prometheus-grafana",
}


def give_receiver(lab):
    """The one Secret that a person gives, before the objects are applied: where Alertmanager tells people."""
    folder = lab.folder / f"secrets/{NAMESPACE}/alertmanager-receiver"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "url", "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        # An editor ends the line.
        file.write(lab.outside.start_webhook() + "\n")


def is_watched(lab, prometheus, report, services=()):
    """What Prometheus reads, by the chart's own configuration, and what it was told. `services` are those that must be among it."""
    claims = {claim["metadata"]["name"]: claim["status"]["phase"] for claim in lab.list("persistentvolumeclaims", NAMESPACE)}
    is_bound = set(claims.values()) == {"Bound"} and len(claims) == 2
    report.holds("Prometheus and Grafana have their volumes", is_bound, str(claims))

    nodes = {machine.name for machine in lab.machines}
    by_node = lambda job: {target["labels"]["instance"] for target in up(prometheus) if target["labels"]["job"] == job}
    asking = lambda: who_asks(lab)
    read = lambda: {target["scrapeUrl"] for target in up(prometheus) if target["labels"]["job"] in ("kubernetes-service-endpoints", "kubernetes-pods")}
    # A target is read once a minute, the first time within that.
    reads_all = lambda: by_node("kubernetes-nodes") == by_node("kubernetes-nodes-cadvisor") == nodes and read() == set(asking())
    lab.wait("Prometheus reads all that asks for it", reads_all, 180, every=2)
    there = asking()
    names = set(there.values())
    wanted = SERVICES | set(services)
    report.holds(f"Prometheus reads {', '.join(sorted(wanted))}", wanted <= names, f"only {', '.join(sorted(names))} ask for it")
    report.holds(f"it reads all {len(there)} pods that ask for it by annotations, and each node's kubelet and containers", True)
    jobs = {target["labels"]["job"] for target in up(prometheus)}
    report.holds("it reads the API server, and itself", {"kubernetes-api-servers", "prometheus"} <= jobs, str(jobs))
    exported = {series["metric"]["node"] for series in prometheus.query("node_memory_MemTotal_bytes")}
    report.holds("node-exporter tells of every node", exported == nodes, str(exported))
    lab.wait("Prometheus has no target that it cannot read", lambda: not prometheus.down(), 120, every=2)
    report.holds("Prometheus reads whatever it is told to", not (down := prometheus.down()), str(down))

    values = yaml.safe_load((lab.folder / f"releases/{RELEASE}.yaml").read_text())
    groups = values["serverFiles"]["alerting_rules.yml"]["groups"]
    alerts = {rule["alert"] for group in groups for rule in group["rules"]}
    lab.wait("the rules were tried", lambda: all(rule["health"] != "unknown" for rule in prometheus.rules()), 120, every=2)
    rules = prometheus.rules()
    well = {rule["name"] for rule in rules} == alerts and all(rule["health"] == "ok" for rule in rules)
    report.holds(f"the rules of {', '.join(sorted(alerts))} are loaded and evaluate", well, str(rules))
    report.holds("Prometheus has found Alertmanager", len(prometheus.alertmanagers()) == 1, str(prometheus.alertmanagers()))

    server, config, flags = values["server"], prometheus.config()["global"], prometheus.flags()
    shown = {
        "scrape_interval": config["scrape_interval"],
        "evaluation_interval": config["evaluation_interval"],
        "retention": flags["storage.tsdb.retention.time"],
        "retentionSize": flags["storage.tsdb.retention.size"],
    }
    asked = {**server["global"], "retention": server["retention"], "retentionSize": server["retentionSize"]}
    report.holds("its interval and its retention are those of the values", shown == asked, f"{shown}, not {asked}")
    report.part("monitoring")


def up(prometheus):
    return [target for target in prometheus.targets() if target["health"] == "up"]


def who_asks(lab):
    """Where the pods are read that ask for it by annotations, their own or their Service's: the URLs, and the names of who says so."""
    services = {(thing["metadata"]["namespace"], thing["metadata"]["name"]): thing["metadata"] for thing in lab.list("services")}
    pods = {(pod["metadata"]["namespace"], pod["metadata"]["name"]): pod for pod in lab.list("pods")}
    urls = {}
    for thing in lab.list("endpointslices"):
        namespace = thing["metadata"]["namespace"]
        service = services.get((namespace, thing["metadata"].get("labels", {}).get("kubernetes.io/service-name")))
        for endpoint in thing.get("endpoints") or []:
            pod = pods.get((namespace, endpoint.get("targetRef", {}).get("name")))
            if service and pod:
                urls |= {url: service["name"] for url in _asked(service, pod)}
    for (_, name), pod in pods.items():
        urls |= {url: name for url in _asked(pod["metadata"], pod)}
    return urls


def _asked(metadata, pod):
    """Where annotations ask for a pod to be read: at every port that its containers name, unless they say at which."""
    said = metadata.get("annotations", {})
    if said.get("prometheus.io/scrape") != "true" or "podIP" not in pod["status"]:
        return []
    named = [port["containerPort"] for container in pod["spec"]["containers"] for port in container.get("ports", [])]
    ports = [said["prometheus.io/port"]] if "prometheus.io/port" in said else named
    return [f"http://{pod['status']['podIP']}:{port}{said.get('prometheus.io/path', '/metrics')}" for port in ports]


# ------------------------------------------------------------------------------------------------------------- messages


def to_lose(lab, prometheus):
    """A worker whose loss can be told: Prometheus' volume is on another, and Alertmanager and who tells Prometheus of nodes move away.

    With one of each, the loss of their own node is told by nobody before they run elsewhere, which takes Kubernetes five minutes.
    """
    machine = next(machine for machine in lab.workers if machine.name != prometheus.pod()["spec"]["nodeName"])
    selector = "app.kubernetes.io/name in (alertmanager,kube-state-metrics)"
    options = ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout=120s"]
    drained = lab.kubectl.run("drain", machine.name, f"--pod-selector={selector}", *options)
    assert drained.returncode == 0, drained.stderr
    pods = lambda: [pod for pod in lab.list("pods", NAMESPACE, selector) if ready(pod)]
    lab.wait("who tells of nodes is ready elsewhere", lambda: len(pods()) == 2, 120, every=1)
    lab.kubectl("uncordon", machine.name)
    urls = lambda: {target["scrapeUrl"] for target in up(prometheus)}
    lab.wait("Prometheus reads them there", lambda: all(any(pod["status"]["podIP"] in url for url in urls()) for pod in pods()), 120, every=2)
    return machine


def tells_of_loss(lab, machine, began, report):
    """Waits until people are told that a node is gone, which went at `began`.

    At most 40 s until the control plane misses it, a minute until that is read, another until the rule is tried, the rule's two minutes,
    and 30 s in which Alertmanager collects what belongs together.
    """
    lab.wait(f"people are told that {machine.name} is gone", lambda: told(lab, machine), 40 + 60 + 60 + 120 + 30 + 30, every=1)
    report.figure("a node is gone: Alertmanager's receiver is told", f"after {time.monotonic() - began:.0f} s, of 310 s at most")


def told(lab, machine):
    """Whether a message tells that a node is gone: in the colour of what fires, which is Alertmanager's."""
    attachments = [attachment for message in lab.outside.messages() for attachment in message["attachments"]]
    words = ("NodeGone", machine.name)
    return any(attachment["color"] == "danger" and all(word in attachment["title"] for word in words) for attachment in attachments)
