"""kvm-monitoring: each part of monitoring by hand, an application behind an address of MetalLB, and two Deployments to look at."""

import http.client
import json
import subprocess
import time

from dump import findings
from given_host import GivenHost
from lab import WHOLE, is_ready_node, ready, restarts, unready
from logs import Leaks
from platforms.kubespray import Kubespray
from pods import client_pod, reaches
from prometheus import Prometheus
from visitor import Visitors

CLUSTER, PLATFORM = "kvm-monitoring", Kubespray
RELEASES = ()
MONITORING, APP, SHOWN = "monitoring", "springboot", "lifecycle"
PROMETHEUS, GRAFANA = 30000, 30004
# The users of Prometheus' image and of Grafana's.
OWNERS = {"/opt/prometheus": "65534", "/opt/grafana": "472"}
# Nothing that nodes are given here asks for it.
NO_SYSTEMD = "#!/bin/sh\nexit 1\n"
# Its pod is to show that it is not.
NEVER_READY = "unavailable"


def give(lab):
    """A person gives nothing: the renderer makes all secrets. Nodes are given theirs before Kubernetes is installed, as bootstrap.sh does it."""
    for machine in lab.machines:
        host = GivenHost(lab, machine)
        host.prepare(["/etc/kubernetes"], NO_SYSTEMD)
        host.is_given()


def other_images(lab):
    """None beside those that the objects name."""
    return set()


def prove(lab, report):
    page, prometheus = comes_up(lab, report)
    leaks = Leaks(lab)
    is_clean(lab, report)
    is_measured(lab, report)
    is_watched(lab, prometheus, report)
    keeps_its_volumes(lab, prometheus, report)
    takes_a_new_configuration(lab, prometheus, report)
    strangers_are_kept_out(lab, report)
    shows_an_end(lab, report)
    shows_what_is_unavailable(lab, prometheus, report)
    loses_who_announces(lab, page, prometheus, report)
    found = leaks.look()
    report.holds(f"none is found of {len(leaks.values)} secret values, looked for in all logs and in the list of processes all the time", not found, str(found))


class Page:
    """The application by the load balancer's address, which people ask for by no name."""

    def __init__(self, address):
        self.address = address

    def get(self, path="/springboot/"):
        connection = http.client.HTTPConnection(self.address, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def answers(self):
        try:
            return self.get()[0] == 200
        except (OSError, http.client.HTTPException):
            return False


def waits_for(lab):
    """The workloads that are not as they are wanted, but for the one that shows that."""
    return [name for name in unready(lab) if name != NEVER_READY]


def masters(lab):
    return [machine for machine in lab.machines if machine.is_control_plane]


def pods_of(lab, namespace, name):
    return [pod for pod in lab.list("pods", namespace, f"app.kubernetes.io/name={name}") if ready(pod)]


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, report):
    """The last two steps of the cluster's README, after what the first gives the node of the volumes."""
    began = time.monotonic()
    applied = lab.kubectl.run("apply", "-k", str(lab.folder))
    warnings = [line for line in applied.stderr.splitlines() if line.startswith("Warning:")]
    one = len(warnings) == 1 and "secrets/memberlist is missing" in warnings[0]
    report.holds("`kubectl apply -k` warns of one thing: MetalLB has made the Secret of its speakers before", applied.returncode == 0 and one, applied.stderr)
    speakers = ["daemonset/speaker", "--namespace=metallb-system"]
    lab.kubectl("rollout", "restart", *speakers)
    lab.kubectl("rollout", "status", *speakers, "--timeout=300s")
    service = lambda: lab.answer("/api/v1/namespaces/traefik/services/traefik")
    addresses = lambda: service()["status"]["loadBalancer"].get("ingress", [])
    lab.wait("the controller has an address", addresses, 180)
    page = Page(addresses()[0]["ip"])
    lab.wait("the application answers", page.answers, 300)
    report.figure("the application answers at its address after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    lab.wait("every workload is ready", lambda: not waits_for(lab), 300)
    report.figure("every workload but the one that shows that it is not is ready after", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    seen = [json.loads(page.get()[1]) for _ in range(24)]
    pods = {pod["metadata"]["name"] for pod in pods_of(lab, APP, APP)}
    report.holds("below /springboot visitors get to both pods of the application", {view["pod"] for view in seen} == pods, str(seen))
    view = seen[0]
    report.holds("which sees their address", view["client"] == lab.own_address, str(view))
    report.holds("and the URL that they typed", view["url"] == f"http://{page.address}/springboot/", str(view))
    status, _ = page.get("/")
    report.holds("elsewhere there is nothing", status == 404, str(status))
    report.part("coming up")
    return page, Prometheus(lab.control_plane.address, PROMETHEUS)


def is_clean(lab, report):
    """Controllers have written to all that runs; what they wrote is nobody's mistake."""
    found = findings(lab.binary, lab.kubectl, but=[])
    report.holds("`check` finds nothing in what runs", not found, found)


def is_measured(lab, report):
    """metrics-server, which the API server asks as the front proxy."""
    nodes = {machine.name for machine in lab.machines}
    measured = lambda: {line.split()[0] for line in lab.kubectl.run("top", "nodes", "--no-headers").stdout.splitlines()}
    lab.wait("metrics-server tells of every node", lambda: measured() == nodes, 120, every=2)
    report.holds("`kubectl top` shows every node, by metrics-server behind the aggregation layer", True)
    report.part("metrics")


# ------------------------------------------------------------------------------------------------------------ monitoring


def is_watched(lab, prometheus, report):
    """What Prometheus reads by the rendered prometheus.yml, at the port of every node."""
    nodes = {machine.name: machine.address for machine in lab.machines}
    ports = {name: Prometheus(address, PROMETHEUS).answers() for name, address in nodes.items()}
    report.holds(f"Prometheus answers at port {PROMETHEUS} of every node", all(ports.values()), str(ports))
    try:
        lab.wait("Prometheus has read all of its targets", lambda: not reads_not(prometheus), 120, every=2)
    except AssertionError as problem:
        raise AssertionError(f"{problem}: {reads_not(prometheus)}") from None
    jobs = {}
    for target in prometheus.targets():
        jobs.setdefault(target["labels"]["job"], set()).add(target["scrapeUrl"])
    expected = {
        "kubernetes-nodes": {f"https://{address}:10250/metrics" for address in nodes.values()},
        "kubernetes-cadvisor": {f"https://{address}:10250/metrics/cadvisor" for address in nodes.values()},
        "node-exporter": {f"http://{address}:9100/metrics" for address in nodes.values()},
        "kube-scheduler": {f"https://{machine.address}:10259/metrics" for machine in masters(lab)},
        "kube-controller-manager": {f"https://{machine.address}:10257/metrics" for machine in masters(lab)},
        "kubernetes-apiservers": {f"https://{lab.control_plane.address}:6443/metrics"},
    }
    found = {job: jobs.get(job) for job in expected}
    report.holds("it reads every kubelet, their containers, every node-exporter and each part of the control plane", found == expected, str(found))
    others = {"prometheus", "kube-state-metrics", "kubernetes-service-endpoints", "kubernetes-pods"}
    report.holds("and kube-state-metrics, itself, and what asks for it by annotations", others <= set(jobs), str(set(jobs)))
    rules = prometheus.rules()
    report.holds("its rules evaluate", rules and all(rule["health"] == "ok" for rule in rules), str(rules))
    report.holds("it has found Alertmanager", len(prometheus.alertmanagers()) == 1, str(prometheus.alertmanagers()))
    queries = Prometheus.queries_of(lab.folder / "monitoring/configmap-grafana-dashboards.yaml")
    empty = [query for query in queries if not prometheus.query(query)]
    report.holds(f"each of the dashboard's {len(queries)} queries has an answer", not empty, str(empty))
    user, password = (lab.secret(MONITORING, "grafana-admin", key) for key in ("username", "password"))
    status = log_in(lab.workers[0].address, user, password)
    report.holds(f"Grafana lets its administrator in, at port {GRAFANA}", status == 200, str(status))
    report.holds("and nobody with another password", (status := log_in(lab.workers[0].address, user, "another")) == 401, str(status))
    report.part("monitoring")


def reads_not(prometheus):
    """What it should read and does not, and which rules it has not tried."""
    try:
        return prometheus.down() + [rule["name"] for rule in prometheus.rules() if rule["health"] == "unknown"]
    except OSError as problem:
        return [str(problem)]


def log_in(address, user, password):
    connection = http.client.HTTPConnection(address, GRAFANA, timeout=5)
    connection.request("POST", "/login", json.dumps({"user": user, "password": password}), {"Content-Type": "application/json"})
    return connection.getresponse().status


def node_of_volumes(lab):
    """The machine that has the volumes of monitoring."""
    labelled = {node["metadata"]["name"] for node in lab.list("nodes") if node["metadata"]["labels"].get("system.rule") == "monitoring"}
    [name] = labelled
    return lab.machine(name)


def keeps_its_volumes(lab, prometheus, report):
    """Directories of one node, and who may read them. What was written is there for the next pod."""
    machine = node_of_volumes(lab)
    where = {pod["spec"]["nodeName"] for name in ("prometheus", "grafana", "alertmanager") for pod in pods_of(lab, MONITORING, name)}
    report.holds(f"who watches is on {machine.name}, by its label", where == {machine.name}, str(where))
    modes = {path: machine("stat", "--format=%u %a", path).split() for path in OWNERS}
    closed = all(owner == OWNERS[path] and mode.endswith("0") for path, (owner, mode) in modes.items())
    report.holds("its directories are their users' and closed to others", closed, str(modes))
    deleted = time.time()
    lab.kubectl("delete", "pod", f"--namespace={MONITORING}", "--selector=app.kubernetes.io/name=prometheus")
    lab.wait("Prometheus is back", prometheus.answers, 120)
    report.figure("Prometheus' pod is deleted", f"another answers after {time.time() - deleted:.0f} s")
    [oldest] = prometheus.query("min_over_time(timestamp(up{job='prometheus'})[1h:10s])")
    report.holds("it has the samples from before", float(oldest["value"][1]) < deleted, str(oldest))
    report.part("volumes")


def takes_a_new_configuration(lab, prometheus, report):
    """Somebody changes the interval and renders: the digest at the pods is another, and `kubectl apply` has them made anew."""
    path = lab.folder / "monitoring/deployment-prometheus.yaml"
    text = path.read_text()
    checksum = next(line for line in text.splitlines() if "stackwright.dev/rolls-with:" in line)
    before = pods_of(lab, MONITORING, "prometheus")[0]["metadata"]["uid"]
    settings = lab.folder / "monitoring/configmap-prometheus.yaml"
    settings.write_text(settings.read_text().replace("scrape_interval: 10s", "scrape_interval: 20s"))
    path.write_text(text.replace(checksum, checksum.split(":")[0] + ": another"))
    lab.kubectl("apply", "-k", str(lab.folder))
    replaced = lambda: [pod for pod in pods_of(lab, MONITORING, "prometheus") if pod["metadata"]["uid"] != before]
    lab.wait("another pod of Prometheus is ready", replaced, 120)
    interval = prometheus.config()["global"]["scrape_interval"]
    report.holds("a changed configuration is in force after `kubectl apply -k`", interval == "20s", interval)
    report.part("a new configuration")


# --------------------------------------------------------------------------------------------------------------- shutting out


def strangers_are_kept_out(lab, report):
    """The policies between pods."""
    client_pod(lab, "stranger", "default", {"app": "stranger"}, ["sleep", "86400"])
    at = lambda namespace, name: pods_of(lab, namespace, name)[0]["status"]["podIP"]
    for what, address, port, may in (
        ("the application", at(APP, APP), 8080, False),
        ("Alertmanager", at(MONITORING, "alertmanager"), 9093, False),
        ("kube-state-metrics", at(MONITORING, "kube-state-metrics"), 8080, False),
        ("the controller", at("traefik", "traefik"), 8000, True),
        ("Grafana", at(MONITORING, "grafana"), 3000, True),
    ):
        word = "reaches" if may else "does not reach"
        report.holds(f"a stranger's pod {word} {what}", reaches(lab, "default", "stranger", address, port) == may)
    lab.kubectl("delete", "pod", "stranger", "--namespace=default", "--grace-period=1", "--wait=false")
    report.part("strangers")


# ----------------------------------------------------------------------------------------------------------- two to look at


def shows_an_end(lab, report):
    """A pod that is told to end: no endpoint any more first, then preStop, then the signal, all within its grace period."""
    pod = pods_of(lab, SHOWN, "termination")[0]["metadata"]["name"]
    log = subprocess.Popen(
        [lab.program("kubectl"), f"--kubeconfig={lab.kubeconfig}", "logs", f"--namespace={SHOWN}", "--follow", pod],
        stdout=subprocess.PIPE,
        text=True,
    )
    began = time.monotonic()
    lab.kubectl("delete", "pod", pod, f"--namespace={SHOWN}", "--wait=false")
    slices = f"/apis/discovery.k8s.io/v1/namespaces/{SHOWN}/endpointslices?labelSelector=kubernetes.io/service-name=termination"
    endpoints = lambda: {end["targetRef"]["name"]: end["conditions"] for thing in lab.answer(slices)["items"] for end in thing.get("endpoints") or []}
    lab.wait("the pod is no ready endpoint", lambda: not endpoints().get(pod, {}).get("ready"), 5, every=0.1)
    left = time.monotonic() - began
    still = endpoints().get(pod, {})
    report.holds("until it is gone it is an endpoint that terminates", still.get("terminating") is True, str(still))
    words = log.communicate(timeout=60)[0]
    took = time.monotonic() - began
    order = [words.find(word) for word in ("started", "preStop: no endpoint", "preStop: over", "SIGTERM", "ended")]
    report.holds("its log shows preStop, then the signal, then its end", -1 not in order and order == sorted(order), words)
    report.figure("a pod that shows its end is deleted", f"no endpoint any more after {left:.1f} s, its program has ended after {took:.0f} s")
    report.part("an end")


def shows_what_is_unavailable(lab, prometheus, report):
    """Its pods run, and the Deployment says why it is not available; a file makes it so."""
    deployment = lambda: lab.answer(f"/apis/apps/v1/namespaces/{SHOWN}/deployments/{NEVER_READY}")
    said = lambda: {each["type"]: (each["status"], each["reason"]) for each in deployment()["status"]["conditions"]}
    wanted = {"Available": ("False", "MinimumReplicasUnavailable"), "Progressing": ("False", "ProgressDeadlineExceeded")}
    lab.wait("the Deployment gives up", lambda: said() == wanted, 90, every=1)
    query = f'kube_deployment_status_replicas_unavailable{{deployment="{NEVER_READY}"}}'
    value = prometheus.query(query)
    report.holds("it says Available=False and Progressing=False, and Prometheus has it, too", value and value[0]["value"][1] == "1", str(value))
    touched = lab.kubectl.run("exec", f"--namespace={SHOWN}", f"deployment/{NEVER_READY}", "--", "touch", "/www/ready")
    assert touched.returncode == 0, touched.stderr
    took = lab.wait("it is available", lambda: said()["Available"][0] == "True", 60)
    report.figure("the file that its probe asks for is made", f"it is available after {took:.0f} s")
    report.part("unavailable")


# ---------------------------------------------------------------------------------------------------------------- losses


def loses_who_announces(lab, page, prometheus, report):
    """The worker that answers for the load balancer's address loses its power; the others hear no more of it, by the key that they share."""
    watches = node_of_volumes(lab)
    # With it would go who tells of it: the controller's pods run on the others.
    options = ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout=120s"]
    drained = lab.kubectl.run("drain", watches.name, "--pod-selector=app.kubernetes.io/name=traefik", *options)
    assert drained.returncode == 0, drained.stderr
    lab.wait("the controller is ready elsewhere", lambda: len(pods_of(lab, "traefik", "traefik")) == 2, 120, every=1)
    lab.kubectl("uncordon", watches.name)
    lab.wait("another node answers for the address", lambda: who_announces(lab, page) not in (None, watches), 60, every=0.5)
    machine = who_announces(lab, page)
    visitors = Visitors(page)
    time.sleep(5)
    began = time.monotonic()
    machine.power_off()
    lab.wait("another node answers for the address", lambda: (who_announces(lab, page) or machine) is not machine, 60, every=0.5)
    moved = time.monotonic() - began
    lab.wait("the worker is missed", lambda: not is_ready_node(lab, machine), 120)
    time.sleep(15)
    missed = visitors.since(began)
    report.figure(f"the worker that answers for the address loses its power: another does after {moved:.0f} s", missed)
    last = visitors.since(time.monotonic() - 10)
    report.holds("once it is missed, nobody notices any more", last.startswith("none"), last)
    if WHOLE:
        lab.wait("the alert fires", lambda: any(alert["state"] == "firing" for alert in prometheus.alerts("NodeGone")), 240, every=1)
        report.figure("Prometheus' alert that the node is gone fires", f"after {time.monotonic() - began:.0f} s")
    machine.power_on()
    lab.platform.boot(machine)
    lab.kubernetes.enforce_policies(machine)
    began = time.monotonic()
    lab.wait("the worker is back", lambda: is_ready_node(lab, machine), 120)
    lab.wait("all is well", lambda: page.answers() and not waits_for(lab), 240)
    report.figure("it comes back", f"all is well after {time.monotonic() - began:.0f} s")
    report.part("losing who announces")


def who_announces(lab, page):
    """The machine whose network card answers for the address, if any does."""
    subprocess.run(["ip", "neigh", "flush", "to", page.address], check=True)
    page.answers()
    seen = subprocess.run(["ip", "-json", "neigh", "show", "to", page.address], capture_output=True, text=True, check=True).stdout
    answering = {entry["lladdr"] for entry in json.loads(seen or "[]") if "lladdr" in entry}
    return next((machine for machine in lab.machines if cards(machine) & answering), None)


def cards(machine):
    """The addresses of a machine's network cards; none of one without power."""
    links = machine.run("ip", "-json", "link", "show")
    return {link["address"] for link in json.loads(links.stdout)} if links.returncode == 0 else set()
