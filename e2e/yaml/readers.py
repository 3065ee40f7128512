"""PyYAML and ruamel.yaml read what was written as what was meant: readers.py MEANT WRITTEN, two files of JSON lines
The keys of an object of Kubernetes may have another order."""

import json
import multiprocessing
import sys

import yaml
from ruamel.yaml import YAML

READERS = {
    "PyYAML": lambda text: yaml.load(text, yaml.SafeLoader),
    "libyaml": lambda text: yaml.load(text, yaml.CSafeLoader),
    "ruamel.yaml": lambda text: YAML(typ="safe", pure=True).load(text),
}


def same(meant, read):
    if type(meant) is not type(read):
        return False
    if isinstance(meant, dict) and "apiVersion" in meant:
        return meant == read and repr(ordered(meant)) == repr(ordered(read))
    if isinstance(meant, dict):
        return list(meant) == list(read) and all(same(meant[key], read[key]) for key in meant)
    if isinstance(meant, list):
        return len(meant) == len(read) and all(map(same, meant, read))
    return meant == read


def ordered(value):
    """With sorted keys, so that their types and those of the values can be compared by how they print."""
    if isinstance(value, dict):
        return [(key, ordered(value[key])) for key in sorted(value)]
    return [ordered(item) for item in value] if isinstance(value, list) else value


def misread(lines):
    meant, text = map(json.loads, lines)
    for name, read in READERS.items():
        try:
            found = read(text)
        except Exception as error:  # whatever a reader raises is a failure
            found = error
        if not same(meant, found):
            return f"{name}\n  meant {meant!r}\n  wrote {text!r}\n  read  {found!r}"
    return None


if __name__ == "__main__":
    with open(sys.argv[1]) as meant, open(sys.argv[2]) as written, multiprocessing.Pool() as pool:
        pairs = list(zip(meant, written, strict=True))
        failures = list(filter(None, pool.imap_unordered(misread, pairs, chunksize=200)))
    print("\n".join(failures[:10]))
    print(f"{len(pairs)} values, {len(READERS)} readers in Python, {len(failures)} misread")
    sys.exit(bool(failures) or not pairs)
