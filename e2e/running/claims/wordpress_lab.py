"""wordpress-lab: a site on a replicated database, on shared storage, as rendered."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time

from lab import ready, restarts
from logs import Leaks
from pods import client_pod, reaches
from visitor import Person, Site, Visitors
import releases

CLUSTER = "wordpress-lab"
DATABASE, WEB = "database", "wordpress"


def prove(lab, report):
    site = comes_up(lab, report)
    leaks = Leaks(lab)
    visitors = Visitors(site)
    writer = Writer(lab)
    works(lab, site, report)
    strangers_are_kept_out(lab, report)
    scales(lab, site, visitors, report)
    for incident in (web_pod_killed, mysqld_killed, replica_lost, primary_lost, storage_away, outside_dns_dead, worker_unplugged, worker_lost):
        recovers(lab, site, visitors, writer, report, incident)
    survives_maintenance(lab, site, visitors, report)
    rotates(lab, site, leaks, writer, report)
    takes_a_new_image(lab, site, visitors, report)
    keeps_secrets(leaks, report)


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, report):
    """Steps 4 and 5 of the cluster's README, on a day on which the Internet's DNS fails."""
    lab.outside.dns("servfail")
    address, host = (lab.folder / "machines/hosts").read_text().split()
    site = Site(host, address, lab.folder / "secrets/wordpress/wordpress-tls/tls.crt")
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(lab.folder))
    releases.start_traefik(lab)
    releases.start_grafana(lab, "prom", "monitor")
    lab.wait("the site answers", site.answers, 300)
    report.figure("the site answers after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    lab.wait("every workload is ready", lambda: not unready(lab), 300)
    report.figure("every workload is ready after", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    lab.outside.dns("nxdomain")
    report.part("coming up")
    return site


def unready(lab):
    """What is not as its workload wants it."""
    behind = []
    for thing in lab.list("deployments,statefulsets,daemonsets"):
        spec, status = thing["spec"], thing["status"]
        wanted = status.get("desiredNumberScheduled", spec.get("replicas", 1))
        have = status.get("numberReady", status.get("readyReplicas", 0))
        current = status.get("updatedReplicas", status.get("updatedNumberScheduled", 0))
        seen = status.get("observedGeneration", 0) >= thing["metadata"]["generation"]
        if not (seen and wanted == have == current == status.get("replicas", wanted)):
            behind.append(thing["metadata"]["name"])
    for job in lab.list("jobs", WEB):
        if "ownerReferences" not in job["metadata"] and not job["status"].get("succeeded"):
            behind.append(job["metadata"]["name"])
    return behind


def web_pods(lab):
    return [pod for pod in lab.list("pods", WEB, "app.kubernetes.io/name=wordpress") if ready(pod)]


def sql(lab, pod, statement):
    """A statement as root inside of a member's pod; what it answers."""
    run = lab.exec(DATABASE, pod, "mysql", "--defaults-file=/run/mysql/root.cnf", "--batch", "--skip-column-names", f"--execute={statement}", container="mysql")
    return run.stdout.strip() if run.returncode == 0 else f"error: {run.stderr}"


def is_replica_current(lab):
    state = sql(lab, "mysql-1", "SELECT service_state FROM performance_schema.replication_connection_status; SELECT service_state FROM performance_schema.replication_applier_status")
    return state.split() == ["ON", "ON"]


class Writer:
    """A pod beside WordPress that writes numbered rows all the time, and says each that was acknowledged."""

    SCRIPT = """
    number=$FIRST
    while true; do
      if MYSQL_PWD=$PASSWORD mysql --no-defaults --host="$HOST" --user="$USERNAME" --ssl-mode=REQUIRED --connect-timeout=3 wordpress \\
        --execute="CREATE TABLE IF NOT EXISTS lab_rows (number INT PRIMARY KEY); INSERT INTO lab_rows VALUES ($number)" 2>/dev/null; then
        echo "wrote $number"
      fi
      number=$((number + 1))
      sleep 0.5
    done
    """

    def __init__(self, lab):
        self.lab = lab
        self.written = set()
        self.first = 0
        self.start()

    def start(self):
        """A new pod, which takes the password of today."""
        lab = self.lab
        lab.kubectl.run("delete", "pod", "writer", f"--namespace={WEB}", "--ignore-not-found", "--grace-period=1")
        self.first += 1_000_000
        login = {key: {"secretKeyRef": {"name": "mysql-application", "key": name}} for key, name in (("USERNAME", "username"), ("PASSWORD", "password"))}
        env = [{"name": name, "valueFrom": source} for name, source in login.items()]
        host = lab.list("configmaps", WEB)
        host = next(thing["data"]["WORDPRESS_DB_HOST"] for thing in host if "WORDPRESS_DB_HOST" in thing.get("data", {}))
        env += [{"name": "HOST", "value": host}, {"name": "FIRST", "value": str(self.first)}]
        client_pod(lab, "writer", WEB, database_client(lab), ["bash", "-c", self.SCRIPT], image=mysql_image(lab), env=env, user=999)
        lab.wait("a row is written", lambda: len(self._said()) > 0, 60)

    def _said(self):
        log = self.lab.kubectl.run("logs", "writer", f"--namespace={WEB}").stdout
        said = {int(number) for number in re.findall(r"^wrote (\d+)$", log, re.MULTILINE)}
        self.written |= said
        return said

    def lost(self):
        """Rows that were acknowledged and are not in the primary any more."""
        self._said()
        kept = set(map(int, sql(self.lab, "mysql-0", "SELECT number FROM wordpress.lab_rows").split()))
        return sorted(self.written - kept)


def database_client(lab):
    """The labels of an app that the database lets in and the site's Service does not select."""
    policies = lab.list("networkpolicies", DATABASE)
    peers = [peer for policy in policies for rule in policy["spec"].get("ingress", []) for peer in rule.get("from", [])]
    labels = [peer["podSelector"]["matchLabels"] for peer in peers if peer.get("podSelector", {}).get("matchLabels")]
    return next(label for label in labels if label["app.kubernetes.io/name"] not in ("wordpress", "mysql"))


def mysql_image(lab):
    return lab.list("statefulsets", DATABASE)[0]["spec"]["template"]["spec"]["containers"][0]["image"]


# -------------------------------------------------------------------------------------------------------------- working


def works(lab, site, report):
    host = site.host
    report.holds(f"https://{host}/ answers with a certificate that its visitors trust", site.get()[0] == 200)
    status, headers, _ = site.get("/", plain=True)
    report.holds("HTTP leads to HTTPS", status in (301, 308) and headers["Location"] == f"https://{host}/", f"{status} {headers['Location']}")
    password = lab.secret(WEB, "wordpress-admin", "password")
    report.holds("a wrong password is refused", not Person(site).logs_in("admin", password + "x"))
    admin = Person(site)
    report.holds("the administrator logs in", admin.logs_in("admin", password))
    pods = web_pods(lab)
    report.holds("a log-in counts in every web pod", len(pods) > 1 and all(admin.is_known() for _ in range(8)))

    content = os.urandom(5 << 19).hex().encode()
    path = admin.uploads("five-mebibytes.txt", content)
    wanted = hashlib.sha256(content).hexdigest()
    sums = [lab.exec(WEB, pod["metadata"]["name"], "sha256sum", f"/var/www/html{path}").stdout.split() for pod in pods]
    report.holds("an upload of 5 MiB is in every web pod", all(found and found[0] == wanted for found in sums), str(sums))

    page = admin.posts("Written by the proof", "This sentence is in both databases.")
    report.holds("a post has an address in words", page == "/written-by-the-proof/" and site.get(page)[0] == 200, page)
    query = "SELECT COUNT(*) FROM wordpress.wp_posts WHERE post_content LIKE '%in both databases%' AND post_status = 'publish'"
    lab.wait("a post is in both databases", lambda: [sql(lab, pod, query) for pod in ("mysql-0", "mysql-1")] == ["1", "1"], 20)
    report.holds("a post is in both databases", True)
    task = lab.list("cronjobs", WEB)[0]["metadata"]["name"]
    lab.kubectl("create", "job", "cron-now", f"--from=cronjob/{task}", f"--namespace={WEB}")
    lab.kubectl("wait", "--for=condition=Complete", "job/cron-now", f"--namespace={WEB}", "--timeout=180s")
    report.holds("what WordPress planned runs by the CronJob", True)
    report.part("working")


# ------------------------------------------------------------------------------------------------------------ strangers


def strangers_are_kept_out(lab, report):
    client_pod(lab, "stranger", "default", {"app": "stranger"}, ["sleep", "86400"])
    client_pod(lab, "client", WEB, database_client(lab), ["sleep", "86400"])
    client_pod(lab, "web", WEB, {"app.kubernetes.io/name": "wordpress"}, ["sleep", "86400"], is_ready=False)
    pod = web_pods(lab)[0]
    database = lab.list("pods", DATABASE, "app.kubernetes.io/name=mysql")[0]["status"]["podIP"]
    service = json.loads(lab.kubectl("get", "service", "mysql-primary", f"--namespace={DATABASE}", "--output=json"))["spec"]["clusterIP"]
    storage, worker = lab.storage.machine.address, lab.workers[0].address
    web, outside = pod["status"]["podIP"], lab.outside.ADDRESS
    ingress = lab.list("services", "traefik")[0]["status"]["loadBalancer"]["ingress"][0]["ip"]
    for who, namespace, where, port, may in (
        ("a stranger's pod", "default", ("the database's pod", database), 3306, False),
        ("a stranger's pod", "default", ("the database's Service", service), 3306, False),
        ("a stranger's pod", "default", ("a web pod around the ingress", web), 80, False),
        ("a stranger's pod", "default", ("the site's address", ingress), 443, True),
        ("a stranger's pod", "default", ("the NFS server", storage), 2049, False),
        ("a client's pod", WEB, ("the database's Service", service), 3306, True),
        ("a web pod", WEB, ("the database's Service", service), 3306, True),
        ("a web pod", WEB, ("the Internet", outside), 80, True),
        ("a web pod", WEB, ("the NFS server", storage), 2049, False),
        ("a web pod", WEB, ("a kubelet", worker), 10250, False),
        ("a web pod", WEB, ("another web pod", web), 80, False),
        ("a client's pod", WEB, ("the NFS server", storage), 2049, False),
    ):
        name = {"a stranger's pod": "stranger", "a client's pod": "client", "a web pod": "web"}[who]
        what, address = where
        report.holds(f"{who} {'reaches' if may else 'does not reach'} {what}", reaches(lab, namespace, name, address, port) == may)
    for name, namespace in (("stranger", "default"), ("client", WEB), ("web", WEB)):
        lab.kubectl("delete", "pod", name, f"--namespace={namespace}", "--grace-period=1", "--wait=false")
    report.part("strangers")


# -------------------------------------------------------------------------------------------------------------- scaling


def scales(lab, site, visitors, report):
    """More web pods under load, and fewer after it."""
    hpa = lambda: lab.list("horizontalpodautoscalers", WEB)[0]
    fewest, most = hpa()["spec"]["minReplicas"], hpa()["spec"]["maxReplicas"]
    lab.wait("the autoscaler knows the load", lambda: hpa()["status"].get("currentMetrics", [{}])[0].get("resource", {}).get("current", {}).get("averageUtilization") is not None, 120)
    began = time.monotonic()
    # Bounded: four at a time, for as long as it takes to scale, and at most four minutes.
    load = subprocess.Popen(
        ["timeout", "240", "bash", "-c", "for i in 1 2 3 4; do while curl -so /dev/null -m 20 --cacert $1 --resolve $2:443:$3 https://$2/?s=$RANDOM; do :; done & done; wait", "-", site.certificate, site.host, site.address]
    )
    lab.wait(f"under load there are {most} web pods", lambda: len(web_pods(lab)) == most, 240)
    words = visitors.since(began)
    report.figure(f"under load {most} web pods are ready after", f"{time.monotonic() - began:.0f} s; {words}")
    load.terminate()
    load.wait()
    began = time.monotonic()
    lab.wait("the autoscaler goes back", lambda: hpa()["status"]["desiredReplicas"] == fewest and len(lab.list("pods", WEB, "app.kubernetes.io/name=wordpress")) == fewest, 600)
    words = visitors.since(began)
    report.figure(f"after the load the autoscaler is back at {fewest} of at most {most} pods after", f"{time.monotonic() - began:.0f} s; {words}")
    report.part("scaling")


# ------------------------------------------------------------------------------------------------------------ incidents


def recovers(lab, site, visitors, writer, report, incident):
    """Something goes wrong, and all is well again by itself, with every row that was acknowledged."""
    began = time.monotonic()
    what = incident(lab)
    is_well = lambda: site.answers() and not unready(lab) and is_replica_current(lab)
    lab.wait(f"all is well again: {what}", is_well, 420, every=1)
    took = time.monotonic() - began
    words = visitors.since(began)
    report.figure(what, f"all is well after {took:.0f} s; {words}")
    lost = writer.lost()
    report.holds("no row that was acknowledged is lost", not lost, f"{len(lost)} are, such as {lost[:5]}")
    report.part(incident.__name__)


def web_pod_killed(lab):
    pod = web_pods(lab)[0]["metadata"]["name"]
    lab.kubectl.run("delete", "pod", pod, f"--namespace={WEB}", "--grace-period=0", "--force")
    return "a web pod is killed"


def node_of(lab, pod):
    return lab.machine(lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/{pod}")["spec"]["nodeName"])


def mysqld_killed(lab):
    node_of(lab, "mysql-0")("pkill", "-KILL", "--full", "^mysqld .*--init-file")
    return "the primary's mysqld is killed"


def lose_volume(lab, pod):
    before = lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/{pod}")["metadata"]["uid"]
    lab.kubectl("delete", "pvc", f"data-{pod}", f"--namespace={DATABASE}", "--wait=false")
    lab.kubectl("delete", "pod", pod, f"--namespace={DATABASE}", "--wait=true")
    lab.wait("the pod is a new one", lambda: (lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/{pod}") or {"metadata": {"uid": before}})["metadata"]["uid"] != before, 120)


def replica_lost(lab):
    lose_volume(lab, "mysql-1")
    return "the replica is lost, and its volume"


def primary_lost(lab):
    lose_volume(lab, "mysql-0")
    return "the primary is lost, and its volume"


def storage_away(lab):
    lab.storage.stop()
    time.sleep(60)
    lab.storage.serve()
    return "the NFS server is away for a minute"


def outside_dns_dead(lab):
    """Whoever starts in that time has to do without it."""
    lab.outside.dns("silent")
    lose_volume(lab, "mysql-1")
    lab.wait("the replica is back", lambda: is_replica_current(lab), 300)
    lab.outside.dns("rewritten")
    lose_volume(lab, "mysql-1")
    lab.wait("the replica is back", lambda: is_replica_current(lab), 300)
    lab.outside.dns("nxdomain")
    return "outside DNS is silent, then wrong, while the replica is lost"


def node_is(lab, machine, state):
    conditions = lab.answer(f"/api/v1/nodes/{machine.name}")["status"]["conditions"]
    return next(condition["status"] for condition in conditions if condition["type"] == "Ready") == state


def worker_unplugged(lab):
    """A worker that has no primary; it comes back before its pods are given up for good."""
    machine = next(machine for machine in (node_of(lab, "mysql-1"), *lab.workers) if machine not in (node_of(lab, "mysql-0"), lab.control_plane))
    machine.unplug()
    time.sleep(300)
    machine.plug_in()
    lab.wait("the worker is back", lambda: node_is(lab, machine, "True"), 120)
    return "a worker without the primary is unplugged for five minutes"


def worker_lost(lab):
    """The worker with the primary is gone for good, and a person says so."""
    machine = node_of(lab, "mysql-0")
    machine.unplug()
    lab.wait("the worker is missed", lambda: node_is(lab, machine, "Unknown"), 120)
    lab.kubectl("taint", "node", machine.name, "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute")
    lab.wait("the primary is elsewhere", lambda: (lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/mysql-0") or {"spec": {}})["spec"].get("nodeName", machine.name) != machine.name, 300)
    lab.wait("the primary is ready", lambda: ready(lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/mysql-0")), 300)
    lab.lost = machine
    return "the worker with the primary is lost, and taken out of service"


# ---------------------------------------------------------------------------------------------------------- maintenance


def survives_maintenance(lab, site, visitors, report):
    machine = lab.lost
    machine.plug_in()
    lab.wait("the lost worker is back", lambda: node_is(lab, machine, "True"), 120)
    lab.kubectl("taint", "node", machine.name, "node.kubernetes.io/out-of-service-")

    generations = lambda: {(kind, thing["metadata"].get("namespace"), thing["metadata"]["name"]): thing["metadata"].get("generation") for kind in ("deployments", "statefulsets", "services", "networkpolicies", "jobs", "cronjobs", "configmaps") for thing in lab.list(kind)}
    lab.wait("nothing is under way", lambda: not unready(lab), 120)
    before = generations(), web_uids(lab)
    lab.kubectl("apply", "-k", str(lab.folder))
    time.sleep(5)
    report.holds("applying it again changes nothing and restarts no pod", (generations(), web_uids(lab)) == before)

    machine = node_of(lab, "mysql-1")
    began = time.monotonic()
    drain = subprocess.Popen([lab.program("kubectl"), f"--kubeconfig={lab.kubeconfig}", "drain", machine.name, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=240s"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lab.wait("the replica is away", lambda: not ready(lab.answer(f"/api/v1/namespaces/{DATABASE}/pods/mysql-1") or {"status": {}, "metadata": {}}), 120, every=0.1)
    eviction = json.dumps({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "mysql-0", "namespace": DATABASE}})
    refused = lab.kubectl.run("create", "--raw", f"/api/v1/namespaces/{DATABASE}/pods/mysql-0/eviction", "--filename=-", stdin=eviction)
    report.holds("while a drain has taken the replica, the budget keeps the primary", "disruption budget" in refused.stderr, refused.stderr)
    report.holds("the drain ends by itself", drain.wait() == 0)
    left = [pod["metadata"]["name"] for namespace in (DATABASE, WEB) for pod in lab.list("pods", namespace) if pod["spec"].get("nodeName") == machine.name and "deletionTimestamp" not in pod["metadata"] and pod["status"]["phase"] == "Running"]
    report.holds("a drain leaves no pod behind", not left, str(left))
    lab.wait("all is well after the drain", lambda: not unready(lab) and is_replica_current(lab), 300)
    words = visitors.since(began)
    report.figure("a worker is drained", f"all is well after {time.monotonic() - began:.0f} s; {words}")
    lab.kubectl("uncordon", machine.name)
    report.part("maintenance")


def web_uids(lab):
    return {pod["metadata"]["uid"] for pod in web_pods(lab)}


# ------------------------------------------------------------------------------------------------------------- rotation


def rotates(lab, site, leaks, writer, report):
    """Every secret is replaced, and what `secrets rotate` says is followed word by word."""
    files = sorted(path for path in (lab.folder / "secrets").glob("*/*") if path.is_dir())
    assert len(files) > 6, f"secrets of this lab are not where they were: {files}"
    admin = Person(site)
    admin.logs_in("admin", lab.secret(WEB, "wordpress-admin", "password"))
    proofs = {"mysql-application": application_password_counts, "mysql-root": root_password_counts, "wordpress-admin": administrator_counts, "grafana-admin": grafana_password_counts}
    for namespace, name in (path.parts[-2:] for path in files):
        old = {path.name: path.read_text() for path in (lab.folder / "secrets" / namespace / name).iterdir()}
        began = time.monotonic()
        said = stackwright(lab, "secrets", "rotate", f"{namespace}/{name}", "--cluster", lab.name, "--out", "rendered")
        leaks.learn()
        for command in re.findall(r"`(kubectl [^`]+)`", said):
            follow(lab, command)
        if name == "mysql-application":
            writer.start()
        lab.wait(f"all is well after the rotation of {name}", lambda: site.answers() and not unready(lab) and is_replica_current(lab), 300)
        if name in proofs:
            report.holds(f"the old password of {name} is refused, the new one is not", proofs[name](lab, site, old["password"]) == (False, True))
        if name == "wordpress-keys":
            report.holds("a log-in from before the rotation of wordpress-keys counts no more", not admin.is_known())
        report.holds(f"{name} is rotated by what `secrets rotate` says, and the site works ({time.monotonic() - began:.0f} s)", True)
        leaks.look_now()
    lost = writer.lost()
    report.holds("no row that was acknowledged is lost", not lost, f"{len(lost)} are, such as {lost[:5]}")
    report.part("rotation")


def stackwright(lab, *arguments):
    run = subprocess.run([lab.binary, *arguments], cwd=lab.work, capture_output=True, text=True)
    assert run.returncode == 0, f"{arguments} exits with {run.returncode}: {run.stderr}"
    return run.stdout + run.stderr


def follow(lab, command):
    """A command as a person types it, in the folder in which the tree was rendered."""
    environment = {**os.environ, "KUBECONFIG": lab.kubeconfig, "PATH": f"{lab.programs}:{os.environ['PATH']}", "HOME": str(lab.work)}
    run = subprocess.run(["bash", "-c", command], cwd=lab.work, env=environment, capture_output=True, text=True, timeout=700)
    assert run.returncode == 0, f"`{command}` exits with {run.returncode}: {run.stderr}"


def application_password_counts(lab, site, old):
    def counts(password):
        script = 'read -r MYSQL_PWD; export MYSQL_PWD; exec mysql --no-defaults --host=mysql-primary --user=wordpress --ssl-mode=REQUIRED --execute="DO 0"'
        return lab.exec(DATABASE, "mysql-0", "bash", "-c", script, stdin=f"{password}\n", container="mysql").returncode == 0

    return counts(old), counts(lab.secret(DATABASE, "mysql-application", "password"))


def root_password_counts(lab, site, old):
    def counts(password):
        script = 'read -r MYSQL_PWD; export MYSQL_PWD; exec mysql --no-defaults --socket=/run/mysql/mysqld.sock --user=root --execute="DO 0"'
        return lab.exec(DATABASE, "mysql-0", "bash", "-c", script, stdin=f"{password}\n", container="mysql").returncode == 0

    return counts(old), counts(lab.secret(DATABASE, "mysql-root", "password"))


def grafana_password_counts(lab, site, old):
    pod = next(pod for pod in lab.list("pods", "monitor", "app.kubernetes.io/name=grafana") if ready(pod))
    has = lab.exec("monitor", pod["metadata"]["name"], "sh", "-c", 'echo "$GF_SECURITY_ADMIN_PASSWORD"').stdout.strip()
    return has == old, has == lab.secret("monitor", "grafana-admin", "password")


def administrator_counts(lab, site, old):
    return Person(site).logs_in("admin", old), Person(site).logs_in("admin", lab.secret(WEB, "wordpress-admin", "password"))


# ------------------------------------------------------------------------------------------------------- a new version


def web_tag(lab):
    """The tag of the image that the web pods are rendered with."""
    text = (lab.folder / "wordpress/deployment-wordpress.yaml").read_text()
    return re.search(r"image: wordpress:(\S+-apache)$", text, re.MULTILINE)[1]


def next_tag(lab):
    """The tag that the same image has as the next version."""
    number, rest = web_tag(lab).split("-", 1)
    return f"{number}-next-{rest}"


def other_images(lab):
    """What the nodes need beside what is rendered."""
    return {f"wordpress:{next_tag(lab)}"}


def takes_a_new_image(lab, site, visitors, report):
    """The tree as it would be rendered with the image's next version."""
    slug = lambda tag: re.sub("[^a-z0-9]", "-", tag)
    change = lambda text: text.replace(web_tag(lab), next_tag(lab)).replace(slug(web_tag(lab)), slug(next_tag(lab)))
    tree = lab.work / "next" / lab.name
    shutil.copytree(lab.folder, tree)
    for path in [*sorted((tree / "wordpress").iterdir()), tree / "kustomization.yaml"]:
        changed = path.with_name(change(path.name))
        text = change(path.read_text())
        path.unlink()
        changed.write_text(text)
    before = web_uids(lab)
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(tree))
    lab.wait("all web pods are new", lambda: not unready(lab) and not before & web_uids(lab), 420)
    words = visitors.since(began)
    report.figure("a new WordPress image is rolled out", f"all web pods are new after {time.monotonic() - began:.0f} s; {words}")
    report.part("new version")


def keeps_secrets(leaks, report):
    found = leaks.look()
    report.holds(f"none of {len(leaks.values)} secret values is in {leaks.lines_read()} lines of logs or was in the list of processes", not found, str(found))
