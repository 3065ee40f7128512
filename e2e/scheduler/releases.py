"""The pods that a cluster's Helm releases bring, as far as the cluster says it of them: how many, where, and what each asks for."""

NAMESPACE = "releases"
# Where the pods carry the name that `capacity` has of them.
NAMED = "stackwright.dev/named"
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"
KEPT_OFF = {"key": CONTROL_PLANE, "operator": "DoesNotExist"}


def workloads(releases):
    """A workload for each kind of pods, in a namespace of their own: their real ones may ask things of pods that are not said here."""
    found = [_workload(release, pods) for release in releases for pods in release["pods"]]
    return [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}, *found]


def _workload(release, pods):
    name = f"{release['name']}-{pods['name']}".lower().replace(" ", "-")
    containers = [{"name": f"c{number}", "image": "none", "resources": asked} for number, asked in enumerate(pods["containers"])]
    pod = {"containers": containers or [{"name": "c", "image": "none"}]}
    spread = pods["spread"]
    where, number = next(iter(spread.items())) if isinstance(spread, dict) else (spread, None)
    if where == "node":
        pod["nodeSelector"] = {"kubernetes.io/hostname": number}
        number = 1
    if where in ("every-node", "every-control-plane", "anywhere", "node"):
        pod["tolerations"] = [{"operator": "Exists"}]
    if where == "every-control-plane":
        pod["nodeSelector"] = {CONTROL_PLANE: ""}
    if where in ("every-worker", "workers"):
        required = {"nodeSelectorTerms": [{"matchExpressions": [KEPT_OFF]}]}
        pod["affinity"] = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}}
    labels = {"app": name}
    metadata = {"labels": labels, "annotations": {NAMED: pods["name"]}}
    spec = {"selector": {"matchLabels": labels}, "template": {"metadata": metadata, "spec": pod}}
    kind = "Deployment" if number is not None else "DaemonSet"
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": spec | ({"replicas": number} if number is not None else {}),
    }
