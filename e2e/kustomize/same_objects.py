"""Exits with 0 if kustomize's output holds the stream's objects, equal as data and in the same order, beside generated Secrets."""

import sys

import yaml


def objects(path):
    with open(path, encoding="utf-8") as stream:
        return [document for document in yaml.safe_load_all(stream) if document]


def name(thing):
    metadata = thing["metadata"]
    return f'{thing["kind"]} {metadata.get("namespace", "")}/{metadata["name"]}'


built, streamed = (objects(path) for path in sys.argv[1:])
secrets = [thing for thing in built if thing["kind"] == "Secret"]
built = [thing for thing in built if thing["kind"] != "Secret"]
for ours, theirs in zip(streamed, built):
    if ours != theirs:
        sys.exit(f"{name(ours)} is not what kustomize makes of it ({name(theirs)})")
if len(streamed) != len(built):
    sys.exit(f"{len(streamed)} objects in the stream, {len(built)} from kustomize")
print(f"{len(built)} objects in the same order, {len(secrets)} Secrets")
