"""What `diff` says of the changes, beside what became of them."""

import collections
import json
import pathlib
import subprocess
import tempfile

import yaml

# The worst first, as `diff` has them; what it does not list is none.
CLASSES = ("data-loss", "refused", "outage", "removed", "by-hand", "unknown", "restart", "in-place", "added", None)
DANGEROUS = CLASSES[:3]
ENOUGH = 0.95
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def said_of(program, cases):
    """What the program says of every object that changes in any case, by kind, namespace and name."""
    with tempfile.TemporaryDirectory(prefix="diff-") as folder:
        files = [pathlib.Path(folder, name) for name in ("before.yaml", "after.yaml")]
        for file, parts in zip(files, ([case.all_before() for case in cases], [case.all_after() for case in cases])):
            things = [thing for part in parts for thing in part]
            file.write_text(yaml.dump_all(things, Dumper=Dumper, sort_keys=False))
        done = subprocess.run([program, "diff", *files, "--format", "json"], capture_output=True, text=True)
    assert done.returncode in (0, 1), f"diff leaves with {done.returncode}: {done.stderr}"
    changes = json.loads(done.stdout)["changes"]
    said = {(change["object"]["kind"], change["object"].get("namespace"), change["object"]["name"]): change for change in changes}
    assert len(said) == len(changes), "diff says two things of one object"
    return said


def compare(cases, observed, said):
    """Prints where they agree and where not; whether that is enough."""
    unseen = set(CLASSES) - {seen.consequence for seen in observed} - {"unknown"}
    assert not unseen, f"no change is seen to be {unseen}"
    agreeing, total, missed = collections.Counter(), collections.Counter(), 0
    needless = _needless(cases, said)
    problems = [f"{' '.join(filter(None, key))}: diff lists it, and it does not change" for key in needless]
    for case, seen in zip(cases, observed, strict=True):
        change = said.get(_key(case.subject), {"consequence": None, "effects": []})
        consequence = change["consequence"]
        group = case.group or case.kind
        total[group] += 1
        if _agree(case, consequence, seen.consequence):
            agreeing[group] += 1
            continue
        is_missed = seen.consequence in DANGEROUS and CLASSES.index(consequence) > CLASSES.index(seen.consequence)
        missed += is_missed
        facts = "; ".join(effect["fact"] for effect in change["effects"] if effect["consequence"] == consequence) or "nothing changes"
        mark = "MISSED " if is_missed else ""
        problems.append(f"{mark}{case}: diff says {_word(consequence)} ({facts}), it is {_word(seen.consequence)} ({seen.fact})")
    for group, count in total.items():
        print(f"{group}: {agreeing[group]} of {count} as diff says")
    print(*problems, sep="\n", end="\n" if problems else "")
    right, every = agreeing.total(), total.total() + len(needless)
    print(f"{right} of {every} classified as the API server and controllers do; dangerous ones missed: {missed}")
    return not missed and right >= ENOUGH * every


def _word(consequence):
    return consequence or "no change"


def _key(thing):
    metadata = thing["metadata"]
    return thing["kind"], metadata.get("namespace"), metadata["name"]


def _needless(cases, said):
    """What is listed of the objects that are beside those that change."""
    kept = {_key(thing) for case in cases for thing in case.all_after() if thing in case.others}
    return sorted(kept & said.keys())


def _agree(case, said, seen):
    if said == "unknown":
        return seen not in (None, "refused")
    # What a pod has read stays as it is: a server sees nothing of it.
    if case.kind in ("ConfigMap", "Secret") and said == "by-hand":
        return seen == "in-place"
    return said == seen
