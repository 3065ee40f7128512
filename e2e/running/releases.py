"""The Helm releases of a cluster, without their charts, which cannot be had while it is tested.

What a chart would make of our values is written here, for the values that our stacks give: a value that is not known here is refused, so
that none is passed over in silence.
"""

import yaml

from lab import manifest


class Values:
    """A release's values, each of which has to be taken."""

    def __init__(self, path):
        self.path = path
        self.left = yaml.safe_load(path.read_text())

    def take(self, *keys, default=None):
        at = self.left
        for key in keys[:-1]:
            at = at.get(key, {})
        value = at.pop(keys[-1], default)
        return value

    def all_taken(self):
        def leaves(at, path):
            if isinstance(at, dict):
                return [leaf for key, value in at.items() for leaf in leaves(value, [*path, key])]
            return [".".join(path)]

        left = leaves(self.left, [])
        assert not left, f"{self.path}: the lab's stand-in for the chart does not know {', '.join(left)}"


def start_traefik(lab):
    """Traefik as its chart would run it; the program is Traefik's own."""
    values = Values(lab.folder / "releases/traefik.yaml")
    assert values.take("ingressClass", "enabled") and not values.take("global", "checkNewVersion") and not values.take("global", "sendAnonymousUsage")
    is_default = str(values.take("ingressClass", "isDefaultClass")).lower()
    objects = manifest("traefik.yaml", ingress_class=values.take("ingressClass", "name"), is_default=is_default)
    deployment = next(thing for thing in objects if thing["kind"] == "Deployment")
    service = next(thing for thing in objects if thing["kind"] == "Service")
    budget = next(thing for thing in objects if thing["kind"] == "PodDisruptionBudget")

    deployment["spec"]["replicas"] = values.take("deployment", "replicas")
    pod = deployment["spec"]["template"]["spec"]
    pod["topologySpreadConstraints"] = values.take("topologySpreadConstraints")
    traefik = pod["containers"][0]
    traefik["resources"] = values.take("resources")
    if to := values.take("ports", "web", "http", "redirections", "entryPoint"):
        # templates/_podtemplate.tpl: an entry point's name is made a port that visitors see.
        target = {"websecure": ":443"}[to.pop("to")]
        scheme, permanent = to.pop("scheme"), str(to.pop("permanent")).lower()
        assert not to, to
        where = "--entryPoints.web.http.redirections.entryPoint"
        traefik["args"] += [f"{where}.to={target}", f"{where}.scheme={scheme}", f"{where}.permanent={permanent}"]
    for port in service["spec"]["ports"]:
        if proxies := values.take("ports", port["name"], "forwardedHeaders", "trustedIPs"):
            traefik["args"].append(f"--entryPoints.{port['name']}.forwardedHeaders.trustedIPs={','.join(proxies)}")
        if at_nodes := values.take("ports", port["name"], "nodePort"):
            port["nodePort"] = at_nodes
    service["metadata"]["annotations"] = values.take("service", "annotations", default={})
    service["spec"]["type"] = values.take("service", "spec", "type")
    if policy := values.take("service", "spec", "externalTrafficPolicy"):
        service["spec"]["externalTrafficPolicy"] = policy
    assert values.take("podDisruptionBudget", "enabled")
    budget["spec"]["maxUnavailable"] = values.take("podDisruptionBudget", "maxUnavailable")
    values.all_taken()
    lab.apply(objects)


def start_grafana(lab, release, namespace, part=()):
    """A stand-in for Grafana by the values of its chart: those of a release of its own, or below `part` of another's."""
    values = Values(lab.folder / f"releases/{release}.yaml")
    take = lambda *keys, default=None: values.take(*part, *keys, default=default)
    # templates/_helpers.tpl: a release that has the chart in its name is not given it again.
    name = release if "grafana" in release else f"{release}-grafana"
    keys = {"secret": "existingSecret", "user_key": "userKey", "password_key": "passwordKey"}
    admin = {word: take("admin", key) for word, key in keys.items()}
    objects = manifest("grafana.yaml", grafana=name, release=release, namespace=namespace, **admin)
    _, claim, deployment, service = objects

    pod = deployment["spec"]["template"]["spec"]
    pod["containers"][0]["resources"] = take("resources")
    pod["nodeSelector"], pod["tolerations"] = take("nodeSelector", default={}), take("tolerations", default=[])
    deployment["spec"]["strategy"] = take("deploymentStrategy", default={"type": "RollingUpdate"})
    if take("persistence", "enabled"):
        assert take("initChownData", "enabled") is False
        claim["spec"] = {
            "accessModes": take("persistence", "accessModes"),
            "resources": {"requests": {"storage": take("persistence", "size")}},
            "storageClassName": take("persistence", "storageClassName"),
        }
    else:
        objects.remove(claim)
        pod["volumes"] = [{"name": "storage", "emptyDir": {}}]
    service["metadata"]["annotations"] = take("service", "annotations", default={})
    service["spec"]["type"] = take("service", "type")
    if node_port := take("service", "nodePort"):
        service["spec"]["ports"][0]["nodePort"] = node_port
    # What only Grafana itself reads, and its sidecars.
    for key in ("datasources", "grafana.ini", "sidecar"):
        take(key)
    if not part:
        values.all_taken()
    lab.apply(objects)


def start_prometheus(lab, release, namespace, *beside):
    """kube-prometheus-stack as its chart would run it: the operator, Prometheus, and what tells it of Kubernetes and of machines.

    `beside` are the manifests of other parts, such as Alertmanager's.
    """
    values = Values(lab.folder / f"releases/{release}.yaml")
    objects = [thing for name in ("kube-prometheus-stack.yaml", *beside) for thing in manifest(name)]
    named = {(thing["kind"], thing["metadata"]["name"].removeprefix(f"{release}-")): thing for thing in objects}
    operator = named["Deployment", "kube-prometheus-operator"]["spec"]["template"]["spec"]
    state = named["Deployment", "kube-state-metrics"]["spec"]["template"]["spec"]
    exporter = named["DaemonSet", "prometheus-node-exporter"]["spec"]["template"]["spec"]

    for pod, keys in ((operator, ("prometheusOperator",)), (state, ("kube-state-metrics",)), (exporter, ("prometheus-node-exporter",))):
        pod["containers"][0]["resources"] = values.take(*keys, "resources")
        pod["nodeSelector"] = values.take(*keys, "nodeSelector", default={})
    for kind in ("requests", "limits"):
        for resource, amount in values.take("prometheusOperator", "prometheusConfigReloader", "resources", kind).items():
            operator["containers"][0]["args"].append(f"--config-reloader-{resource}-{kind.removesuffix('s')}={amount}")
    assert values.take("kube-state-metrics", "collectorsExclude") == ["secrets"]
    watched = "configmaps,daemonsets,deployments,horizontalpodautoscalers,jobs,namespaces,networkpolicies,nodes"
    watched += ",persistentvolumeclaims,persistentvolumes,poddisruptionbudgets,pods,replicasets,services,statefulsets,storageclasses"
    state["containers"][0]["args"] = ["--port=8080", f"--resources={watched}"]

    prometheus = named["Prometheus", "kube-prometheus-prometheus"]["spec"]
    take = lambda *keys: values.take("prometheus", "prometheusSpec", *keys)
    for key in ("retention", "retentionSize", "scrapeInterval", "evaluationInterval", "resources", "nodeSelector"):
        if value := take(key):
            prometheus[key] = value
    prometheus["storage"] = take("storageSpec")
    if alertmanager := named.get(("Alertmanager", "kube-prometheus-alertmanager")):
        for key in ("resources", "nodeSelector"):
            alertmanager["spec"][key] = values.take("alertmanager", "alertmanagerSpec", key)
        # templates/prometheus/prometheus.yaml
        told = {"namespace": namespace, "name": alertmanager["metadata"]["name"], "port": "http-web", "pathPrefix": "/", "apiVersion": "v2"}
        prometheus["alerting"] = {"alertmanagers": [told]}
    else:
        values.take("alertmanager")
    for kind in ("serviceMonitor", "podMonitor", "rule"):
        # Otherwise the chart has it select what its own release made.
        assert take(f"{kind}SelectorNilUsesHelmValues") is False
        prometheus[f"{kind}Selector"] = {}
    service = named["Service", "kube-prometheus-prometheus"]["spec"]
    service["type"] = values.take("prometheus", "service", "type", default="ClusterIP")
    if node_port := values.take("prometheus", "service", "nodePort"):
        service["ports"][0]["nodePort"] = node_port
    for part in ("kubeEtcd", "kubeControllerManager", "kubeScheduler", "kubeProxy"):
        assert values.take(part, "enabled") is False
    # These do not run here.
    for keys in (("grafana",), ("prometheusOperator", "admissionWebhooks")):
        values.take(*keys)
    values.all_taken()

    # A link, which kubectl follows by its slash.
    crds = lab.program("prometheus-operator-crd") + "/"
    lab.kubectl("apply", "--server-side", f"--filename={crds}")
    lab.kubectl("wait", "--for=condition=Established", f"--filename={crds}", "--timeout=60s")
    lab.apply(objects)
