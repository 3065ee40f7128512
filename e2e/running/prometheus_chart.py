"""The chart `prometheus` 29.27.0, without an operator: its own templates say here what our values come to (see releases.py)."""

import yaml

from lab import manifest
from releases import Values

# What kube-state-metrics reads by its chart's values, but for Secrets.
WATCHED = (
    "certificatesigningrequests,configmaps,cronjobs,daemonsets,deployments,endpointslices,horizontalpodautoscalers,ingresses,jobs,leases"
    ",limitranges,mutatingwebhookconfigurations,namespaces,networkpolicies,nodes,persistentvolumeclaims,persistentvolumes"
    ",poddisruptionbudgets,pods,replicasets,replicationcontrollers,resourcequotas,services,statefulsets,storageclasses"
    ",validatingwebhookconfigurations,volumeattachments"
)


def start_prometheus_chart(lab, release, namespace):
    """Prometheus with the container that reloads its configuration, Alertmanager, kube-state-metrics, and node-exporter on every node."""
    assert (release, namespace) == ("prometheus", "monitoring"), "not the names that manifests/prometheus.yaml has"
    values = Values(lab.folder / f"releases/{release}.yaml")
    objects = manifest("prometheus.yaml")
    named = {(thing["kind"], thing["metadata"]["name"].removeprefix(f"{release}-")): thing for thing in objects}
    _server(values, named)
    _alertmanager(values, named)

    state = named["Deployment", "kube-state-metrics"]["spec"]["template"]["spec"]
    _place(values, state, "kube-state-metrics")
    assert values.take("kube-state-metrics", "collectorsExclude") == ["secrets"]
    state["containers"][0]["args"] = ["--port=8080", f"--resources={WATCHED}"]

    exporter = named["DaemonSet", "prometheus-node-exporter"]["spec"]["template"]["spec"]["containers"][0]
    exporter["resources"] = values.take("prometheus-node-exporter", "resources")
    exporter["args"] += values.take("prometheus-node-exporter", "extraArgs", default=[])
    assert values.take("prometheus-pushgateway", "enabled") is False
    values.all_taken()
    lab.apply(objects)


def _place(values, pod, *part):
    """What each part of the chart has of these."""
    pod["containers"][0]["resources"] = values.take(*part, "resources")
    for key, none in (("nodeSelector", {}), ("tolerations", [])):
        pod[key] = values.take(*part, key, default=none)


def _server(values, named):
    """Templates deploy.yaml, cm.yaml and service.yaml."""
    pod = named["Deployment", "server"]["spec"]["template"]["spec"]
    _place(values, pod, "server")
    server, reloader = pod["containers"]
    reloader["resources"] = values.take("configmapReload", "prometheus", "resources")
    for key, flag in (("retention", "time"), ("retentionSize", "size")):
        server["args"].append(f"--storage.tsdb.retention.{flag}={values.take('server', key)}")
    claim = values.take("server", "persistentVolume", "existingClaim")
    pod["volumes"].append({"name": "storage-volume", "persistentVolumeClaim": {"claimName": claim}})

    data = named["ConfigMap", "server"]["data"]
    settings = yaml.safe_load(data["prometheus.yml"])
    # The chart's own, over which ours are laid.
    times = {"scrape_interval": "1m", "scrape_timeout": "10s", "evaluation_interval": "1m"}
    ours = {key: value for key in times if (value := values.take("server", "global", key))}
    data["prometheus.yml"] = yaml.safe_dump({"global": {**times, **ours}, **settings}, sort_keys=False)
    data["alerting_rules.yml"] = yaml.safe_dump({"groups": values.take("serverFiles", "alerting_rules.yml", "groups", default=[])}, sort_keys=False)


def _alertmanager(values, named):
    """Templates statefulset.yaml, configmap.yaml and services.yaml of its own chart."""
    pod = named["StatefulSet", "alertmanager"]["spec"]["template"]["spec"]
    _place(values, pod, "alertmanager")
    named["Service", "alertmanager"]["metadata"]["annotations"] = values.take("alertmanager", "service", "annotations", default={})
    # As the manifest has it.
    assert values.take("alertmanager", "persistence", "enabled") is False
    for mount in values.take("alertmanager", "extraSecretMounts", default=[]):
        pod["volumes"].append({"name": mount["name"], "secret": {"secretName": mount.pop("secretName")}})
        pod["containers"][0]["volumeMounts"].append(mount)
    # Helm lays maps over the chart's own, key by key, and puts lists in place of them.
    chart = {"global": {}, "templates": ["/etc/alertmanager/*.tmpl"], "receivers": [{"name": "default-receiver"}]}
    route = {"group_wait": "10s", "group_interval": "5m", "receiver": "default-receiver", "repeat_interval": "3h"}
    ours = values.take("alertmanager", "config")
    settings = {**chart, **ours, "route": {**route, **ours["route"]}}
    named["ConfigMap", "alertmanager"]["data"]["alertmanager.yml"] = yaml.safe_dump(settings, sort_keys=False)
