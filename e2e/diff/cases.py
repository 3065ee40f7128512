"""The changes to look at: which object, as it is before and after."""

import copy
import dataclasses
import json
import pathlib

import yaml

from objects import objects

HERE = pathlib.Path(__file__).parent
# What goes with everything in it.
HOLDERS = ("Namespace", "CustomResourceDefinition")


@dataclasses.dataclass
class Case:
    """One change, in a namespace of its own that is called as the case is."""

    name: str
    kind: str
    change: str
    # The object that changes, which either has none of where it is added or removed.
    before: dict
    after: dict
    # What is there beside it, both before and after.
    others: list
    # What it is counted as, if not as one of its kind.
    group: str | None = None

    def __str__(self):
        return f"{self.kind} {self.change}"

    @property
    def subject(self):
        return self.before or self.after

    def all_before(self):
        """In the order in which they can be created: a kind before an object of it, and a volume before the claim for it."""
        found = [self.before] if self.before else []
        return found + self.others if self.kind in HOLDERS else self.others + found

    def all_after(self):
        """What a person's manifests have after it: nothing that is in what is removed."""
        if self.after is None and self.kind in HOLDERS:
            return []
        return self.others + ([self.after] if self.after else [])


def cases():
    """Those of cases.yaml, in its order."""
    found = []
    count = {}
    for group in yaml.safe_load((HERE / "cases.yaml").read_text()):
        kind = group["of"].split("-")[0]
        manifest = (HERE / "base" / f"{group.get('in', group['of'])}.yaml").read_text()
        for change in group["changes"]:
            count[kind] = count.get(kind, 0) + 1
            found.append(_case(f"{kind.lower()}-{count[kind]}", kind, manifest, group.get("given", {}), change))
    return found


def _case(name, kind, manifest, given, change):
    there = objects(manifest.replace("CASE", name))
    subject = next(thing for thing in there if thing["kind"] == kind)
    others = [thing for thing in there if thing is not subject]
    before = _changed(subject, given)
    whole = change in ("added", "removed")
    after = before if whole else _changed(before, json.loads(json.dumps(change).replace("CASE", name)))
    said = change if whole else _line(change)
    if given:
        said += f", given {_line(given)}"
    return Case(name, kind, said, None if change == "added" else before, None if change == "removed" else after, others)


def _line(change):
    """A change as one reads it."""
    return ", ".join(f"{path} = {json.dumps(value)}" for path, value in change.items())


def _changed(thing, change):
    """A copy of an object with other values at some paths."""
    thing = copy.deepcopy(thing)
    for path, value in change.items():
        *way, last = path.split(".")
        place = thing
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        if isinstance(place, list):
            place[int(last) : int(last) + 1] = [] if value is None else [copy.deepcopy(value)]
        elif value is None:
            place.pop(last, None)
        else:
            place[last] = copy.deepcopy(value)
    return thing
