"""Definitions for the kinds that an installer or a chart would have defined before."""

import json
import time

from kubectl import Refused
from objects import group_of


def define_missing(server, objects):
    """Defines every custom kind that the objects use and neither the server knows nor they define, with any fields; says which.

    A kind of one of Kubernetes' own groups that the server does not know is a mistake, not a custom kind.
    """
    kubectl = server.kubectl
    defined = {(thing["spec"]["group"], thing["spec"]["names"]["kind"]) for thing in objects if thing["kind"] == DEFINITION}
    served = {api_version: _kinds(kubectl, api_version) for api_version in {thing["apiVersion"] for thing in objects}}
    missing = {}
    for thing in objects:
        group, kind = group_of(thing), thing["kind"]
        if (group, kind) in defined or kind in served[thing["apiVersion"]]:
            continue
        if _is_kubernetes_own(kubectl, group):
            raise Refused(f"the server knows no {kind} of {thing['apiVersion']}")
        versions, _ = missing.setdefault((group, kind), ([], "namespace" in thing["metadata"]))
        version = thing["apiVersion"].rpartition("/")[2]
        if version not in versions:
            versions.append(version)
    definitions = [definition(*which, *how) for which, how in missing.items()]
    define(server, definitions)
    return [each["metadata"]["name"] for each in definitions]


DEFINITION = "CustomResourceDefinition"


def _kinds(kubectl, api_version):
    answer = kubectl.answer(f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}")
    return {resource["kind"] for resource in answer["resources"]} if answer else set()


def _is_kubernetes_own(kubectl, group):
    return "." not in group or kubectl.answer(f"/apis/{group}") is not None


def define(server, definitions):
    """Defines these kinds, and waits until they are served."""
    if not definitions:
        return
    stream = json.dumps({"apiVersion": "v1", "kind": "List", "items": definitions})
    server.borrow(["-f", "-"], stream)
    server.kubectl("create", "-f", "-", stdin=stream)
    server.kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", "-", stdin=stream)
    # That is said a moment before the definitions are served.
    deadline = time.monotonic() + 60
    for each in definitions:
        spec = each["spec"]
        for version in spec["versions"]:
            path = f"/apis/{spec['group']}/{version['name']}/{spec['names']['plural']}"
            while server.kubectl.answer(path) is None:
                if time.monotonic() > deadline:
                    raise Refused(f"{path} is not served a minute after it was defined")


def definition(group, kind, versions, namespaced):
    """A kind with any fields."""
    plural = _plural(kind.lower())
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": f"{plural}.{group}",
            # Groups of Kubernetes' own domains are refused without it.
            "annotations": {"api-approved.kubernetes.io": "https://github.com/kubernetes/enhancements"},
        },
        "spec": {
            "group": group,
            "scope": "Namespaced" if namespaced else "Cluster",
            "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": f"{kind}List"},
            "versions": [
                {"name": version, "served": True, "storage": number == 0, "schema": schema}
                for number, version in enumerate(versions)
            ],
        },
    }


def _plural(noun):
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
