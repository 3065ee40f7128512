"""What the server holds of the shop, beside what it should."""

import json

PART_OF = "applyset.kubernetes.io/part-of"
KINDS = "applyset.kubernetes.io/contains-group-kinds"
NAMESPACES = "applyset.kubernetes.io/additional-namespaces"
# What the shop is made of, as kubectl asks for it; a release brings more.
RESOURCES = (
    "namespaces,crd,serviceaccounts,configmaps,secrets,persistentvolumeclaims,services,deployments.apps,statefulsets.apps,"
    "validatingwebhookconfigurations,sales.shop.example"
)


class State:
    """The server's side."""

    def __init__(self, server):
        self.kubectl = server.kubectl
        self.resources = RESOURCES

    def parent(self):
        return json.loads(self.kubectl("get", "configmap", "stackwright-shop", "-n", "kube-system", "-o", "json"))["metadata"]

    def members(self, parent=None):
        """The objects with the inventory's label, by kind and name."""
        label = f"{PART_OF}={(parent or self.parent())['labels']['applyset.kubernetes.io/id']}"
        items = json.loads(self.kubectl("get", self.resources, "-A", "-l", label, "-o", "json"))["items"]
        return {(each["kind"], each["metadata"]["name"]): each for each in items if "deletionTimestamp" not in each["metadata"]}

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
