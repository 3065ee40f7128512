"""The objects that the proof applies, as data that it changes."""

import copy

NAMES = {"app.kubernetes.io/name": "web"}


def named(api_version, kind, name, **fields):
    """An object of the shop's namespace."""
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": "shop"}, **fields}


def pods(image, labels):
    return {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "main", "image": image, "envFrom": [{"configMapRef": {"name": "settings"}}]}]}}


def shop():
    """A web, its database, and an offer of a kind of its own."""
    database = {"app.kubernetes.io/name": "db"}
    storage = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    # A claim for each pod, which goes when there are fewer pods.
    queue = {
        "replicas": 2,
        "serviceName": "db",
        "selector": {"matchLabels": {"app.kubernetes.io/name": "queue"}},
        "template": pods("queue:1", {"app.kubernetes.io/name": "queue"}),
        "volumeClaimTemplates": [{"metadata": {"name": "kept"}, "spec": storage}],
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Delete"},
    }
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
        DEFINITION,
        named("v1", "ServiceAccount", "web"),
        named("v1", "ConfigMap", "settings", data={"COLOUR": "green"}),
        named("v1", "ConfigMap", "left-over", data={"a": "b"}),
        named("v1", "PersistentVolumeClaim", "data", spec=storage),
        named("v1", "Service", "web", spec={"selector": NAMES, "ports": [{"name": "http", "port": 80}]}),
        named("v1", "Service", "db", spec={"selector": database, "clusterIP": "None", "ports": [{"name": "sql", "port": 3306}]}),
        named("apps/v1", "Deployment", "web", spec={"replicas": 2, "selector": {"matchLabels": NAMES}, "template": pods("web:1", NAMES)}),
        named("apps/v1", "StatefulSet", "db", spec={"replicas": 1, "serviceName": "db", "selector": {"matchLabels": database}, "template": pods("db:1", database)}),
        named("apps/v1", "StatefulSet", "queue", spec=queue),
        named("shop.example/v1", "Sale", "summer", spec={"percent": 20}),
    ]


DEFINITION = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "sales.shop.example"},
    "spec": {
        "group": "shop.example",
        "scope": "Namespaced",
        "names": {"kind": "Sale", "plural": "sales", "singular": "sale", "listKind": "SaleList"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": {"percent": {"type": "integer"}}}}}},
            }
        ],
    },
}


def changed(objects, kind, name, path=None, value=None):
    """The same objects, but for one field of one of them; without a path, that one is left out."""
    objects = copy.deepcopy(objects)
    thing = next(each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name))
    if path is None:
        objects.remove(thing)
        return objects
    *way, last = path.split("/")
    for step in way:
        thing = thing[int(step)] if isinstance(thing, list) else thing.setdefault(step, {})
    thing[last] = value
    return objects


IMAGE = "spec/template/spec/containers/0/image"
