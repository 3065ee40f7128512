"""Small clusters and what is to run on them, made up at random: some fit, some do not, for every reason that there is.

What a pod with a `nodeName` asks for is not among them beyond what is there already: its kubelet takes or refuses it, not the scheduler.
"""

import random

# Keeps the cases of one server apart; each pod asks for its own case's nodes.
CASE = "stackwright.dev/case"
HOST = "kubernetes.io/hostname"
ZONE = "topology.kubernetes.io/zone"
GPU = "example.com/gpu"


def case(seed, number, label):
    """The nodes and the objects of a case, the same for the same seed and number; their names contain the label."""
    return Case(random.Random(f"{seed} {number}"), label).made()


class Case:
    """A case while it is made up."""

    def __init__(self, pick, label):
        self.pick = pick
        self.label = label
        self.namespaces = [f"case-{label}"] + ([f"case-{label}-b"] if pick.random() < 0.3 else [])
        # Of each kind of difficulty, a case has much or little: one with all of them at once would prove nothing of any.
        self.tight = pick.choice([0.1, 0.3, 1])
        self.rules = pick.choice([0, 0.1, 0.25])
        self.has_priorities = pick.random() < 0.25
        self.nodes = []
        self.objects = []

    def chance(self, likelihood):
        return self.pick.random() < likelihood

    def made(self):
        """The nodes and the objects."""
        pick = self.pick
        self.names = [f"w{index}" for index in range(1, pick.randint(1, 4) + 1)]
        self.nodes = [self._node(index) for index in range(1, pick.randint(1, 5) + 1)]
        for index, namespace in enumerate(self.namespaces):
            self._add("v1", "Namespace", namespace, metadata={"labels": {"case": self.label, "team": f"{self.label}-{'ab'[index]}"}})
            if self.chance(0.08):
                limits = [{"type": "Container", "defaultRequest": {"cpu": "150m", "memory": "100Mi"}}]
                self._add("v1", "LimitRange", "defaults", namespace, spec={"limits": limits})
        self._add_classes()
        for node in self.nodes:
            if self.chance(0.15):
                self._add_running(node)
        for name in self.names:
            self._add_workload(name, pick.choice(self.namespaces))
        return self.nodes, self.objects

    def _add(self, api_version, kind, name, namespace=None, metadata=None, **rest):
        metadata = {"name": name, **({"namespace": namespace} if namespace else {}), **(metadata or {})}
        self.objects.append({"apiVersion": api_version, "kind": kind, "metadata": metadata, **rest})

    def _named(self, name):
        """The name of something that belongs to no namespace."""
        return f"case-{self.label}-{name}"

    def _node(self, index):
        pick, name = self.pick, self._named(f"n{index}")
        cpus, memory = pick.choice([1, 2, 4]), pick.choice([1024, 2048, 2560, 4096, 8192])
        labels = {
            HOST: name,
            "kubernetes.io/os": "linux",
            ZONE: self._named(pick.choice(["east", "west"])),
            "cores": str(cpus),
            CASE: self.label,
        }
        if self.chance(0.7):
            # A key of this case alone, for rules that look at all nodes that carry it.
            labels[self._named("rack")] = pick.choice("xyz")
        if self.chance(0.5):
            labels["disk"] = pick.choice(["ssd", "hdd"])
        taints = []
        if self.chance(0.15):
            taints.append({"key": "dedicated", "value": pick.choice(["web", "data"]), "effect": pick.choice(["NoSchedule", "NoExecute"])})
        if self.chance(0.1):
            taints.append({"key": "slow", "value": "", "effect": "PreferNoSchedule"})
        is_ready = not self.chance(0.05)
        if not is_ready:
            taints += [{"key": "node.kubernetes.io/not-ready", "effect": effect} for effect in ("NoSchedule", "NoExecute")]
        space = {
            "cpu": f"{cpus * 1000 - pick.choice([0, 100, 600])}m",
            "memory": f"{memory - pick.choice([100, 356])}Mi",
            "pods": pick.choice(["110", "110", "110", "110", "4", "2"]),
        }
        if self.chance(0.2):
            space[GPU] = pick.choice(["1", "2"])
        if self.chance(0.8):
            space["ephemeral-storage"] = pick.choice(["10Gi", "2Gi"])
        return {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": name, "labels": labels},
            "spec": {"taints": taints, "unschedulable": self.chance(0.05)},
            "status": {
                "capacity": space | {"cpu": str(cpus), "memory": f"{memory}Mi"},
                "allocatable": space,
                "conditions": [{"type": "Ready", "status": str(is_ready)}],
            },
        }

    def _add_classes(self):
        pick = self.pick
        if self.has_priorities:
            self._add("scheduling.k8s.io/v1", "PriorityClass", self._named("high"), value=1000)
            self._add("scheduling.k8s.io/v1", "PriorityClass", self._named("low"), value=-10)
            self._add("scheduling.k8s.io/v1", "PriorityClass", self._named("polite"), value=500, preemptionPolicy="Never")
        self.has_runtime = self.chance(0.15)
        if self.has_runtime:
            scheduling = {}
            if self.chance(0.5):
                scheduling["nodeSelector"] = {"cores": pick.choice(["2", "4"])}
            if self.chance(0.5):
                scheduling["tolerations"] = [{"key": "dedicated", "operator": "Exists"}]
            self._add("node.k8s.io/v1", "RuntimeClass", self._named("boxed"), handler="boxed", overhead={"podFixed": {"cpu": "250m", "memory": "120Mi"}}, scheduling=scheduling)
        self.storage = pick.choice(["by-hand", "found", "shared", "local", "zoned", "anywhere"]) if self.chance(0.3) else None
        if self.storage == "found":
            self._add_storage_class("kubernetes.io/no-provisioner", "WaitForFirstConsumer")
            for index in range(pick.randint(1, 4)):
                self._add_volume(f"found-{index}")
        elif self.storage == "shared":
            # Each volume is one claim's, and any node's: only their number matters, and their size.
            self._add_storage_class("kubernetes.io/no-provisioner", pick.choice(["Immediate", "WaitForFirstConsumer"]))
            for index in range(pick.randint(1, 5)):
                self._add_volume(f"shared-{index}")
        elif self.storage == "local":
            self._add_storage_class("example.com/local", "WaitForFirstConsumer")
        elif self.storage == "zoned":
            where = [{"matchLabelExpressions": [{"key": ZONE, "values": [self._named("east")]}]}]
            self._add_storage_class("example.com/disks", "WaitForFirstConsumer", allowedTopologies=where)
        elif self.storage == "anywhere":
            self._add_storage_class("example.com/nfs", "Immediate")

    def _add_storage_class(self, provisioner, binding, **more):
        self._add("storage.k8s.io/v1", "StorageClass", self._named("class"), provisioner=provisioner, volumeBindingMode=binding, reclaimPolicy="Delete", **more)

    def _add_volume(self, name, claim=None):
        modes = ["ReadWriteMany"] if self.storage == "shared" else ["ReadWriteOnce"]
        where = {"key": HOST, "operator": "In", "values": [self.pick.choice(self.nodes)["metadata"]["name"]]}
        spec = {
            "capacity": {"storage": self.pick.choice(["1Gi", "2Gi"])},
            "accessModes": modes,
            "storageClassName": self._named("class"),
        }
        if self.storage == "shared":
            spec["nfs"] = {"server": "192.0.2.1", "path": f"/{name}"}
        else:
            spec["local"] = {"path": "/data"}
            spec["nodeAffinity"] = {"required": {"nodeSelectorTerms": [{"matchExpressions": [where]}]}}
        if claim:
            spec["claimRef"] = claim
        self._add("v1", "PersistentVolume", self._named(name), spec=spec)

    def _claim(self, namespace, name):
        """What a claim of this case's storage asks for."""
        spec = {"accessModes": ["ReadWriteOnce"], "storageClassName": self._named("class"), "resources": {"requests": {"storage": "1Gi"}}}
        if self.storage == "by-hand":
            self._add_volume(name, {"namespace": namespace, "name": name})
            spec["volumeName"] = self._named(name)
        elif self.storage == "shared":
            spec["accessModes"] = ["ReadWriteMany"]
            spec["resources"]["requests"]["storage"] = self.pick.choice(["1Gi", "1Gi", "2Gi"])
        elif self.storage == "anywhere":
            spec["accessModes"] = [self.pick.choice(["ReadWriteMany", "ReadWriteMany", "ReadWriteOncePod"])]
        return spec

    def _add_running(self, node):
        """A pod that is on a node already, small enough to be."""
        name = f"on-{node['metadata']['name']}"
        spec = {
            "nodeName": node["metadata"]["name"],
            "tolerations": [{"operator": "Exists"}],
            "containers": [{"name": "c", "image": "none", "resources": {"requests": {"cpu": "300m", "memory": "500Mi"}}}],
        }
        if self.has_priorities and self.chance(0.5):
            spec["priorityClassName"] = self._named(self.pick.choice(["high", "low"]))
        labels = {"app": self.pick.choice([name, *self.names])}
        self._add("v1", "Pod", name, self.namespaces[0], metadata={"labels": labels | {"workload": name}}, spec=spec, status={"phase": "Running"})

    def _add_workload(self, name, namespace):
        pick = self.pick
        kind = pick.choice(["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet", "Job", "ReplicaSet", "Pod"])
        labels = {"app": name, "workload": name}
        pod = self._pod(name)
        template = {"metadata": {"labels": labels}, "spec": pod}
        replicas = pick.choice([1, 1, 2, 2, 3, 4, 6])
        claims = {}
        if self.storage and self.chance(0.6):
            spec = None if kind == "StatefulSet" and self.storage == "by-hand" else self._claim(namespace, name)
            if kind == "StatefulSet" and spec:
                claims = {"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": spec}]}
            elif spec:
                self._add("v1", "PersistentVolumeClaim", name, namespace, spec=spec)
                pod["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": name}}]
        if kind == "Pod":
            self._add("v1", kind, name, namespace, metadata={"labels": labels}, spec=pod)
        elif kind == "Job":
            pod["restartPolicy"] = "Never"
            spec = {"completions": pick.choice([replicas, replicas + 1, max(1, replicas - 1)]), "parallelism": replicas, "suspend": self.chance(0.1), "template": template}
            self._add("batch/v1", kind, name, namespace, spec=spec)
        else:
            spec = {"selector": {"matchLabels": labels}, "template": template, **claims}
            if kind != "DaemonSet":
                spec["replicas"] = replicas
            if kind == "StatefulSet":
                spec |= {"serviceName": name, "podManagementPolicy": pick.choice(["OrderedReady", "Parallel"])}
            self._add("apps/v1", kind, name, namespace, spec=spec)
            if kind in ("Deployment", "StatefulSet") and self.chance(0.15):
                target = {"apiVersion": "apps/v1", "kind": kind, "name": name}
                bounds = {"minReplicas": replicas, "maxReplicas": replicas + pick.choice([0, 1, 3])}
                self._add("autoscaling/v2", "HorizontalPodAutoscaler", name, namespace, spec={"scaleTargetRef": target, **bounds})

    def _pod(self, name):
        pick, rules = self.pick, self.rules
        pod = {"nodeSelector": {CASE: self.label}, "containers": [self._container(f"c{index}") for index in range(pick.choice([1, 1, 1, 2]))]}
        if self.chance(0.2):
            pod["initContainers"] = [self._container(f"i{index}") for index in range(pick.choice([1, 2]))]
            for container in pod["initContainers"]:
                if self.chance(0.4):
                    container["restartPolicy"] = "Always"
        if self.chance(0.05):
            # The containers may not ask for more than all of it.
            pod = {"nodeSelector": pod["nodeSelector"], "containers": [{"name": "c", "image": "none", "resources": {"requests": {"cpu": "200m"}}}]}
            pod["resources"] = {"requests": {"cpu": "700m", "memory": "1200Mi"}, "limits": {"memory": "2Gi"}}
        if self.has_runtime and self.chance(0.6):
            pod["runtimeClassName"] = self._named("boxed")
        if self.has_priorities and self.chance(0.6):
            pod["priorityClassName"] = self._named(pick.choice(["high", "low", "polite"]))
        if self.chance(0.4 * rules):
            pod["containers"][0]["ports"] = [{"containerPort": 80, "hostPort": pick.choice([8080, 9100]), "hostIP": pick.choice(["", "127.0.0.1"]), "protocol": pick.choice(["TCP", "TCP", "UDP"])}]
        if self.chance(0.1):
            pod["nodeSelector"]["disk"] = pick.choice(["ssd", "hdd"])
        if self.chance(0.25):
            choices = [[{"operator": "Exists"}], [{"key": "dedicated", "value": "web", "effect": "NoSchedule"}], [{"key": "dedicated", "operator": "Exists"}]]
            choices.append([{"key": "node.kubernetes.io/unschedulable", "operator": "Exists"}, {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoSchedule"}])
            pod["tolerations"] = pick.choice(choices)
        if self.chance(0.03):
            pod["schedulingGates"] = [{"name": "example.com/later"}]
        if self.chance(0.01):
            pod["schedulerName"] = "another"
        affinity = {}
        if self.chance(0.12):
            terms = [self._node_term() for _ in range(pick.choice([1, 1, 2]))]
            affinity["nodeAffinity"] = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
        for which, likelihood in (("podAntiAffinity", rules), ("podAffinity", rules / 2)):
            if self.chance(likelihood):
                affinity[which] = {"requiredDuringSchedulingIgnoredDuringExecution": [self._pod_term(name) for _ in range(pick.choice([1, 1, 1, 2]))]}
        if affinity:
            pod["affinity"] = affinity
        if self.chance(rules):
            pod["topologySpreadConstraints"] = self._spread(name)
        return pod

    def _node_term(self):
        pick = self.pick
        node = pick.choice(self.nodes)["metadata"]["name"]
        if self.chance(0.25):
            return {"matchFields": [{"key": "metadata.name", "operator": pick.choice(["In", "NotIn"]), "values": [node]}]}
        expressions = [
            {"key": ZONE, "operator": "In", "values": [self._named("east")]},
            {"key": HOST, "operator": "NotIn", "values": [node]},
            {"key": "disk", "operator": "NotIn", "values": ["hdd"]},
            {"key": "disk", "operator": "Exists"},
            {"key": "disk", "operator": "DoesNotExist"},
            {"key": "cores", "operator": "Gt", "values": ["1"]},
            {"key": "cores", "operator": "Lt", "values": ["4"]},
        ]
        return {"matchExpressions": pick.sample(expressions, pick.choice([1, 1, 2]))}

    def _pod_term(self, name):
        pick = self.pick
        other = pick.choice([name, name, *self.names])
        selector = {"matchLabels": {"app": other}} if self.chance(0.7) else {"matchExpressions": [{"key": "app", "operator": "In", "values": [other]}]}
        term = {"labelSelector": selector, "topologyKey": pick.choice([HOST, HOST, ZONE, self._named("rack")])}
        if self.chance(0.15):
            term["namespaces"] = [pick.choice(self.namespaces)]
        elif self.chance(0.15):
            term["namespaceSelector"] = pick.choice([{"matchLabels": {"case": self.label}}, {"matchLabels": {"team": f"{self.label}-a"}}, {"matchExpressions": [{"key": "team", "operator": "In", "values": [f"{self.label}-b"]}]}])
        if self.chance(0.1):
            term["matchLabelKeys"] = ["workload"]
        return term

    def _spread(self, name):
        pick = self.pick
        constraints = []
        for key in pick.sample([HOST, ZONE, self._named("rack")], pick.choice([1, 1, 1, 2])):
            constraint = {
                "maxSkew": pick.choice([1, 1, 2]),
                "topologyKey": key,
                "whenUnsatisfiable": pick.choice(["DoNotSchedule", "DoNotSchedule", "DoNotSchedule", "ScheduleAnyway"]),
                "labelSelector": {"matchLabels": {"app": pick.choice([name, name, name, *self.names])}},
            }
            if constraint["whenUnsatisfiable"] == "DoNotSchedule" and self.chance(0.15):
                constraint["minDomains"] = pick.choice([2, 3])
            # Only of this case's own key do no other nodes carry a value.
            if key == self._named("rack") and self.chance(0.3):
                constraint["nodeAffinityPolicy"] = "Ignore"
            if self.chance(0.3):
                constraint["nodeTaintsPolicy"] = "Honor"
            if self.chance(0.1):
                constraint["matchLabelKeys"] = ["workload"]
            constraints.append(constraint)
        return constraints

    def _container(self, name):
        pick = self.pick
        requests = {}
        if self.chance(0.8):
            requests["cpu"] = f"{int(pick.choice([50, 100, 250, 500, 1000, 1500]) * self.tight)}m"
        if self.chance(0.8):
            requests["memory"] = f"{int(pick.choice([32, 64, 128, 256, 512, 1024, 1500]) * self.tight)}Mi"
        if self.chance(0.05):
            requests["ephemeral-storage"] = "1Gi"
        # A limit without a request is one.
        limits = {"memory": "512Mi"} if "memory" not in requests and self.chance(0.2) else {}
        if self.chance(0.04):
            requests[GPU] = limits[GPU] = "1"
        return {"name": name, "image": "none", "resources": {"requests": requests, "limits": limits}}
