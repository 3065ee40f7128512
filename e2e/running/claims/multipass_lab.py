"""multipass-lab: instances inside one computer, which sends on what people reach; databases outside Kubernetes; a pipeline's rights."""

import json
import re
import subprocess
import time

import prometheus_operator
import releases
from computer import Computer, table
from dump import findings
from lab import HERE, is_ready_node, manifest, ready, restarts, unready
from logs import Leaks
from machines import Machine
from outside_database import DatabaseHost
from pipeline import PipelineHost
from platforms.k3s import K3s
from pods import client_pod, reaches
from prometheus import PrometheusInPod

CLUSTER, PLATFORM = "multipass-lab", K3s
RELEASES = ("kube-prometheus-stack.yaml", "alertmanager.yaml", "grafana.yaml", "database-client.yaml")
APPS, PODS = "apps", "app.kubernetes.io/name=apps"
MYSQL, MONGODB = "mysql.apps.svc", "mongodb.apps.svc"
GRAFANA, JENKINS = 30060, 8080
RULES, UNIT, SOMEBODYS = "inet stackwright-forwards", "forwards-firewall.service", "ip somebody"
# Somebody else's rules on the computer, such as Docker's.
FOREIGN = """
table ip somebody {
  chain arriving { type nat hook prerouting priority dstnat; tcp dport 8081 dnat to 172.17.0.2:80; }
  chain through { type filter hook forward priority filter; tcp dport 25 drop; }
}
"""


def give(lab):
    """A person gives nothing: the renderer makes all secrets."""


def other_images(lab):
    """What the operator gives to Prometheus and to Alertmanager."""
    return {"quay.io/prometheus-operator/prometheus-config-reloader:v0.85.0"}


def prove(lab, report):
    leaks = Leaks(lab)
    computer, foreign, visitor = people_arrive(lab, report)
    hosts = are_given_their_own(lab, report)
    prometheus = comes_up(lab, report)
    is_clean(lab, report)
    is_forwarded(lab, computer, foreign, visitor, report)
    deploys(lab, hosts["ops"], leaks, report)
    asks_the_database(lab, report)
    strangers_are_kept_out(lab, hosts["nfs"], visitor, report)
    shares_a_claim(lab, report)
    is_watched(lab, prometheus, report)
    loses_an_instance(lab, prometheus, computer, visitor, report)
    found = leaks.look()
    report.holds(f"none is found of {len(leaks.values)} secret values, looked for in all logs and in the list of processes all the time", not found, str(found))


# ----------------------------------------------------------------------------------------------- the computer and its hosts


def people_arrive(lab, report):
    """The computer's network for the instances and its forwards, beside somebody else's rules; and a visitor at home, beside the computer."""
    subprocess.run(["nft", "--file", "-"], input=FOREIGN, text=True, check=True)
    foreign = table(SOMEBODYS)
    computer = Computer(lab)
    computer.start()
    computer.is_given()
    rules = table(RULES)
    again = computer.is_given()
    report.holds("given it again, the computer has the same forwards", table(RULES) == rules, again)
    nic = {"network": "lan", "interface": "eth0", "addresses": [str(computer.lan.network[9])]}
    visitor = Machine({"name": "visitor", "nics": [nic], "memory": 512, "cpus": 1}, lab.work, {"lan": computer.lan})
    visitor.start(lab.own_address)
    report.part("the computer")
    return computer, foreign, visitor


def are_given_their_own(lab, report):
    """Beside the nodes: the database, by its step; what answers at MongoDB's and Jenkins' ports is a stand-in for each."""
    nfs, ops = DatabaseHost(lab, lab.machine("nfs")), PipelineHost(lab, lab.machine("ops"))
    nfs.start()
    began = time.monotonic()
    said = nfs.is_given("MySQL")
    report.figure(f"MySQL {nfs.version()} is set up by its step", f"after {time.monotonic() - began:.1f} s")
    report.holds("its account comes in from the instances' network, by TLS", "apps comes into apps from 10.120.52.0, by TLS" in said, said)
    again = nfs.is_given("MySQL")
    report.holds("given it again, it changes nothing", "changed:" not in again and "started:" not in again, again)
    at = nfs.listening(3306)
    report.holds("it listens at its address of the instances' network, and nowhere else", at == {nfs.machine.address} and not nfs.listening(33060), str(at))
    ops.start()
    nfs.listen("instead-of-mongodb", 27017)
    ops.listen("instead-of-jenkins", JENKINS)
    report.part("the hosts")
    return {"nfs": nfs, "ops": ops}


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, report):
    """The steps of the cluster's README: its objects, and its release with what waits for it."""
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(lab.folder))
    releases.start_prometheus(lab, "prometheus", "monitoring", "alertmanager.yaml")
    releases.start_grafana(lab, "prometheus", "monitoring", part=["grafana"])
    lab.kubectl("apply", "-k", str(lab.folder / "after-prometheus"))
    prometheus = PrometheusInPod(lab, "monitoring", "app.kubernetes.io/name=prometheus")
    has_both = lambda: len(lab.list("statefulsets", "monitoring")) == 2
    lab.wait("every workload is ready", lambda: has_both() and not unready(lab) and prometheus.answers(), 300, every=1)
    report.figure("every workload is ready after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    report.part("coming up")
    return prometheus


def is_clean(lab, report):
    """Controllers have written to all that runs; what they wrote is nobody's mistake. In `monitoring` a chart's objects are the lab's."""
    found = findings(lab.binary, lab.kubectl, but=["monitoring"], of_the_machine=["cluster-overcommit", "pod-fits-no-node"])
    report.holds("`check` finds nothing in what runs", not found, found)


# ------------------------------------------------------------------------------------------------------------- forwards


def asks(machine, url, *options, stdin=None):
    """The status of an answer, as a number: 0 where there is none."""
    ask = ["curl", "--silent", "--max-time", "3", "--output", "/dev/null", "--write-out", "%{http_code}", *options, url]
    return int(machine.run(*ask, stdin=stdin).stdout)


def is_forwarded(lab, computer, foreign, visitor, report):
    """What a visitor at home reaches by the computer's address, whatever becomes of the rules."""
    [pod] = [pod for pod in lab.list("pods", "monitoring", "app.kubernetes.io/name=grafana") if ready(pod)]
    labelled = {node["metadata"]["name"] for node in lab.list("nodes", selector="type=ui")}
    report.holds("Grafana's pod is on the one node with the label type=ui", labelled == {pod["spec"]["nodeName"]} == {"node1"}, f"{labelled}")
    rules = table(RULES)
    grafana, jenkins = (f"http://{computer.lan.own_address}:{port}" for port in (GRAFANA, JENKINS))
    reached = lambda: {asks(visitor, f"{grafana}/api/health"), asks(visitor, jenkins)}
    # The computer is the visitor's way to anywhere.
    around = lambda: asks(visitor, f"http://{lab.machine('ops').address}:{JENKINS}")
    report.holds(f"a visitor at home reaches Grafana at {grafana}, and Jenkins' port", reached() == {200}, str(reached()))
    report.holds("and not Jenkins' port by a route around the forward", around() == 0, str(around()))
    login = {name: lab.secret("monitoring", "grafana-admin", key) for name, key in (("user", "username"), ("password", "password"))}
    form = ["--data", "@-", "--header", "Content-Type: application/json", "--header", f"Origin: {grafana}"]
    status = asks(visitor, f"{grafana}/login", *form, stdin=json.dumps(login))
    report.holds("Grafana lets its administrator in there: Origin and Host are one to it", status == 200, str(status))

    computer.systemctl("reload-or-restart", UNIT)
    report.holds("after a reload of the rules too", reached() == {200} and table(RULES) == rules, str(reached()))
    subprocess.run(["nft", "delete", "table", *RULES.split()], check=True)
    report.holds("without the rules nobody is forwarded, and a route leads to the instances", (reached(), around()) == ({0}, 200), f"{reached()} {around()}")
    computer.systemctl("restart", UNIT)
    report.holds("after the unit is started again all is as before", (reached(), around(), table(RULES)) == ({200}, 0, rules), f"{reached()} {around()}")
    report.holds("somebody else's table is what it was all the time", table(SOMEBODYS) == foreign)
    report.part("forwards")


# ------------------------------------------------------------------------------------------------------------- pipeline


def deploys(lab, ops, leaks, report):
    """What uses the database is created as a pipeline on `ops` does it: with the rights of Jenkins' ServiceAccount, and no others."""
    said = ops.is_given_kubeconfig()
    # Of the last day some seconds are gone.
    report.holds("the script brings a kubeconfig to ops, for 30 days", re.search("may deploy to apps for (29|30) days", said), said)
    leaks.values[ops.token().encode()] = "the token of the pipeline"
    deployment = (HERE / "manifests/database-client.yaml").read_text()
    began = time.monotonic()
    applied = ops.kubectl("apply", "--filename=-", stdin=deployment)
    report.holds("a pipeline there creates a Deployment", applied.returncode == 0, applied.stderr)
    rolled = ops.kubectl("rollout", "status", "deployment/apps", "--timeout=120s")
    report.holds("it is rolled out: each of its pods was answered by the database", rolled.returncode == 0, rolled.stdout + rolled.stderr)
    report.figure("an application that needs the database is ready after its pipeline's `kubectl apply`", f"{time.monotonic() - began:.0f} s")
    for what, *arguments in (
        ("read a Secret", "get", "secret", "mysql-login"),
        ("run a command in a pod", "exec", "deployment/apps", "--", "true"),
        ("read pods", "get", "pods"),
        ("delete the Deployment", "delete", "deployment", "apps"),
        ("change a policy", "delete", "networkpolicy", "default-deny"),
        ("deploy to another namespace", "--namespace=default", "create", "deployment", "other", "--image=localhost/client:1"),
        ("read nodes", "get", "nodes"),
    ):
        tried = ops.kubectl(*arguments)
        report.holds(f"it may not {what}", tried.returncode != 0 and "forbidden" in tried.stderr.lower(), tried.stdout + tried.stderr)
    report.part("pipeline")


# ------------------------------------------------------------------------------------------------------------- database


def app_pods(lab):
    return [pod for pod in lab.list("pods", APPS, PODS) if ready(pod)]


def sql(lab, pod, statement, *options):
    """A finished client in a pod of the application, by the Service's name and with the certificate verified unless options differ."""
    own = ["--ssl-mode=VERIFY_IDENTITY", "--ssl-ca=/etc/authority/ca.crt", f"--host={MYSQL}", *options]
    run = 'exec mysql --user="$DATABASE_USER" --batch --skip-column-names --connect-timeout=5 "$@"'
    return lab.exec(APPS, pod["metadata"]["name"], "sh", "-c", run, "sh", *own, f"--execute={statement}", APPS)


def asks_the_database(lab, report):
    """MySQL on its host, from pods of two nodes."""
    one, other = app_pods(lab)
    report.holds("the application has a pod on each worker", len({pod["spec"]["nodeName"] for pod in (one, other)}) == 2)
    written = sql(lab, one, "CREATE TABLE said (words TEXT); INSERT INTO said VALUES ('from one pod'); SHOW STATUS LIKE 'Ssl_version'")
    report.holds(f"a pod writes at {MYSQL}, by TLS 1.3", written.stdout == "Ssl_version\tTLSv1.3\n", written.stdout + written.stderr)
    read = sql(lab, other, "SELECT words FROM said")
    report.holds("the pod on the other node reads it", read.stdout == "from one pod\n", read.stdout + read.stderr)
    name = sql(lab, one, "SELECT 1", "--host=mysql")
    report.holds("under a name that the certificate does not have, it is no database to the client", "ERROR 2026" in name.stderr, name.stderr)
    plain = sql(lab, one, "SELECT 1", "--ssl-mode=DISABLED")
    report.holds("without TLS the login does not count", re.search("ERROR (1045|2061|3159) ", plain.stderr), plain.stdout + plain.stderr)
    others = sql(lab, one, "SELECT COUNT(*) FROM mysql.user")
    report.holds("the login is for its own database", "ERROR 1142" in others.stderr, others.stdout + others.stderr)
    report.part("database")


def strangers_are_kept_out(lab, nfs, visitor, report):
    """Who reaches what, by policies and by the computer's rules."""
    idle = ["sleep", "86400"]
    client_pod(lab, "labelled", APPS, {"app.kubernetes.io/name": APPS}, idle)
    client_pod(lab, "stranger", APPS, {"app.kubernetes.io/name": "stranger"}, idle)
    client_pod(lab, "elsewhere", "monitoring", {"app.kubernetes.io/name": APPS}, idle)
    pods = {"labelled": ("a pod with the application's label", APPS), "stranger": ("one without it", APPS), "elsewhere": ("one of another namespace", "monitoring")}
    address, kubelet = nfs.machine.address, lab.control_plane.address
    for pod, what, to, port, may in (
        ("labelled", "MySQL by name", MYSQL, 3306, True),
        ("labelled", "MongoDB's port by name, where a stand-in listens", MONGODB, 27017, True),
        ("labelled", "the NFS server", address, 2049, False),
        ("labelled", "a kubelet", kubelet, 10250, False),
        ("labelled", "the API server", kubelet, 6443, False),
        ("labelled", "the Internet", lab.outside.ADDRESS, 80, False),
        ("stranger", "MySQL by name", MYSQL, 3306, False),
        ("stranger", "MySQL by address", address, 3306, False),
        ("elsewhere", "MySQL by address", address, 3306, False),
    ):
        who, namespace = pods[pod]
        report.holds(f"{who} {'reaches' if may else 'does not reach'} {what}", reaches(lab, namespace, pod, to, port) == may)
    for pod, (_, namespace) in pods.items():
        lab.kubectl("delete", "pod", pod, f"--namespace={namespace}", "--grace-period=1", "--wait=false")
    tried = visitor.run("timeout", "3", "bash", "-c", f"exec 3<>/dev/tcp/{address}/3306")
    report.holds("a visitor at home does not reach MySQL by a route", tried.returncode != 0)
    report.part("strangers")


# --------------------------------------------------------------------------------------------------------------- volumes


def shares_a_claim(lab, report):
    """A claim of the class that the provisioner has, in pods of two nodes and on the export."""
    writer, reader = lab.workers
    lab.apply(manifest("claim.yaml", writer=writer.name, reader=reader.name))
    pods = lambda: lab.list("pods", "default")
    lab.wait("both pods have the claim's volume", lambda: len(pods()) == 2 and all(map(ready, pods())), 120)
    wrote = lab.exec("default", "writer", "sh", "-c", "echo shared >/shared/words")
    read = lab.exec("default", "reader", "cat", "/shared/words")
    report.holds("what a pod writes to a claim of the default class, a pod of another node reads", read.stdout == "shared\n", wrote.stderr + read.stderr)
    files = [path.read_text() for path in lab.platform.storage.folder.glob("default-shared-pvc-*/words")]
    report.holds("it lies in a folder of its own on the export", files == ["shared\n"], str(files))
    lab.kubectl("delete", "pods", "writer", "reader", "--namespace=default", "--grace-period=1")
    report.part("volumes")


# ------------------------------------------------------------------------------------------------------------ monitoring


def is_watched(lab, prometheus, report):
    """What the operator's Prometheus reads, where it writes, and whom it tells."""
    jobs = {"kubelet", "kube-state-metrics", "node-exporter", "prometheus-kube-prometheus-alertmanager"}
    prometheus_operator.is_watched(lab, prometheus, report, jobs)
    nodes = {machine.name for machine in lab.machines}
    reads = lambda query: {series["metric"]["node"] for series in prometheus.query(query)}
    report.holds("kube-state-metrics tells of every node", reads("kube_node_info") == nodes, str(reads("kube_node_info")))
    exporters = {target["scrapeUrl"] for target in prometheus.targets() if target["labels"]["job"] == "node-exporter"}
    wanted = {f"http://{machine.address}:9100/metrics" for machine in lab.machines}
    report.holds("node-exporter is read at every node", exporters == wanted, str(exporters))
    lab.wait("Prometheus has found Alertmanager", lambda: len(prometheus.alertmanagers()) == 1, 60)
    report.holds("Prometheus has found Alertmanager", True)
    pod = prometheus.pod()
    kinds = {volume["name"]: sorted(set(volume) - {"name"}) for volume in pod["spec"]["volumes"]}
    own = pod["spec"]["securityContext"]
    on_disk = kinds["prometheus-prometheus-kube-prometheus-prometheus-db"] == ["emptyDir"] and pod["spec"]["nodeName"] == "node1"
    report.holds("it writes to the labelled node's disk, as a user that is not root", on_disk and (own["runAsUser"], own["fsGroup"]) == (1000, 2000), f"{kinds} {own}")
    report.part("monitoring")


# ---------------------------------------------------------------------------------------------------------------- losses


def loses_an_instance(lab, prometheus, computer, visitor, report):
    """An instance with a pod of the application loses its power, and comes back."""
    lost = lab.workers[-1]
    [left] = [pod for pod in app_pods(lab) if pod["spec"]["nodeName"] != lost.name]
    began = time.monotonic()
    lost.power_off()
    lab.wait("the instance is missed", lambda: not is_ready_node(lab, lost), 120)
    report.figure("an instance loses its power", f"it is missed after {time.monotonic() - began:.0f} s")
    asked = sql(lab, left, "SELECT words FROM said")
    report.holds("the application's other pod still asks the database", asked.stdout == "from one pod\n", asked.stdout + asked.stderr)
    report.holds("Grafana is still reached by the computer's address", asks(visitor, f"http://{computer.lan.own_address}:{GRAFANA}/api/health") == 200)
    lab.wait("an alert is under way", lambda: {alert["labels"]["node"] for alert in prometheus.alerts("NodeGone")} == {lost.name}, 120, every=1)
    report.holds("NodeGone is pending or fires, for that instance", True)
    began = time.monotonic()
    lost.power_on()
    lab.platform.boot(lost)
    lab.kubernetes.enforce_policies(lost)
    lab.wait("the instance is back", lambda: is_ready_node(lab, lost), 120)
    lab.wait("all is well", lambda: not unready(lab) and len(app_pods(lab)) == 2 and not prometheus.down(), 180, every=1)
    report.figure("the instance comes back", f"all is well after {time.monotonic() - began:.0f} s")
    report.part("losing an instance")
