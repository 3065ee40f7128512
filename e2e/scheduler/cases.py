"""Small clusters and what is to run on them, made up at random: some fit, some do not, for every reason that there is."""

import random

# Keeps the cases of one server apart; each pod asks for its own case's nodes.
CASE = "stackwright.dev/case"


def case(chance, number):
    """The nodes and the objects of a case, the same for the same chance and number."""
    pick = random.Random(f"{chance} {number}")
    label = f"{number:03}"
    nodes = [_node(pick, label, index) for index in range(1, pick.randint(1, 5) + 1)]
    namespace = f"case-{label}"
    objects = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}]
    for index in range(1, pick.randint(1, 5) + 1):
        objects += _workload(pick, label, namespace, f"w{index}", nodes)
    return nodes, objects


def _node(pick, label, index):
    name = f"case-{label}-n{index}"
    cpus, memory = pick.choice([1, 2, 4]), pick.choice([1024, 2048, 2560, 4096, 8192])
    labels = {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": pick.choice(["east", "west"]),
        "cores": str(cpus),
        CASE: label,
    }
    if pick.random() < 0.5:
        labels["disk"] = pick.choice(["ssd", "hdd"])
    taints = []
    if pick.random() < 0.2:
        taints.append({"key": "dedicated", "value": pick.choice(["web", "data"]), "effect": pick.choice(["NoSchedule", "NoExecute"])})
    if pick.random() < 0.1:
        taints.append({"key": "slow", "value": "", "effect": "PreferNoSchedule"})
    space = {"cpu": f"{cpus * 1000 - pick.choice([0, 100, 600])}m", "memory": f"{memory - pick.choice([100, 356])}Mi"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": taints, "unschedulable": pick.random() < 0.05},
        "status": {
            "capacity": {"cpu": str(cpus), "memory": f"{memory}Mi", "pods": "110"},
            "allocatable": space | {"pods": pick.choice(["110", "110", "110", "4"])},
            "conditions": [{"type": "Ready", "status": "True"}],
        },
    }


def _workload(pick, label, namespace, name, nodes):
    """One workload, behind the volume that it is bound to if it has one."""
    kind = pick.choice(["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet", "Job"])
    selector = {"app": name}
    pod = _pod(pick, label, selector)
    before = []
    if kind == "Deployment" and pick.random() < 0.15:
        before = _pinned_volume(pick, namespace, name, nodes)
        pod["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": name}}]
    template = {"metadata": {"labels": selector}, "spec": pod}
    replicas = pick.choice([1, 1, 2, 2, 3, 4, 6])
    if kind == "Job":
        pod["restartPolicy"] = "Never"
        spec = {"completions": replicas, "parallelism": replicas, "template": template}
    elif kind == "DaemonSet":
        spec = {"selector": {"matchLabels": selector}, "template": template}
    else:
        spec = {"replicas": replicas, "selector": {"matchLabels": selector}, "template": template}
    if kind == "StatefulSet":
        spec |= {"serviceName": name, "podManagementPolicy": pick.choice(["OrderedReady", "Parallel"])}
    version = "batch/v1" if kind == "Job" else "apps/v1"
    return [*before, {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": namespace}, "spec": spec}]


def _pod(pick, label, selector):
    pod = {"nodeSelector": {CASE: label}, "containers": [_container(pick, f"c{index}") for index in range(pick.choice([1, 1, 1, 2]))]}
    if pick.random() < 0.2:
        pod["initContainers"] = [_container(pick, "init")]
        if pick.random() < 0.3:
            pod["initContainers"][0]["restartPolicy"] = "Always"
    if pick.random() < 0.1:
        pod["containers"][0]["ports"] = [{"containerPort": 80, "hostPort": pick.choice([8080, 9100])}]
    if pick.random() < 0.15:
        pod["nodeSelector"]["disk"] = pick.choice(["ssd", "hdd"])
    if pick.random() < 0.25:
        pod["tolerations"] = [pick.choice([{"operator": "Exists"}, {"key": "dedicated", "value": "web", "effect": "NoSchedule"}, {"key": "dedicated", "operator": "Exists"}])]
    affinity = {}
    if pick.random() < 0.1:
        expression = pick.choice(
            [
                {"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["east"]},
                {"key": "disk", "operator": "NotIn", "values": ["hdd"]},
                {"key": "disk", "operator": "Exists"},
                {"key": "cores", "operator": "Gt", "values": ["1"]},
            ]
        )
        affinity["nodeAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}}
    if pick.random() < 0.15:
        term = {"labelSelector": {"matchLabels": selector}, "topologyKey": pick.choice(["kubernetes.io/hostname", "topology.kubernetes.io/zone"])}
        affinity["podAntiAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": [term]}
    if affinity:
        pod["affinity"] = affinity
    if pick.random() < 0.15:
        pod["topologySpreadConstraints"] = [
            {
                "maxSkew": pick.choice([1, 2]),
                "topologyKey": pick.choice(["kubernetes.io/hostname", "topology.kubernetes.io/zone"]),
                "whenUnsatisfiable": pick.choice(["DoNotSchedule", "DoNotSchedule", "ScheduleAnyway"]),
                "labelSelector": {"matchLabels": selector},
            }
        ]
    return pod


def _container(pick, name):
    requests = {}
    if pick.random() < 0.8:
        requests["cpu"] = pick.choice(["50m", "100m", "250m", "500m", "1", "1500m"])
    if pick.random() < 0.8:
        requests["memory"] = pick.choice(["32Mi", "64M", "128Mi", "256Mi", "512Mi", "1Gi", "1500Mi"])
    # A limit without a request is one.
    limits = {"memory": "512Mi"} if "memory" not in requests and pick.random() < 0.3 else {}
    return {"name": name, "image": "none", "resources": {"requests": requests, "limits": limits}}


def _pinned_volume(pick, namespace, name, nodes):
    where = {"key": "kubernetes.io/hostname", "operator": "In", "values": [pick.choice(nodes)["metadata"]["name"]]}
    size = {"storage": "1Gi"}
    volume = {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": f"{namespace}-{name}"},
        "spec": {
            "capacity": size,
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": "by-hand",
            "local": {"path": "/data"},
            "claimRef": {"namespace": namespace, "name": name},
            "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [where]}]}},
        },
    }
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "by-hand", "volumeName": f"{namespace}-{name}", "resources": {"requests": size}},
    }
    return [volume, claim]
