"""The stack `mysql` as a proof asks it: its members, what they hold, and somebody who writes to them all the time."""

import re

from lab import ready
from pods import client_pod

NAMESPACE = "database"


def member(lab, pod):
    """A member's pod as data, or nothing while there is none."""
    return lab.answer(f"/api/v1/namespaces/{NAMESPACE}/pods/{pod}")


def is_ready_member(lab, pod):
    found = member(lab, pod)
    return found is not None and ready(found)


def machine_of(lab, pod):
    """The machine that a member is on."""
    return lab.machine(member(lab, pod)["spec"]["nodeName"])


def sql(lab, pod, statement):
    """What a statement answers to root, inside of a member's pod."""
    client = ["mysql", "--defaults-file=/run/mysql/root.cnf", "--batch", "--skip-column-names", f"--execute={statement}"]
    run = lab.exec(NAMESPACE, pod, *client, container="mysql")
    return run.stdout.strip() if run.returncode == 0 else f"error: {run.stderr}"


def is_replica_current(lab):
    """Whether the replica receives and applies what the primary does."""
    tables = ("replication_connection_status", "replication_applier_status")
    states = sql(lab, "mysql-1", "; ".join(f"SELECT service_state FROM performance_schema.{table}" for table in tables))
    return states.split() == ["ON", "ON"]


def lets_in(lab, password, *how):
    """Whether a member takes a password from a client that connects in this way."""
    script = 'read -r MYSQL_PWD; export MYSQL_PWD; exec mysql --no-defaults --execute="DO 0" "$@"'
    run = lab.exec(NAMESPACE, "mysql-0", "bash", "-c", script, "client", *how, stdin=f"{password}\n", container="mysql")
    return run.returncode == 0


def lose_volume(lab, pod):
    """Deletes a member's pod with its claim, and waits until there is a new pod."""
    before = member(lab, pod)["metadata"]["uid"]
    lab.kubectl("delete", "pvc", f"data-{pod}", f"--namespace={NAMESPACE}", "--wait=false")
    lab.kubectl("delete", "pod", pod, f"--namespace={NAMESPACE}", "--wait=true")
    lab.wait(f"{pod} is a new pod", lambda: (member(lab, pod) or {"metadata": {"uid": before}})["metadata"]["uid"] != before, 120)


def client_labels(lab, *but):
    """The labels of pods that the database lets in, other than apps of these names."""
    policies = lab.list("networkpolicies", NAMESPACE)
    peers = [peer for policy in policies for rule in policy["spec"].get("ingress", []) for peer in rule.get("from", [])]
    labels = [peer["podSelector"]["matchLabels"] for peer in peers if peer.get("podSelector", {}).get("matchLabels")]
    return next(label for label in labels if label["app.kubernetes.io/name"] not in but)


class Writer:
    """A pod beside the application that writes numbered rows all the time, and says each that was acknowledged."""

    SCRIPT = """
    number=$FIRST
    while true; do
      if MYSQL_PWD=$PASSWORD mysql --no-defaults --host="$HOST" --user="$USERNAME" --ssl-mode=REQUIRED --connect-timeout=3 "$DATABASE" \\
        --execute="CREATE TABLE IF NOT EXISTS lab_rows (number INT PRIMARY KEY); INSERT INTO lab_rows VALUES ($number)" 2>/dev/null; then
        echo "wrote $number"
      fi
      number=$((number + 1))
      sleep 0.5
    done
    """

    def __init__(self, lab, namespace, labels, host, database):
        self.lab = lab
        self.namespace = namespace
        self.labels = labels
        self.host = host
        self.database = database
        self.written = set()
        self.first = 0
        self.start()

    def start(self):
        """A new pod, which takes the password of today."""
        self.lab.kubectl.run("delete", "pod", "writer", f"--namespace={self.namespace}", "--ignore-not-found", "--grace-period=1")
        self.first += 1_000_000
        key = lambda name: {"secretKeyRef": {"name": "mysql-application", "key": name}}
        env = [
            {"name": "USERNAME", "valueFrom": key("username")},
            {"name": "PASSWORD", "valueFrom": key("password")},
            {"name": "HOST", "value": self.host},
            {"name": "DATABASE", "value": self.database},
            {"name": "FIRST", "value": str(self.first)},
        ]
        image = self.lab.list("statefulsets", NAMESPACE)[0]["spec"]["template"]["spec"]["containers"][0]["image"]
        client_pod(self.lab, "writer", self.namespace, self.labels, ["bash", "-c", self.SCRIPT], image=image, env=env, user=999)
        self.lab.wait("a row is written", lambda: len(self._said()) > 0, 60)

    def _said(self):
        log = self.lab.kubectl.run("logs", "writer", f"--namespace={self.namespace}").stdout
        said = {int(number) for number in re.findall(r"^wrote (\d+)$", log, re.MULTILINE)}
        self.written |= said
        return said

    def lost(self):
        """Rows that were acknowledged and are not in the primary any more."""
        self._said()
        kept = set(map(int, sql(self.lab, "mysql-0", f"SELECT number FROM {self.database}.lab_rows").split()))
        return sorted(self.written - kept)
