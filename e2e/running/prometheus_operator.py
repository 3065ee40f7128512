"""What is claimed of a Prometheus that the operator runs: it reads what ServiceMonitors tell it to, by the rules that are rendered."""

import time

import yaml


def is_watched(lab, prometheus, report, jobs):
    """Targets of all of these jobs are read, with all others; and each rule is loaded."""
    known = lambda: {target["labels"]["job"] for target in prometheus.targets()}
    lab.wait("Prometheus has its targets", lambda: known() >= jobs, 60)
    give_up = time.monotonic() + 60
    while prometheus.down() and time.monotonic() < give_up:
        time.sleep(1)
    down = prometheus.down()
    report.holds("Prometheus reads whatever it is told to, on every node", not down, str(down))
    rules = [yaml.safe_load(path.read_text()) for path in (lab.folder / "after-prometheus").glob("*/prometheusrule-*.yaml")]
    alerts = {rule["alert"] for thing in rules for group in thing["spec"]["groups"] for rule in group["rules"]}
    lab.wait("Prometheus has the rules", lambda: {rule["name"] for rule in prometheus.rules()} == alerts, 120)
    lab.wait("the rules were tried", lambda: all(rule["health"] != "unknown" for rule in prometheus.rules()), 60)
    wrong = [rule["name"] + ": " + rule.get("lastError", "") for rule in prometheus.rules() if rule["health"] != "ok"]
    report.holds(f"the rules of {', '.join(sorted(alerts))} are loaded and evaluate", not wrong, str(wrong))
