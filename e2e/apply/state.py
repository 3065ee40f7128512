"""What the server holds of the shop, beside what it should."""

import json
import urllib.parse

PART_OF = "applyset.kubernetes.io/part-of"
KINDS = "applyset.kubernetes.io/contains-group-kinds"
NAMESPACES = "applyset.kubernetes.io/additional-namespaces"
CORE = ("namespaces", "serviceaccounts", "configmaps", "secrets", "persistentvolumeclaims", "services")
# What the shop is made of; a release brings more.
PATHS = [
    *(f"/api/v1/{resource}" for resource in CORE),
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    "/apis/apps/v1/deployments",
    "/apis/apps/v1/statefulsets",
    "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    "/apis/shop.example/v1/sales",
]


class State:
    """The server's side."""

    def __init__(self, server):
        self.kubectl, self.client = server.kubectl, server.client()
        self.paths = list(PATHS)

    def parent(self):
        return self.client.expect("GET", "/api/v1/namespaces/kube-system/configmaps/stackwright-shop")["metadata"]

    def members(self, parent=None):
        """The objects with the inventory's label, by kind and name."""
        label = f"{PART_OF}={(parent or self.parent())['labels']['applyset.kubernetes.io/id']}"
        found = {}
        for path in self.paths:
            listed = self.client.expect("GET", f"{path}?labelSelector={urllib.parse.quote(label)}")
            for each in listed["items"]:
                # In a list, objects leave out what all have in common.
                each |= {"apiVersion": listed["apiVersion"], "kind": listed["kind"].removesuffix("List")}
                if "deletionTimestamp" not in each["metadata"]:
                    found[each["kind"], each["metadata"]["name"]] = each
        return found

    def versions(self):
        return {key: each["metadata"]["resourceVersion"] for key, each in self.members().items()}

    def get(self, kind, name):
        """An object of the shop's, or nothing."""
        text = self.kubectl("get", kind, name, "-n", "shop", "--ignore-not-found", "-o", "json")
        return json.loads(text) if text else None

    def covered(self):
        """Holds the inventory to know of every member: nothing that was applied is lost."""
        parent = self.parent()
        annotations = parent["annotations"]
        kinds, namespaces = annotations[KINDS].split(","), annotations[NAMESPACES].split(",")
        for (kind, name), each in self.members(parent).items():
            assert group_kind(each) in kinds, f"{kind} {name} is of none of {kinds}"
            assert each["metadata"].get("namespace", "shop") in namespaces, f"{kind} {name} is in none of {namespaces}"

    def exact(self, objects, more=()):
        """Holds the server and the inventory to these objects, and nothing else."""
        wanted = {(each["kind"], each["metadata"]["name"]) for each in objects} | {("Secret", "login"), *more}
        parent = self.parent()
        found = self.members(parent)
        assert set(found) == wanted, f"too many: {set(found) - wanted}, too few: {wanted - set(found)}"
        kinds = sorted({group_kind(each) for each in found.values()})
        annotations = parent["annotations"]
        assert annotations[KINDS] == ",".join(kinds) and annotations[NAMESPACES] == "shop", annotations
        for thing in objects:
            lost = missing(thing, found[thing["kind"], thing["metadata"]["name"]])
            assert not lost, f"{thing['kind']} {thing['metadata']['name']}: {lost}"


def group_kind(thing):
    group = thing["apiVersion"].rpartition("/")[0]
    return f"{thing['kind']}.{group}" if group else thing["kind"]


def missing(wanted, found):
    """Where a found object lacks what is wanted."""
    if isinstance(wanted, dict):
        return next((path for key, value in wanted.items() if (path := missing(value, (found or {}).get(key))) is not None), None)
    if isinstance(wanted, list):
        return next((path for one, other in zip(wanted, found or [None] * len(wanted)) if (path := missing(one, other)) is not None), None)
    return None if wanted == found else f"{wanted!r} is {found!r}"
