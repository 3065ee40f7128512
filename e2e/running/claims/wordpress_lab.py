"""wordpress-lab: a site on a replicated database, on shared storage, as rendered."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time

import releases
import replicated_mysql as mysql
from dump import findings
from lab import WHOLE, is_ready_node, ready, restarts, unready
from logs import Leaks
from platforms.kubespray import Kubespray
from pods import client_pod, reaches
from rotation import follow, rotated
from visitor import Person, Site, Visitors

CLUSTER, PLATFORM = "wordpress-lab", Kubespray
RELEASES = ("traefik.yaml", "grafana.yaml")
WEB, WEB_PODS = "wordpress", "app.kubernetes.io/name=wordpress"


def prove(lab, report):
    site = comes_up(lab, report)
    is_clean(lab, report)
    leaks = Leaks(lab)
    # A page of WordPress by our stand-in for the kernel's client takes most of a processor for a second.
    visitors = Visitors(site, every=1 if WHOLE else 4)
    works(lab, site, report)
    strangers_are_kept_out(lab, report)
    if WHOLE:
        scales(lab, site, visitors, report)
    writer = mysql.Writer(lab, WEB, tasks(lab), **database(lab))
    for incident in (
        web_pod_killed,
        mysqld_killed,
        replica_lost,
        primary_lost,
        *([storage_away, outside_dns_dead, worker_unplugged] if WHOLE else []),
        worker_lost,
    ):
        recovers(lab, site, visitors, writer, report, incident)
    is_maintained(lab, site, visitors, report)
    rotates(lab, site, leaks, writer, report)
    takes_a_new_image(lab, visitors, report)
    keeps_secrets(leaks, report)


# ------------------------------------------------------------------------------------------------------------ coming up


def comes_up(lab, report):
    """The last two steps of the cluster's README, on a day on which the Internet's DNS fails."""
    lab.outside.dns("servfail")
    address, host = (lab.folder / "machines/hosts").read_text().split()
    site = Site(host, lambda: address, lab.folder / "secrets/wordpress/wordpress-tls/tls.crt")
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(lab.folder))
    releases.start_traefik(lab)
    releases.start_grafana(lab, "prom", "monitor", part=["grafana"])
    lab.wait("the site answers", site.answers, 300)
    report.figure("the site answers after `kubectl apply -k`", f"{time.monotonic() - began:.0f} s")
    # The autoscaler is the one who wants a second web pod.
    lab.wait("every workload is ready", lambda: len(web_pods(lab)) > 1 and not unready(lab), 300)
    report.figure("every workload is ready after", f"{time.monotonic() - began:.0f} s")
    again = [pod["metadata"]["name"] for pod in lab.list("pods") if restarts(pod)]
    report.holds("no container was started twice", not again, f"{again} were")
    lab.outside.dns("nxdomain")
    report.part("coming up")
    return site


def is_clean(lab, report):
    """Controllers have written to all that runs; what they wrote is nobody's mistake. kube-prometheus-stack does not run here."""
    found = findings(lab.binary, lab.kubectl, but=["monitor"])
    report.holds("`check` finds nothing in what runs", not found, found)


def give(lab):
    """A person gives nothing: the renderer makes all secrets."""


def web_pods(lab):
    return [pod for pod in lab.list("pods", WEB, WEB_PODS) if ready(pod)]


def web_uids(lab):
    return {pod["metadata"]["uid"] for pod in web_pods(lab)}


def tasks(lab):
    """The labels of an app that the database lets in and the site's Service does not select."""
    return mysql.client_labels(lab, "wordpress", "mysql")


def database(lab):
    """Where the site has its database, as its settings say."""
    settings = [thing.get("data", {}) for thing in lab.list("configmaps", WEB)]
    found = next(data for data in settings if "WORDPRESS_DB_HOST" in data)
    return {"host": found["WORDPRESS_DB_HOST"], "database": found["WORDPRESS_DB_NAME"]}


# -------------------------------------------------------------------------------------------------------------- working


def works(lab, site, report):
    home = f"https://{site.host}/"
    report.holds(f"{home} answers with a certificate that its visitors trust", site.get()[0] == 200)
    status, headers, _ = site.get("/", plain=True)
    report.holds("HTTP leads to HTTPS", status in (301, 308) and headers["Location"] == home, f"{status} {headers['Location']}")
    password = lab.secret(WEB, "wordpress-admin", "password")
    report.holds("a wrong password is refused", not Person(site).logs_in("admin", password + "x"))
    admin = Person(site)
    report.holds("the administrator logs in", admin.logs_in("admin", password))
    pods = web_pods(lab)
    report.holds("a log-in counts in every web pod", all(admin.is_known() for _ in range(8)))

    content = os.urandom(5 << 19).hex().encode()
    path = admin.uploads("five-mebibytes.txt", content)
    wanted = hashlib.sha256(content).hexdigest()
    found = [lab.exec(WEB, pod["metadata"]["name"], "sha256sum", f"/var/www/html{path}").stdout for pod in pods]
    report.holds("an upload of 5 MiB is in every web pod", all(text.startswith(wanted) for text in found), str(found))

    page = admin.posts("Written by the proof", "This sentence is in both databases.")
    report.holds("a post has an address in words", page == "/written-by-the-proof/" and site.get(page)[0] == 200, page)
    query = "SELECT COUNT(*) FROM wordpress.wp_posts WHERE post_content LIKE '%in both databases%' AND post_status = 'publish'"
    lab.wait("a post is in both databases", lambda: [mysql.sql(lab, pod, query) for pod in ("mysql-0", "mysql-1")] == ["1", "1"], 20)
    report.holds("a post is in both databases", True)

    schedule = lab.list("cronjobs", WEB)[0]["metadata"]["name"]
    lab.kubectl("create", "job", "cron-now", f"--from=cronjob/{schedule}", f"--namespace={WEB}")
    lab.kubectl("wait", "--for=condition=Complete", "job/cron-now", f"--namespace={WEB}", "--timeout=180s")
    report.holds("what WordPress planned runs by the CronJob", True)
    lab.kubectl("delete", "job", "cron-now", f"--namespace={WEB}")
    report.part("working")


# ------------------------------------------------------------------------------------------------------------ strangers


def strangers_are_kept_out(lab, report):
    idle = ["sleep", "86400"]
    client_pod(lab, "stranger", "default", {"app": "stranger"}, idle)
    client_pod(lab, "task", WEB, tasks(lab), idle)
    client_pod(lab, "web", WEB, {"app.kubernetes.io/name": "wordpress"}, idle, is_ready=False)
    service = json.loads(lab.kubectl("get", "service", "mysql-primary", f"--namespace={mysql.NAMESPACE}", "--output=json"))
    ingress = lab.list("services", "traefik")[0]["status"]["loadBalancer"]["ingress"][0]["ip"]
    places = {
        "the database's pod": (mysql.member(lab, "mysql-0")["status"]["podIP"], 3306),
        "the database's Service": (service["spec"]["clusterIP"], 3306),
        "a web pod around the ingress": (web_pods(lab)[0]["status"]["podIP"], 80),
        "the site's address": (ingress, 443),
        "the NFS server": (lab.platform.storage.machine.address, 2049),
        "a kubelet": (lab.workers[0].address, 10250),
        "the Internet": (lab.outside.ADDRESS, 80),
    }
    pods = {"a stranger's pod": ("stranger", "default"), "a task's pod": ("task", WEB), "a web pod": ("web", WEB)}
    for who, where, may in (
        ("a stranger's pod", "the site's address", True),
        ("a stranger's pod", "the database's pod", False),
        ("a stranger's pod", "the database's Service", False),
        ("a stranger's pod", "a web pod around the ingress", False),
        ("a stranger's pod", "the NFS server", False),
        ("a task's pod", "the database's Service", True),
        ("a task's pod", "the NFS server", False),
        ("a web pod", "the database's Service", True),
        ("a web pod", "the Internet", True),
        ("a web pod", "the NFS server", False),
        ("a web pod", "a kubelet", False),
        ("a web pod", "a web pod around the ingress", False),
    ):
        pod, namespace = pods[who]
        words = f"{who} {'reaches' if may else 'does not reach'} {where}"
        report.holds(words, reaches(lab, namespace, pod, *places[where]) == may)
    for pod, namespace in pods.values():
        lab.kubectl("delete", "pod", pod, f"--namespace={namespace}", "--grace-period=1", "--wait=false")
    report.part("strangers")


# -------------------------------------------------------------------------------------------------------------- scaling

# Bounded: four visitors at once, for as long as it takes to scale, and at most eight minutes.
LOAD = """
for visitor in 1 2 3 4; do
  while curl --silent --output /dev/null --max-time 20 --cacert "$1" --resolve "$2:443:$3" "https://$2/?s=$RANDOM"; do :; done &
done
wait
"""


def scales(lab, site, visitors, report):
    """More web pods under load, and fewer after it."""
    autoscaler = lambda: lab.list("horizontalpodautoscalers", WEB)[0]
    fewest, most = autoscaler()["spec"]["minReplicas"], autoscaler()["spec"]["maxReplicas"]
    lab.wait("the autoscaler knows the load", lambda: "averageUtilization" in json.dumps(autoscaler()["status"].get("currentMetrics")), 120)
    # What went before was a load too.
    already = len(web_pods(lab))
    began = time.monotonic()
    load = subprocess.Popen(["timeout", "480", "bash", "-c", LOAD, "load", site.certificate, site.host, site.find()])
    lab.wait("under load there are more web pods", lambda: len(web_pods(lab)) >= min(most, already + 1), 480)
    took = time.monotonic() - began
    report.figure(f"under load {len(web_pods(lab))} web pods are ready instead of {already}", f"after {took:.0f} s; {visitors.since(began)}")
    load.terminate()
    load.wait()
    began = time.monotonic()
    is_back = lambda: len(lab.list("pods", WEB, WEB_PODS)) == autoscaler()["status"]["desiredReplicas"] == fewest
    lab.wait("the autoscaler goes back", is_back, 600, every=1)
    took = time.monotonic() - began
    report.figure(f"without it there are {fewest} web pods again", f"after {took:.0f} s; {visitors.since(began)}")
    report.part("scaling")


# ------------------------------------------------------------------------------------------------------------ incidents


def is_well(lab, site):
    return site.answers() and not unready(lab) and mysql.is_replica_current(lab)


def recovers(lab, site, visitors, writer, report, incident):
    """Something goes wrong, and all is well again by itself, with every row that was acknowledged."""
    began = time.monotonic()
    what = incident(lab)
    lab.wait(f"all is well again: {what}", lambda: is_well(lab, site), 420, every=1)
    took = time.monotonic() - began
    report.figure(what, f"all is well after {took:.0f} s; {visitors.since(began)}")
    lost = writer.lost()
    report.holds("no row that was acknowledged is lost", not lost, f"{len(lost)} are, such as {lost[:5]}")
    report.part(incident.__name__)


def web_pod_killed(lab):
    pod = web_pods(lab)[0]["metadata"]["name"]
    lab.kubectl.run("delete", "pod", pod, f"--namespace={WEB}", "--grace-period=0", "--force")
    return "a web pod is killed"


def mysqld_killed(lab):
    mysql.machine_of(lab, "mysql-0")("pkill", "-KILL", "--full", "^mysqld .*--init-file")
    return "the primary's mysqld is killed"


def replica_lost(lab):
    mysql.lose_volume(lab, "mysql-1")
    return "the replica's pod and volume are deleted"


def primary_lost(lab):
    mysql.lose_volume(lab, "mysql-0")
    return "the primary's pod and volume are deleted"


def storage_away(lab):
    lab.platform.storage.stop()
    time.sleep(60)
    lab.platform.storage.serve()
    return "the NFS server is away for a minute"


def outside_dns_dead(lab):
    """Whoever starts in that time has to do without it."""
    for way in ("silent", "rewritten"):
        lab.outside.dns(way)
        mysql.lose_volume(lab, "mysql-1")
        lab.wait("the replica is back", lambda: mysql.is_replica_current(lab), 300)
    lab.outside.dns("nxdomain")
    return "outside DNS is silent, then wrong, and each time the replica's pod and volume are deleted"


def worker_unplugged(lab):
    """A worker that has no primary; it comes back before its pods are given up for good."""
    primary = mysql.machine_of(lab, "mysql-0")
    machine = next(machine for machine in (mysql.machine_of(lab, "mysql-1"), *lab.workers) if machine is not primary)
    machine.unplug()
    time.sleep(300)
    machine.plug_in()
    lab.wait("the worker is back", lambda: is_ready_node(lab, machine), 120)
    return "a worker without the primary is unplugged for five minutes"


def worker_lost(lab):
    """The worker with the primary is gone for good, and a person says so."""
    machine = lab.lost = mysql.machine_of(lab, "mysql-0")
    # Off, and not only unplugged: the taint promises that nothing there writes to a volume any more.
    machine.power_off()
    lab.wait("the worker is missed", lambda: not is_ready_node(lab, machine), 120)
    lab.kubectl("taint", "node", machine.name, "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute")
    elsewhere = lambda: mysql.is_ready_member(lab, "mysql-0") and mysql.machine_of(lab, "mysql-0") is not machine
    lab.wait("the primary is ready elsewhere", elsewhere, 420)
    return "the worker with the primary loses its power, and is taken out of service"


# ---------------------------------------------------------------------------------------------------------- maintenance


def is_maintained(lab, site, visitors, report):
    lab.lost.power_on()
    lab.platform.boot(lab.lost)
    lab.kubernetes.enforce_policies(lab.lost)
    lab.wait("the lost worker is back", lambda: is_ready_node(lab, lab.lost), 120)
    lab.kubectl("taint", "node", lab.lost.name, "node.kubernetes.io/out-of-service-")
    lab.wait("nothing is under way", lambda: not unready(lab), 120)
    before = asked_for(lab)
    lab.kubectl("apply", "-k", str(lab.folder))
    time.sleep(5)
    report.holds("applying it again changes nothing that was asked for", asked_for(lab) == before)

    machine = mysql.machine_of(lab, "mysql-1")
    began = time.monotonic()
    options = ["--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=240s"]
    drain = subprocess.Popen(
        [lab.program("kubectl"), f"--kubeconfig={lab.kubeconfig}", "drain", machine.name, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lab.wait("the replica is away", lambda: not mysql.is_ready_member(lab, "mysql-1"), 120, every=0.1)
    evicted = {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "mysql-0", "namespace": mysql.NAMESPACE}}
    path = f"/api/v1/namespaces/{mysql.NAMESPACE}/pods/mysql-0/eviction"
    refused = lab.kubectl.run("create", "--raw", path, "--filename=-", stdin=json.dumps(evicted))
    report.holds("while a drain has taken the replica, the budget keeps the primary", "disruption budget" in refused.stderr, refused.stderr)
    report.holds("the drain ends by itself", drain.wait() == 0)
    lab.wait("all is well after the drain", lambda: is_well(lab, site), 300)
    words = visitors.since(began)
    report.figure("a worker is drained", f"all is well after {time.monotonic() - began:.0f} s; {words}")
    lab.kubectl("uncordon", machine.name)
    report.part("maintenance")


def asked_for(lab):
    """What every object asks for. How many pods a Deployment has is the autoscaler's to say, at any time."""
    kinds = "deployments,statefulsets,services,networkpolicies,cronjobs,configmaps,poddisruptionbudgets,horizontalpodautoscalers"
    what = lambda thing: thing.get("spec", {}).get("template") or thing.get("spec") or thing.get("data")
    return {(thing["kind"], thing["metadata"]["namespace"], thing["metadata"]["name"]): what(thing) for thing in lab.list(kinds)}


# ------------------------------------------------------------------------------------------------------------- rotation


def rotates(lab, site, leaks, writer, report):
    """Every secret is replaced, and what `secrets rotate` says is followed word by word."""
    folders = sorted(path for path in (lab.folder / "secrets").glob("*/*") if path.is_dir())
    assert {path.name for path in folders} >= set(OLD_AND_NEW), f"secrets of this lab are not where they were: {folders}"
    admin = Person(site)
    assert admin.logs_in("admin", lab.secret(WEB, "wordpress-admin", "password"))
    for folder in folders if WHOLE else (folder for folder in folders if folder.name in OF_EACH_KIND):
        name, old = folder.name, {path.name: path.read_text() for path in folder.iterdir()}
        began = time.monotonic()
        commands = rotated(lab, f"{folder.parent.name}/{name}")
        leaks.learn()
        for command in commands:
            follow(lab, command)
        if name == "mysql-application":
            writer.start()
        lab.wait(f"all is well after the rotation of {name}", lambda: is_well(lab, site), 300)
        report.figure(f"{name} is rotated by what `secrets rotate` says", f"the site works after {time.monotonic() - began:.0f} s")
        if counts := OLD_AND_NEW.get(name):
            new = lab.secret(folder.parent.name, name, "password")
            report.holds(f"the old password of {name} is refused, the new one is not", not counts(lab, site, old["password"]) and counts(lab, site, new))
        if name == "wordpress-keys":
            # A pod with the old keys may end its last requests.
            lab.wait("a log-in from before the rotation of wordpress-keys counts no more", lambda: not admin.is_known(), 40)
            report.holds("a log-in from before the rotation of wordpress-keys counts no more", True)
    lost = writer.lost()
    report.holds("no row that was acknowledged is lost", not lost, f"{len(lost)} are, such as {lost[:5]}")
    report.part("rotation")


def application_password_counts(lab, site, password):
    return mysql.lets_in(lab, password, "--host=mysql-primary", "--user=wordpress", "--ssl-mode=REQUIRED")


def root_password_counts(lab, site, password):
    return mysql.lets_in(lab, password, "--socket=/run/mysql/mysqld.sock", "--user=root")


def grafana_password_counts(lab, site, password):
    pod = next(pod for pod in lab.list("pods", "monitor", "app.kubernetes.io/name=grafana") if ready(pod))
    # By stdin: the list of processes is looked at for secrets.
    ask = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--json", "@-", f"http://{pod['status']['podIP']}:3000/login"]
    answer = lab.machine(pod["spec"]["nodeName"]).run(*ask, stdin=json.dumps({"user": "admin", "password": password})).stdout
    assert answer in ("200", "401"), f"Grafana's stand-in answers a login with {answer}"
    return answer == "200"


def administrator_password_counts(lab, site, password):
    return Person(site).logs_in("admin", password)


# What CI rotates: what pods read at their start, what the database keeps, and what the other half of it has to know, too.
OF_EACH_KIND = {"mysql-application", "mysql-replication", "wordpress-keys"}

# Whether a password lets somebody in, for the secrets of which that can be asked.
OLD_AND_NEW = {
    "mysql-application": application_password_counts,
    "mysql-root": root_password_counts,
    "grafana-admin": grafana_password_counts,
    "wordpress-admin": administrator_password_counts,
}


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


def takes_a_new_image(lab, visitors, report):
    """The tree as it would be rendered with the image's next version."""
    in_names = lambda tag: re.sub("[^a-z0-9]", "-", tag)
    old, new = web_tag(lab), next_tag(lab)
    change = lambda text: text.replace(old, new).replace(in_names(old), in_names(new))
    tree = lab.work / "next" / lab.name
    shutil.copytree(lab.folder, tree)
    for path in [*sorted((tree / "wordpress").iterdir()), tree / "kustomization.yaml"]:
        text = change(path.read_text())
        path.unlink()
        path.with_name(change(path.name)).write_text(text)
    before = web_uids(lab)
    began = time.monotonic()
    lab.kubectl("apply", "-k", str(tree))
    lab.wait("all web pods are new", lambda: not unready(lab) and not before & web_uids(lab), 420)
    words = visitors.since(began)
    report.figure("a new WordPress image is rolled out", f"all web pods are new after {time.monotonic() - began:.0f} s; {words}")
    report.part("new version")


def keeps_secrets(leaks, report):
    found = leaks.look()
    what = f"{len(leaks.values)} secret values, looked for in all logs and in the list of processes all the time"
    report.holds(f"none is found of {what}", not found, str(found))
