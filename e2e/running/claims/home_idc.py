"""home-idc: an application behind a host of its own, whose public address changes, on machines of two networks."""

import json
import secrets
import ssl
import threading
import time

import yaml

import monitoring
import releases
from dump import findings
from edge import Edge
from internet import SECOND, Internet
from lab import WHOLE, is_ready_node, ready, restarts, unready
from logs import Leaks
from platforms.kubespray import Kubespray
from pods import client_pod, reaches
from prometheus import PrometheusInPod
from prometheus_chart import start_prometheus_chart
from strangers import connects
from visitor import Site, Visitors

CLUSTER, PLATFORM = "home-idc", Kubespray
RELEASES = ("traefik.yaml", "grafana.yaml", "prometheus.yaml")
BACKEND, PODS, APP = "backend", "app.kubernetes.io/name=wwwm-spring-be", "wwwm-spring-be"
TRAEFIK_PODS = "app.kubernetes.io/name=traefik"
GRAFANA = 30200


def give(lab):
    """The two secrets that are a person's to give: who may change the name's record, and where people are told of alerts."""
    monitoring.give_receiver(lab)
    path = token_file(lab)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(secrets.token_urlsafe(30) + "\n")


def token_file(lab):
    return lab.folder / "secrets/ddns/token"


def other_images(lab):
    """None beside those that the objects name."""
    return set()


def prove(lab, report):
    internet, edge = front(lab, report)
    site = Site(internet.name, internet.leads_to, internet.root, comes_from=internet.VISITOR)
    comes_up(lab, site, report)
    leaks = Leaks(lab)
    is_clean(lab, report)
    prometheus = PrometheusInPod(lab, monitoring.NAMESPACE, monitoring.SERVER)
    monitoring.is_watched(lab, prometheus, report, services=[APP])
    passes_every_hop(lab, edge, site, internet, report)
    strangers_are_kept_out(lab, edge, report)
    visitors = Visitors(site)
    parts_in_peace(lab, site, visitors, report)
    loses_the_controller(lab, site, visitors, report)
    worker, began = loses_a_worker(lab, prometheus, visitors, report)
    # While people wait to be told of it.
    loses_its_address(internet, edge, site, visitors, report)
    if WHOLE:
        monitoring.tells_of_loss(lab, worker, began, report)
    gets_the_worker_back(lab, prometheus, worker, site, report)
    found = leaks.look()
    report.holds(f"none is found of {len(leaks.values)} secret values, looked for in all logs and in the list of processes all the time", not found, str(found))


def app_pods(lab):
    return [pod for pod in lab.list("pods", BACKEND, PODS) if ready(pod)]


def is_well(lab, site):
    return site.answers() and not unready(lab)


# ------------------------------------------------------------------------------------------------------ the host in front


def front(lab, report):
    """What bootstrap.sh does after Kubernetes is installed: the host in front is given its firewall, dynamic DNS, proxy and certificate."""
    settings = json.loads((lab.folder / "machines/ddns/edge.json").read_text())
    [record] = settings["records"]
    sources = [source.removeprefix("https://") for source in settings["sources"]]
    internet = Internet(lab, record["name"], record["zone"], token_file(lab).read_text().strip(), sources)
    internet.start()
    edge = Edge(lab, internet)
    edge.start()
    began = time.monotonic()
    said = edge.is_given()
    what = [line.split(": ", 1)[1] for line in said.splitlines() if line.startswith(f"{edge.machine.name}: ")]
    report.figure(f"the host in front is given {', '.join(what)}", f"after {time.monotonic() - began:.0f} s")
    report.holds("an authority saw by HTTP that the name leads there, and gave a certificate", f"got a certificate for {internet.name}" in said, said)
    again = edge.is_given()
    nothing = all(f"{step}: nothing changed" in again for step in ("firewalld", "nginx", "certbot")) and "changed:" not in again
    report.holds("given it again, it changes nothing", nothing, again)
    report.part("the host in front")
    return internet, edge


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, site, report):
    """The last two steps of the cluster's README: its objects, and its releases, one after the other."""
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(lab.folder))
    releases.start_traefik(lab)
    start_prometheus_chart(lab, "prometheus", "monitoring")
    releases.start_grafana(lab, "prometheus-grafana", "monitoring")
    lab.wait("the application answers by its name", site.answers, 300)
    report.figure("the application answers by its name after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    lab.wait("every workload is ready", lambda: not unready(lab), 300)
    report.figure("every workload is ready after", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    report.part("coming up")


def is_clean(lab, report):
    """Controllers have written to all that runs; what they wrote is nobody's mistake. In `monitoring` and `traefik` a chart's objects are the lab's."""
    found = findings(lab.binary, lab.kubectl, but=["monitoring", "traefik"])
    report.holds("`check` finds nothing in what runs", not found, found)


# --------------------------------------------------------------------------------------------------------- hop by hop


def passes_every_hop(lab, edge, site, internet, report):
    """What a request has become when it arrives, and by which ways it comes."""
    workers = {machine.name for machine in lab.workers}
    nodes = {pod["spec"]["nodeName"] for pod in app_pods(lab)}
    report.holds("the application has a pod on each worker", nodes == workers, str(nodes))
    seen = [json.loads(site.get()[2]) for _ in range(24)]
    pods = {pod["metadata"]["name"] for pod in app_pods(lab)}
    report.holds("by the name, over TLS, visitors get to the pod of each worker", {view["pod"] for view in seen} == pods, str(seen))
    view = seen[0]
    report.holds("the application knows the URL that its visitors see", view["url"] == f"https://{site.host}/", str(view))
    report.holds("and their address, past a proxy, a node port and the controller", {view["client"] for view in seen} == {site.comes_from}, str(view))
    forged = json.loads(site.get(headers={"X-Forwarded-For": "192.0.2.99", "X-Forwarded-Proto": "http", "X-Real-IP": "192.0.2.99"})[2])
    real = forged["client"] == site.comes_from and forged["url"] == f"https://{site.host}/"
    report.holds("what a visitor claims of the way counts for nothing", real, str(forged))

    ask = ["curl", "--silent", "--max-time", "5", "--output", "/dev/null", "--write-out", "%{http_code}", "--header", f"Host: {site.host}"]
    ingress = yaml.safe_load((lab.folder / "releases/traefik.yaml").read_text())["ports"]["web"]["nodePort"]
    answers = {machine.name: edge.machine(*ask, f"http://{machine.address}:{ingress}/") for machine in lab.machines}
    report.holds("the node port of each node, of both networks, leads there", set(answers.values()) == {"200"}, str(answers))

    status, headers, _ = site.get("/a?b=c", plain=True)
    report.holds("HTTP leads to HTTPS", (status, headers["Location"]) == (308, f"https://{site.host}/a?b=c"), f"{status} {headers['Location']}")
    status, headers, _ = site.get("/moved")
    report.holds("where the application sends its visitors is an address of theirs", headers["Location"] in ("/", f"https://{site.host}/"), f"{status} {headers['Location']}")
    size = 9 << 20
    status, _, body = site.request("POST", "/upload", bytes(size), timeout=60)
    report.holds("9 MiB are taken", (status, json.loads(body)) == (200, {"bytes": size}), f"{status} {body[:100]}")
    report.holds("11 MiB are refused in front", refuses_a_large_body(site))
    stranger = Site("elsewhere.example.com", site.find, site.certificate, site.comes_from)
    try:
        other = stranger.get()
    except ssl.SSLError as problem:
        other = problem
    report.holds("whoever asks for another name gets no certificate", isinstance(other, ssl.SSLError) and "UNRECOGNIZED_NAME" in str(other).upper().replace(" ", "_"), str(other))

    own, elsewhere = ({"Origin": f"https://{host}:{GRAFANA}"} for host in (site.host, "elsewhere.example.com"))
    user, password = (lab.secret("monitoring", "grafana-admin", key) for key in ("username", "password"))
    status, headers, _ = site.request("POST", "/login", json.dumps({"user": user, "password": password}), own, port=GRAFANA)
    report.holds("Grafana lets its administrator in, at its port of the same name", status == 200, str(status))
    # Its rule is about who is logged in.
    session = {"Cookie": headers["Set-Cookie"].split(";")[0]}
    status, _, _ = site.request("POST", "/api/dashboards/db", "{}", {**session, **own}, port=GRAFANA)
    report.holds("it takes what its own page sends: Origin and Host are one to it", status == 200, str(status))
    status, _, _ = site.request("POST", "/api/dashboards/db", "{}", {**session, **elsewhere}, port=GRAFANA)
    report.holds("and refuses what another site's page sends", status == 403, str(status))
    report.part("hop by hop")


def refuses_a_large_body(site):
    """Whether the proxy says that a body is too large: before it has been sent, so the connection may be closed under the sender."""
    try:
        return site.request("POST", "/upload", bytes(11 << 20), timeout=60)[0] == 413
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
        return site.request("POST", "/upload", b"", {"Content-Length": str(11 << 20)}, timeout=60)[0] == 413


def strangers_are_kept_out(lab, edge, report):
    """The host's firewall towards the home's networks, and the policies between pods."""
    public = edge.internet.public
    listening = {22: False, 443: True, 8443: False, 30200: True, 30080: False}
    opened = {port: connects(public, port, edge.internet.VISITOR) for port in listening}
    report.holds("from outside three ports are open, which the router forwards", opened == listening, str(opened))
    edge.machine.start_program("listener", "python3", "-m", "http.server", "--bind", edge.machine.address, "--directory", "/run/units", "9000")
    edge.machine.await_success("bash", "-c", f"exec 3<>/dev/tcp/{edge.machine.address}/9000")
    inside = {port: connects(edge.machine.address, port, lab.own_address) for port in (9000, 8443)}
    edge.machine.end_program("listener")
    (edge.machine.folder / "listener.pid").unlink()
    report.holds("the host's firewall lets in to nginx, and to nothing that is not said", inside == {9000: False, 8443: True}, str(inside))

    idle = ["sleep", "86400"]
    client_pod(lab, "stranger", "default", {"app": "stranger"}, idle)
    address = app_pods(lab)[0]["status"]["podIP"]
    for port, what in ((8080, "the application"), (8081, "what its probes ask")):
        report.holds(f"a stranger's pod does not reach {what}", not reaches(lab, "default", "stranger", address, port))
    traefik = next(pod for pod in lab.list("pods", "traefik", TRAEFIK_PODS) if ready(pod))["status"]["podIP"]
    report.holds("it reaches the controller, as anyone does", reaches(lab, "default", "stranger", traefik, 8000))
    lab.kubectl("delete", "pod", "stranger", "--namespace=default", "--grace-period=1", "--wait=false")
    report.part("strangers")


# --------------------------------------------------------------------------------------------------------------- parting


def parts_in_peace(lab, site, visitors, report):
    """Pods end while they are asked: by a new rollout, and in the middle of an answer."""
    began = time.monotonic()
    lab.kubectl("rollout", "restart", f"deployment/{APP}", f"--namespace={BACKEND}")
    lab.kubectl("rollout", "status", f"deployment/{APP}", f"--namespace={BACKEND}", "--timeout=600s")
    took = time.monotonic() - began
    words = visitors.since(began)
    report.figure("every pod of the application is replaced", f"after {took:.0f} s; {words}")
    report.holds("no visitor sees an error by it", not visitors.failed(began), str(visitors.failed(began)))

    answers = []
    slow = threading.Thread(target=lambda: answers.append(site.get("/slowly?seconds=12", timeout=40)))
    slow.start()
    time.sleep(2)
    began = time.monotonic()
    lab.kubectl("delete", "pods", f"--namespace={BACKEND}", f"--selector={PODS}", "--wait=false")
    slow.join()
    report.holds("a request of 12 seconds is answered by a pod that was told to end in the middle of it", answers and answers[0][0] == 200, str(answers))
    lab.wait("all is well", lambda: is_well(lab, site), 240)
    report.figure("both pods of the application are deleted at once", f"all is well after {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    report.part("parting")


# ---------------------------------------------------------------------------------------------------------------- losses


def loses_the_controller(lab, site, visitors, report):
    """Each pod of the Ingress controller is killed at once."""
    began = time.monotonic()
    lab.kubectl.run("delete", "pods", "--namespace=traefik", f"--selector={TRAEFIK_PODS}", "--grace-period=0", "--force")
    lab.wait("all is well", lambda: is_well(lab, site), 240)
    report.figure("both pods of the Ingress controller are killed at once", f"all is well after {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    report.part("losing the controller")


def loses_a_worker(lab, prometheus, visitors, report):
    """A worker loses its power. Returns it, and when that was."""
    worker = monitoring.to_lose(lab, prometheus)
    began = time.monotonic()
    worker.power_off()
    lab.wait("the worker is missed", lambda: not is_ready_node(lab, worker), 120)
    report.figure("a worker loses its power", f"it is missed after {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    time.sleep(30)
    last = visitors.since(time.monotonic() - 20)
    report.holds("half a minute after it was missed, nobody notices any more", last.startswith("none"), last)
    report.part("losing a worker")
    return worker, began


def gets_the_worker_back(lab, prometheus, worker, site, report):
    """It is turned on again."""
    began = time.monotonic()
    worker.power_on()
    lab.platform.boot(worker)
    lab.kubernetes.enforce_policies(worker)
    lab.wait("the worker is back", lambda: is_ready_node(lab, worker), 120)
    lab.wait("all is well", lambda: is_well(lab, site), 240)
    lab.wait("nothing is alerted", lambda: not prometheus.alerts("NodeGone"), 180, every=1)
    report.figure("the worker comes back", f"all is well, and nothing is alerted, after {time.monotonic() - began:.0f} s")
    report.part("the worker's return")


def loses_its_address(internet, edge, site, visitors, report):
    """The provider gives the router another address; dynamic DNS finds out at its timer's next time."""
    before = dict(internet.world.records[0])
    began = time.monotonic()
    internet.gets_address(SECOND)
    gone = not site.answers()
    said = edge.tells_dns()
    report.holds("with another public address nobody finds the way, until dynamic DNS tells it", gone and f"changed from {before['content']} to {SECOND}" in said, said)
    deadline = time.monotonic() + 30
    while not site.answers():
        assert time.monotonic() < deadline, "no visitor finds the new address"
        time.sleep(0.2)
    after = internet.world.records[0]
    report.holds("of the record only the address is another", {**before, "content": SECOND} == after, str(after))
    again = edge.tells_dns()
    report.holds("told again, it stays", f"stays {SECOND}" in again, again)
    report.figure("the public address changes", f"dynamic DNS, when its timer runs it, needs {time.monotonic() - began:.0f} s; {visitors.since(began)}")
    report.part("losing the address")
