"""A Prometheus that runs, by its API: https://prometheus.io/docs/prometheus/3.5/querying/api/."""

import json
import urllib.parse
import urllib.request

import yaml

from lab import ready


class Prometheus:
    """The one at an address and port."""

    def __init__(self, address, port):
        self.url = f"http://{address}:{port}"

    def _ask(self, path):
        """The answer to a path; an OSError where there is none, or it is an error."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read()

    def _get(self, path, **parameters):
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        return json.loads(self._ask(f"/api/v1/{path}{query}"))["data"]

    def answers(self):
        """Whether it is ready."""
        try:
            self._ask("/-/ready")
            return True
        except OSError:
            return False

    def query(self, expression):
        """The series that an expression gives now."""
        return self._get("query", query=expression)["result"]

    def targets(self):
        """Whatever it reads."""
        return self._get("targets", state="active")["activeTargets"]

    def down(self):
        """What it should read and cannot, or has not yet, and why."""
        return [f"{target['scrapeUrl']}: {target['lastError'] or 'not yet'}" for target in self.targets() if target["health"] != "up"]

    def alertmanagers(self):
        """Whom it tells of alerts."""
        return [one["url"] for one in self._get("alertmanagers")["activeAlertmanagers"]]

    def rules(self):
        """Every rule that it has."""
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def alerts(self, name):
        """The alerts of a name, whether they are pending or fire."""
        return [alert for alert in self._get("alerts")["alerts"] if alert["labels"]["alertname"] == name]

    def config(self):
        """Its configuration, as data."""
        return yaml.safe_load(self._get("status/config")["yaml"])

    def flags(self):
        """The flags that it was started with."""
        return self._get("status/flags")

    @staticmethod
    def queries_of(path):
        """The queries of the dashboards in a ConfigMap's file."""
        dashboards = map(json.loads, yaml.safe_load(path.read_text())["data"].values())
        return [target["expr"] for dashboard in dashboards for panel in dashboard["panels"] for target in panel["targets"]]


class PrometheusInPod(Prometheus):
    """The one in a ready pod, which no node port leads to. It is asked from its own node: every network plugin lets that in, as kubelet."""

    def __init__(self, lab, namespace, selector):
        self.lab = lab
        self.namespace = namespace
        self.selector = selector

    def pod(self):
        """Its pod, if that is ready."""
        return next((pod for pod in self.lab.list("pods", self.namespace, self.selector) if ready(pod)), None)

    def _ask(self, path):
        if not (pod := self.pod()):
            raise OSError("no pod of Prometheus is ready")
        url = f"http://{pod['status']['podIP']}:9090{path}"
        asked = self.lab.machine(pod["spec"]["nodeName"]).run("curl", "--silent", "--show-error", "--fail", "--max-time", "10", url)
        if asked.returncode != 0:
            raise OSError(asked.stderr)
        return asked.stdout
