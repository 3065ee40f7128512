"""kustomize takes objects, and what it prints is them again: kustomize.py MEANT BUILT OURS, files of JSON lines
Our reader found OURS in what it prints. The other readers are those of readers.py and, for the lines that it writes to MEANT.held and
BUILT.held, Go's."""

import json
import multiprocessing
import re
import sys

from readers import READERS
from texts import same

# kustomize makes JSON of an object and reads that as YAML 1.1: however these are written, it refuses them, or takes U+0085 for a line
# break. As a key, it takes << for a merge. (ResMap.AsYaml in its api, JSONToYAML of sigs.k8s.io/yaml)
LOST = re.compile('[\x7f-\x9f\ufffe\uffff]|"<<": ')
# It prints these as they are, line breaks of YAML 1.1: our reader refuses them, and ruamel.yaml drops what looks like indentation.
BREAKS = re.compile("[\u2028\u2029]")
# What it prints without quotes or a point, and the readers in Python take for something else: the number 1e+20, the texts 3.E+695, 0x_.
PLAIN = re.compile(r'[ {\[]("(=|<<|[-+.0-9a-fxob]*_[-+.0-9a-fxob_]*)"|"?[-+]?[.0-9_]+[eE][-+]?[0-9_]+"?)[],:}]')


def misread(lines):
    meant, built, ours = map(json.loads, lines)
    found = {}
    if not BREAKS.search(text(meant)):
        found["our reader"] = ours[0] if len(ours) == 1 else ours
        for name, read in READERS.items() if not PLAIN.search(text(meant)) else ():
            try:
                found[name] = read(built)
            except Exception as error:  # whatever a reader raises is a failure
                found[name] = error
    return [f"{name}\n  meant {meant!r}\n  built {built!r}\n  read  {value!r}" for name, value in found.items() if not same(value, meant)]


def text(meant):
    return json.dumps(meant, ensure_ascii=False)


if __name__ == "__main__":
    meant_path, built_path, ours_path = sys.argv[1:]
    with open(meant_path) as meant, open(built_path) as built, open(ours_path) as ours:
        lines = list(zip(meant, built, ours, strict=True))
    held = [line for line in lines if not LOST.search(text(json.loads(line[0])))]
    taken = [line for line in held if json.loads(line[1])]
    refused = [f"kustomize refuses {line[0]}" for line in held if not json.loads(line[1])]
    with multiprocessing.Pool() as pool:
        failures = refused + sum(pool.imap_unordered(misread, taken, chunksize=200), [])
    with open(f"{meant_path}.held", "w") as meant, open(f"{built_path}.held", "w") as built:
        meant.writelines(line[0] for line in taken)
        built.writelines(line[1] for line in taken)
    print("\n".join(failures[:10]))
    print(f"{len(lines)} objects, {len(lines) - len(held)} that kustomize cannot hold; of the others {len(refused)} refused, "
          f"by {len(READERS) + 1} readers {len(failures) - len(refused)} misread")
    sys.exit(bool(failures) or not taken)
