"""k3s-course: a page that an autoscaler watches, on two nodes with a firewall each, and Prometheus that watches all of it."""

import subprocess
import time

import yaml

import prometheus_operator
import releases
from autoscaling import Wanted, are_one_by_one, in_words
from dump import findings
from lab import is_ready_node, ready, restarts, unready
from logs import Leaks
from page import Page
from overlay import hardware_address
from platforms.k3s import K3s
from prometheus import Prometheus
from strangers import connects, hears
from visitor import Visitors

CLUSTER, PLATFORM = "k3s-course", K3s
RELEASES = ("kube-prometheus-stack.yaml", "grafana.yaml")
COURSE, PODS, AUTOSCALER = "course", "app.kubernetes.io/name=test", "test-hpa"


def give(lab):
    """A person gives nothing: the renderer makes all secrets."""


def other_images(lab):
    """What the operator gives to each Prometheus."""
    return {"quay.io/prometheus-operator/prometheus-config-reloader:v0.85.0"}


def prove(lab, report):
    page, prometheus = comes_up(lab, report)
    leaks = Leaks(lab)
    is_clean(lab, report)
    lets_in_whom_it_should(lab, report)
    is_watched(lab, prometheus, report)
    everywhere = Visitors(page)
    loaded, wanted = scales_up(lab, page, prometheus, everywhere, report)
    loses_its_load(lab, loaded, wanted, everywhere, report)
    loses_a_node(lab, page, prometheus, report)
    found = leaks.look()
    report.holds(f"none is found of {len(leaks.values)} secret values, looked for in all logs and in the list of processes all the time", not found, str(found))


def course_pods(lab):
    return [pod for pod in lab.list("pods", COURSE, PODS) if ready(pod)]


def autoscaler(lab):
    return lab.answer(f"/apis/autoscaling/v2/namespaces/{COURSE}/horizontalpodautoscalers/{AUTOSCALER}")


def service_port(lab, namespace, name):
    """The port of every node at which a rendered or released Service is found."""
    return lab.answer(f"/api/v1/namespaces/{namespace}/services/{name}")["spec"]["ports"][0]["nodePort"]


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, report):
    """The last two steps of the cluster's README: its objects, and its release with what waits for it."""
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(lab.folder))
    page = Page({machine.name: machine.address for machine in lab.machines}, service_port(lab, COURSE, "test"))
    releases.start_prometheus(lab, "prometheus", "monitoring")
    releases.start_grafana(lab, "prometheus", "monitoring", part=["grafana"])
    lab.kubectl("apply", "-k", str(lab.folder / "after-prometheus"))
    lab.wait("the page answers by every node", lambda: all(page.answers_at(node) for node in page.nodes), 180)
    report.figure("the page answers by both nodes after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    fewest = autoscaler(lab)["spec"]["minReplicas"]
    prometheus = Prometheus(lab.control_plane.address, service_port(lab, "monitoring", "prometheus-kube-prometheus-prometheus"))
    has_prometheus = lambda: lab.list("statefulsets", "monitoring") and prometheus.answers()
    lab.wait("every workload is ready", lambda: len(course_pods(lab)) == fewest and has_prometheus() and not unready(lab), 300)
    report.figure("every workload is ready after", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    nodes = {pod["spec"]["nodeName"] for pod in course_pods(lab)}
    report.holds("the page has a pod on each node", nodes == {machine.name for machine in lab.machines}, str(nodes))
    pods = {(pod["spec"]["nodeName"], pod["metadata"]["name"]) for pod in course_pods(lab)}
    for node in page.nodes:
        seen = [page.get(node) for _ in range(12)]
        report.holds(f"by {node} the page names a pod that there is, and its node", {(view.node, view.pod) for view in seen} <= pods, str(seen))
    numbers = {}
    for _ in range(12):
        view = page.get(next(iter(page.nodes)))
        numbers.setdefault(view.pod, []).append(view.visitor)
    counts = all(later > earlier for visits in numbers.values() for earlier, later in zip(visits, visits[1:]))
    report.holds("each pod counts its own visitors", counts and max(map(len, numbers.values())) > 1, str(numbers))
    report.part("coming up")
    return page, prometheus


def is_clean(lab, report):
    """Controllers have written to all that runs; what they wrote is nobody's mistake. In `monitoring` a chart's objects are the lab's."""
    # The Deployment asks for whole CPUs, the lab's nodes have quarters.
    found = findings(lab.binary, lab.kubectl, but=["monitoring"], of_the_machine=["cluster-overcommit", "pod-fits-no-node"])
    report.holds("`check` finds nothing in what runs", not found, found)


# ------------------------------------------------------------------------------------------------------------- firewall


def lets_in_whom_it_should(lab, report):
    """The nodes' firewalls, as they are in force all the time."""
    server, agent = lab.control_plane, lab.workers[0]
    home, stranger = lab.own_address, lab.outside.ADDRESS
    pod = next(pod for pod in course_pods(lab) if pod["spec"]["nodeName"] == server.name)
    page = service_port(lab, COURSE, "test")
    prometheus = service_port(lab, "monitoring", "prometheus-kube-prometheus-prometheus")
    # Somebody who tries the way by a node to what is behind it.
    subprocess.run(["ip", "route", "add", pod["status"]["podIP"], "via", server.address], check=True)
    for what, address, port, who_may in (
        ("the API server", server.address, 6443, {"home", "a node"}),
        ("a kubelet", server.address, 10250, {"a node"}),
        ("node-exporter", server.address, 9100, {"a node"}),
        ("the page by the server", server.address, page, {"home", "a stranger", "a node"}),
        ("the page by the agent", agent.address, page, {"home", "a stranger"}),
        ("Prometheus", server.address, prometheus, {"home", "a node"}),
        ("a pod around its Service", pod["status"]["podIP"], 8080, {"a node"}),
    ):
        asks = {"home": lambda: connects(address, port, home), "a stranger": lambda: connects(address, port, stranger)}
        if address != agent.address:
            asks["a node"] = lambda: agent.run("timeout", "3", "bash", "-c", f"exec 3<>/dev/tcp/{address}/{port}").returncode == 0
        may = {who for who, ask in asks.items() if ask()}
        report.holds(f"{what} is reached by {', '.join(sorted(who_may))} and nobody else", may == who_may, f"by {', '.join(sorted(may))}")
    heard = hears(server, "flannel.1", hardware_address(server), {"home": home, "a stranger": stranger}, agent)
    report.holds("what claims to be of Flannel's network gets in from nodes and nobody else", heard == {"a node"}, f"from {heard}")
    name = next(pod["metadata"]["name"] for pod in course_pods(lab) if pod["spec"]["nodeName"] == agent.name)
    there = lab.exec(COURSE, name, "python", "-c", "import socket; print(socket.gethostname())").stdout.strip()
    report.holds("a command runs in a pod of the other node", there == name, there)
    report.part("firewall")


# ------------------------------------------------------------------------------------------------------------ monitoring


def is_watched(lab, prometheus, report):
    """What Prometheus reads, by the ServiceMonitor and the rules that are rendered."""
    pods = {pod["metadata"]["name"] for pod in course_pods(lab)}
    up = lambda: {series["metric"]["pod"] for series in prometheus.query(f'up{{namespace="{COURSE}"}} == 1')}
    lab.wait("Prometheus reads every pod of the page", lambda: up() == pods, 120)
    report.holds("Prometheus reads every pod of the page", True)
    prometheus_operator.is_watched(lab, prometheus, report, {"test", "kubelet", "kube-state-metrics", "node-exporter"})
    values = yaml.safe_load((lab.folder / "releases/prometheus.yaml").read_text())["prometheus"]["prometheusSpec"]
    config, flags = prometheus.config(), prometheus.flags()
    as_asked = config["global"]["scrape_interval"] == values["scrapeInterval"] and flags["storage.tsdb.retention.time"] == values["retention"]
    report.holds("its interval and its retention are those of the values", as_asked, f"{config['global']} {flags}")
    report.part("monitoring")


# -------------------------------------------------------------------------------------------------------------- scaling


def scales_up(lab, page, prometheus, visitors, report):
    """Every pod is put under load by the page's form, until there are as many as there may be. Returns those pods, and who watches."""
    hpa = autoscaler(lab)["spec"]
    fewest, most = hpa["minReplicas"], hpa["maxReplicas"]
    known = lambda: autoscaler(lab)["status"].get("currentMetrics", [{}])[0].get("resource", {}).get("current", {}).get("averageUtilization")
    lab.wait("the autoscaler knows the load", lambda: known() is not None, 120)
    lab.wait(f"without load there are {fewest} pods", lambda: autoscaler(lab)["status"]["desiredReplicas"] == len(course_pods(lab)) == fewest, 300)
    wanted = Wanted(lab, COURSE, AUTOSCALER)
    form = page.form()
    began = time.monotonic()
    loaded = set()
    while len(loaded) < fewest:
        loaded |= page.load(form, form.longest)
        assert time.monotonic() < began + 60, f"only {loaded} take a load"
    steps = wanted.since(began, most, 300)
    one_by_one = are_one_by_one(steps, range(fewest + 1, most + 1), hpa["behavior"]["scaleUp"]["policies"])
    report.holds("pods are added one by one, at the pace that is rendered", one_by_one, in_words(steps, began))
    lab.wait("the new pods are ready", lambda: len(course_pods(lab)) == most, 60)
    report.figure(f"`POST /load` to each of {fewest} pods: the autoscaler wants {in_words(steps, began)}", visitors.since(began))
    turns_nobody_away(visitors, began, report, "while pods were added")

    queries = prometheus.queries_of(lab.folder / "course/configmap-dashboard-course.yaml")
    answered = lambda: {query: prometheus.query(query) for query in queries}
    lab.wait("each query of the dashboard has an answer", lambda: all(answered().values()), 60, every=1)
    report.holds(f"each of the dashboard's {len(queries)} queries has an answer", True)
    cpu = prometheus.query(next(query for query in queries if "container_cpu_usage_seconds_total" in query))
    # A pod may take half a core, which is what is left of two: platforms/k3s.py.
    busy = {series["metric"]["pod"] for series in cpu if float(series["value"][1]) > 0.25}
    report.holds("Prometheus sees the load on the pods that have it", busy == loaded, f"{busy} {loaded} {cpu}")
    lab.wait("an alert is under way", lambda: prometheus.alerts("AutoscalerAtMaximum"), 60, every=1)
    report.holds("at the maximum AutoscalerAtMaximum is pending or fires", True)
    report.part("scaling up")
    return loaded, wanted


def turns_nobody_away(visitors, began, report, when):
    """Whether all is well that was asked since then; whoever still waited was waited for."""
    failed = [round(at - began) for at in visitors.failed(began)]
    report.holds(f"no visitor was turned away {when}", not failed, f"those after {failed} s were")


def loses_its_load(lab, loaded, wanted, visitors, report):
    """The pods under load are killed, which ends their load; a node is drained; and the autoscaler takes pods away."""
    hpa = autoscaler(lab)["spec"]
    fewest, most = hpa["minReplicas"], hpa["maxReplicas"]
    down = hpa["behavior"]["scaleDown"]
    ended = time.monotonic()
    lab.kubectl.run("delete", "pods", *sorted(loaded), f"--namespace={COURSE}", "--grace-period=0", "--force")
    is_well = lambda: len(course_pods(lab)) == most and not loaded & {pod["metadata"]["name"] for pod in course_pods(lab)}
    lab.wait("pods that were killed under load come back", is_well, 90)
    report.figure("pods are killed under load", f"there are {most} again after {time.monotonic() - ended:.0f} s; {visitors.since(ended)}")

    agent = lab.workers[0]
    there = [pod for pod in course_pods(lab) if pod["spec"]["nodeName"] == agent.name]
    report.holds("the node that is drained has pods that may not all go at once", len(there) > 1, str(len(there)))
    began = time.monotonic()
    drained = lab.kubectl.run("drain", agent.name, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=120s")
    report.holds("the node is drained", drained.returncode == 0, drained.stderr)
    report.holds("the budget makes the drain wait", "disruption budget" in drained.stderr, drained.stderr)
    lab.kubectl("uncordon", agent.name)
    report.figure(f"a node with {len(there)} pods of the page is drained", f"after {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    turns_nobody_away(visitors, began, report, "by the drain")

    steps = wanted.since(ended, fewest, 600)
    one_by_one = are_one_by_one(steps, range(most - 1, fewest - 1, -1), down["policies"])
    report.holds("pods are taken away one by one, at the pace that is rendered", one_by_one, in_words(steps, ended))
    window, first = down["stabilizationWindowSeconds"], steps[most - 1]
    # The window begins when the autoscaler last saw the load, which may have been two of its periods before the end.
    report.holds(f"no pod is taken away in the first {window - 30} s after the load: the window is {window} s", first - ended > window - 30, in_words(steps, ended))
    lab.wait("the pods are gone", lambda: len(lab.list("pods", COURSE, PODS)) == fewest, 60)
    report.figure(f"after the load the autoscaler wants {in_words(steps, ended)}", visitors.since(began))
    turns_nobody_away(visitors, began, report, "while pods were taken away")
    report.part("scaling down")


# --------------------------------------------------------------------------------------------------------------- losses


def loses_a_node(lab, page, prometheus, report):
    """The agent loses its power, and comes back."""
    agent, server = lab.workers[0], lab.control_plane
    visitors = Visitors(page.by(server.name))
    began = time.monotonic()
    agent.power_off()
    lab.wait("the agent is missed", lambda: not is_ready_node(lab, agent), 120)
    lab.wait("the page answers by the server", lambda: visitors_are_well(visitors), 60)
    report.figure("the agent loses its power: the page answers by the server", f"always after {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    lab.wait("an alert is under way", lambda: {alert["labels"]["node"] for alert in prometheus.alerts("NodeGone")} == {agent.name}, 90, every=1)
    report.holds("NodeGone is pending or fires, for the agent", True)
    agent.power_on()
    lab.platform.boot(agent)
    lab.kubernetes.enforce_policies(agent)
    lab.wait("the agent is back", lambda: is_ready_node(lab, agent), 120)
    lab.wait("all is well", lambda: not unready(lab) and all(page.answers_at(node) for node in page.nodes), 120)
    lab.wait("the alert ends", lambda: not prometheus.alerts("NodeGone"), 60, every=1)
    report.figure("the agent comes back", f"all is well, and nothing is alerted, after {time.monotonic() - began:.0f} s")
    report.part("losing a node")


def visitors_are_well(visitors):
    """Whether the last five visits went well."""
    last = list(visitors.visits)[-5:]
    return len(last) == 5 and all(went_well for _, went_well, _ in last)
