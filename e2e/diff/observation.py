"""What the changes do on a server with Kubernetes' own controllers."""

import dataclasses
import time

from kubectl import Refused
from objects import losses

CONTROLLERS = [
    "serviceaccount-controller",
    "deployment-controller",
    "replicaset-controller",
    "statefulset-controller",
    "daemonset-controller",
    "job-controller",
    "cronjob-controller",
    "persistentvolume-binder-controller",
    "persistentvolume-protection-controller",
    "persistentvolumeclaim-protection-controller",
    "namespace-controller",
    "garbage-collector-controller",
]
LIMIT_SECONDS = 120
# What a server writes itself, whatever the change.
BOOKKEEPING = ("managedFields", "resourceVersion", "generation")


@dataclasses.dataclass
class Observed:
    """What became of a change: its class, or nothing if it changes nothing, and how that was seen."""

    consequence: str | None
    fact: str


@dataclasses.dataclass
class State:
    """What is there of a case at one time."""

    # None where it is not there, or is about to go.
    subject: dict | None
    # The claims, and the objects of a kind that is defined in the case.
    data: set
    pods: set
    ready: int


class Cluster:
    """A server's objects."""

    def __init__(self, writers):
        self.writers = writers
        self.resources = {}

    def path(self, thing):
        """Where an object is."""
        api_version, kind, metadata = thing["apiVersion"], thing["kind"], thing["metadata"]
        root = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        if (api_version, kind) not in self.resources:
            listed = self.writers.client.expect("GET", root)["resources"]
            self.resources |= {(api_version, each["kind"]): each for each in listed if "/" not in each["name"]}
        resource = self.resources[api_version, kind]
        namespace = f"/namespaces/{metadata['namespace']}" if resource["namespaced"] else ""
        return f"{root}{namespace}/{resource['name']}/{metadata['name']}"

    def get(self, thing):
        """An object as it is there, or nothing if it is not or is about to go."""
        status, answer = self.writers.client.request("GET", self.path(thing))
        if status not in (200, 404):
            raise Refused(f"{self.path(thing)} is answered with {status}: {answer}")
        return answer if status == 200 and "deletionTimestamp" not in answer["metadata"] else None

    def apply(self, thing):
        """The reason why the server refuses an object, if it does."""
        path = f"{self.path(thing)}?fieldManager=proof&force=true"
        status, answer = self.writers.client.request("PATCH", path, thing, "application/apply-patch+yaml")
        # A field of another type than its definition's is an error of the server's own, and yet an answer.
        if status in (401, 404, 429) or status >= 500 and "typed patch" not in str(answer):
            raise Refused(f"{path} is answered with {status}: {answer}")
        return answer["message"].splitlines()[0] if status >= 300 else None

    def remove(self, thing):
        """As kubectl does."""
        self.writers.client.expect("DELETE", f"{self.path(thing)}?propagationPolicy=Background")

    def claims(self):
        """The claims that are there and stay, as namespace and name."""
        listed = self.writers.client.expect("GET", "/api/v1/persistentvolumeclaims")["items"]
        metadata = [claim["metadata"] for claim in listed if "deletionTimestamp" not in claim["metadata"]]
        return {(each["namespace"], each["name"]) for each in metadata}


def observe(writers, pods, cases):
    """What becomes of each change, all of them at the same time."""
    cluster = Cluster(writers)
    _install(cluster, cases)
    pods.settle()
    before = _states(cluster, pods, cases)
    pods.count_anew()
    answers = writers.each(lambda case: _change(cluster, case), cases)
    pods.settle()
    after = _states(cluster, pods, cases)
    judged = zip(cases, answers, before, after)
    return [_judge(case, *answer, old, new, pods.fewest.get(case.name, 0)) for case, answer, old, new in judged]


def _install(cluster, cases):
    client = cluster.writers.client
    for case in cases:
        client.expect("POST", "/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": case.name}})
    # A pod is refused before its account is there.
    deadline = time.monotonic() + LIMIT_SECONDS
    while len(client.expect("GET", "/api/v1/serviceaccounts")["items"]) < len(cases):
        assert time.monotonic() < deadline, "not every namespace gets an account"
        time.sleep(0.2)
    cluster.writers.each(lambda case: _begin(cluster, case), cases)


def _begin(cluster, case):
    deadline = time.monotonic() + LIMIT_SECONDS
    for thing in case.all_before():
        while True:
            try:
                refusal = cluster.apply(thing)
                break
            except (Refused, KeyError):
                # A kind is not served at once.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        assert not refusal, f"{case} cannot be begun: {refusal}"


def _change(cluster, case):
    """The reason of a refusal, and the object as it is then."""
    if case.after is None:
        return cluster.remove(case.before), None
    return cluster.apply(case.after), cluster.get(case.subject)


def _states(cluster, pods, cases):
    claims = cluster.claims()

    def state(case):
        # What is removed by itself is no loss.
        data = {f"claim {name}" for namespace, name in claims if namespace == case.name}
        if case.kind == "CustomResourceDefinition":
            data |= {f"{thing['kind']} {thing['metadata']['name']}" for thing in case.others if cluster.get(thing)}
        return State(cluster.get(case.subject), data, pods.uids(case.name), pods.ready(case.name))

    return cluster.writers.each(state, cases)


def _judge(case, refusal, changed, before, after, fewest):
    """The class of what was seen."""
    gone, come = before.pods - after.pods, after.pods - before.pods
    pods = f"of {before.ready} ready pods no fewer than {fewest} are ready, {len(gone)} go and {len(come)} come"
    lost = sorted(before.data - after.data)
    if refusal:
        return Observed("refused", refusal)
    if lost:
        return Observed("data-loss", f"{', '.join(lost)} goes")
    if case.after is None:
        assert after.subject is None, f"{case} is still there"
        return Observed("removed", pods)
    if case.before is None:
        return Observed("added", pods)
    if before.ready and not fewest:
        return Observed("outage", pods)
    if gone and come:
        return Observed("restart", pods)
    if _is_same(before.subject, changed):
        return Observed(None, "the object is as it was")
    if before.pods and not _is_same(_template(before.subject), _template(changed)):
        return Observed("by-hand", f"other pods are wanted, and yet {pods}")
    return Observed("in-place", pods)


def _template(thing):
    """An object with nothing but what its pods are made of."""
    return {"kind": thing["kind"], "metadata": {}, "template": thing.get("spec", {}).get("template", {})}


def _is_same(one, other):
    """Whether two objects are the same, however their quantities are written."""
    one, other = _content(one), _content(other)
    return not losses(one, other) and not losses(other, one)


def _content(thing):
    metadata = {key: value for key, value in thing["metadata"].items() if key not in BOOKKEEPING}
    return {key: value for key, value in thing.items() if key != "status"} | {"metadata": metadata}
