"""A Prometheus that runs, by its API: https://prometheus.io/docs/prometheus/3.5/querying/api/."""

import json
import urllib.parse
import urllib.request

import yaml


class Prometheus:
    """The one at an address and port."""

    def __init__(self, address, port):
        self.url = f"http://{address}:{port}"

    def _get(self, path, **parameters):
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}{query}", timeout=10) as answer:
            return json.loads(answer.read())["data"]

    def answers(self):
        """Whether it is ready."""
        try:
            return urllib.request.urlopen(f"{self.url}/-/ready", timeout=5).status == 200
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
