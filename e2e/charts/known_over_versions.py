#!/usr/bin/env python3
"""Writes the values that a Helm chart has known in any of its versions, in crates/stackwright/src/charts/over_versions/.

    e2e/charts/known_over_versions.py NAME.txt REPOSITORY:FOLDER...

Each REPOSITORY is a checked-out one with its history, and FOLDER is the chart's in it, at any time of that history. What stands
in NAME.txt above `# newest` is kept: whose chart it is; write there which commit was read, and when. `# refused: VALUE from
VERSION; INSTEAD` is a value with which its templates fail from that version on. Nothing is downloaded.
PyYAML is needed (python3-yaml on Debian).

The form is that of known_values.py, with `*` behind every key below which anything is taken. That is said generously, since a
value that is called unknown and is read would be worse than one that is not found:
- a key without keys of its own in any version;
- a map that a template uses as a whole in any version (`with`, `range`, `toYaml`, an argument, a variable), and not only by
  the full paths of what is in it;
- a list, an empty map or null by default; an object of the chart's schema that has no properties;
- `global`, and the values of other charts that it depends on.
Lines below such a key name what the comments beside it show: nothing is told by them but where a misplaced key belongs.
"""

import pathlib
import re
import subprocess
import sys

import yaml

from known_values import ancestors, escaped, from_values

MENTION = re.compile(r"\.Values((?:\.[A-Za-z_][A-Za-z0-9_]*)*)(?![A-Za-z0-9_])")
ACTION = re.compile(r"{{-?(.*?)-?}}", re.DOTALL)
# Actions that only ask whether a value is there, or what it is.
ASKS = re.compile(r"\s*(?:if|else if|fail)\b")
# What Helm prints after an installation reads nothing, nor does what looks for keys that are gone.
NOT_READ = re.compile(r"NOTES\.txt$|_deprecat")
# Where a template takes values by quoted names.
PASTED = re.compile(r"(?:index|get)\s+\$?[a-zA-Z]*\.Values((?:\s+\"[^\"]+\")+)")
DUG = re.compile(r"dig((?:\s+\"[^\"]+\")+)\s+.*?\.Values((?:\.\w+)*)")
LOOKED_FOR = re.compile(r"(?:hasKey|get)\s+\(?\$?[a-zA-Z]*\.Values((?:\.\w+)+)\)?\s+\"([^\"]+)\"")
EXAMPLE = re.compile(r"^\s*#+(\s*)([a-z][A-Za-z]+):(?:\s|$)")


def git(repository, *arguments, stdin=None):
    command = ["git", "-C", repository, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def files(repository, folder):
    """Every text that a file of the chart has had, with the file's path in the chart."""
    raw = git(repository, "log", "-m", "--full-history", "--raw", "--no-renames", "--no-abbrev", "--format=", "--", folder)
    seen = set()
    for line in raw.decode(errors="replace").splitlines():
        meta, _, path = line.partition("\t")
        blob = meta.split()[3]
        if set(blob) != {"0"} and path.startswith(folder + "/"):
            seen.add((blob, path[len(folder) + 1 :]))
    wanted = sorted((path, blob) for blob, path in seen if is_of_chart(path))
    answer = git(repository, "cat-file", "--batch", stdin="\n".join(blob for _, blob in wanted).encode())
    at = 0
    for path, _ in wanted:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        size = int(head[2]) if len(head) == 3 else 0
        yield path, answer[end + 1 : end + 1 + size].decode(errors="replace")
        at = end + 1 + size + (1 if len(head) == 3 else 0)


def is_of_chart(path):
    top = path.split("/")[0]
    named = ("values.yaml", "values.yaml.tmpl", "values.schema.json", "Chart.yaml", "Chart.template.yaml", "requirements.yaml")
    return path in named or top == "templates" or top.endswith(".tpl")


def dependencies(text, known):
    facts = parsed(text)
    for dependency in (facts.get("dependencies") or []) if isinstance(facts, dict) else []:
        known[escaped(dependency.get("alias") or dependency["name"])] = True
        for condition in (dependency.get("condition") or "").split(","):
            mention(condition.strip(), known)


def parsed(text):
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except yaml.YAMLError:
        return {}


def mention(path, known):
    """A path that is read: all above it are maps."""
    for above in [*ancestors(path), path]:
        known.setdefault(above, False)


def from_template(path, text, known, whole):
    text = re.sub(r"{{-?\s*/\*.*?\*/\s*-?}}", "", text, flags=re.DOTALL).replace(".Values.AsMap", ".Values")
    while True:
        plain = re.sub(r"\(\s*(\$?[A-Za-z]*\.Values[\w.]*)\s*\)\.", r"\1.", text)
        if plain == text:
            break
        text = plain
    for action in ACTION.findall(text):
        for names in PASTED.findall(action):
            one = ".".join(escaped(name) for name in re.findall(r'"([^"]+)"', names))
            mention(one, known)
            whole.setdefault(one, f"{path}: {action.strip()}")
        for names, under in DUG.findall(action):
            mention(".".join([*under.split(".")[1:], *(escaped(name) for name in re.findall(r'"([^"]+)"', names)[:-1])]) or "global", known)
        for under, name in LOOKED_FOR.findall(action):
            mention(f"{under[1:]}.{escaped(name)}", known)
        for found in MENTION.finditer(action):
            one = found[1][1:]
            if one:
                mention(one, known)
            if not (ASKS.match(action) or NOT_READ.search(path)) and not PASTED.search(action) and not (not one and DUG.search(action)):
                whole.setdefault(one, f"{path}: {action.strip()}")


def resolved(node, root):
    """A node of a schema, with what it refers to."""
    if "$ref" not in node:
        return node
    at = root
    for name in node["$ref"].lstrip("#/").split("/"):
        at = at.get(name, {}) if isinstance(at, dict) else {}
    return {**at, **{key: value for key, value in node.items() if key != "$ref"}}


def from_schema(node, path, root, known, depth=0):
    node = resolved(node, root)
    below = node.get("properties") or {}
    extra = node.get("additionalProperties")
    if path and (not below or depth > 9 or extra not in (None, False)):
        known[path] = known.get(path, False) or not below or bool(extra)
    for key, value in below.items() if depth <= 9 else ():
        one = f"{path}.{escaped(key)}" if path else escaped(key)
        known.setdefault(one, False)
        if isinstance(value, dict):
            from_schema(value, one, root, known, depth + 1)


def examples(text, known):
    """What comments below an open map show in it."""
    lines = text.splitlines()
    above = []
    for number, line in enumerate(lines):
        found = re.match(r"^(\s*)([A-Za-z_][\w.-]*):\s*(.*)$", line)
        if not found:
            continue
        indent = len(found[1])
        above = [(at, key) for at, key in above if at < indent] + [(indent, escaped(found[2]))]
        path = ".".join(key for _, key in above)
        if found[3].strip() not in ("{}", "") or not known.get(path):
            continue
        shown = []
        for comment in lines[number + 1 :]:
            if not comment.strip().startswith("#"):
                break
            example = EXAMPLE.match(comment)
            if example:
                shown.append((len(comment) - len(comment.lstrip()) + len(example[1]), example[2]))
        least = min((at for at, _ in shown), default=0)
        for at, key in shown:
            # A comment may also be about the next key.
            is_beside = ".".join([*ancestors(path)[-1:], key]) in known
            if at == least and len(key) > 5 and not is_beside:
                yield f"{path}.{key}"


def lines(known, shown):
    by_parent = {}
    parents = {path.rpartition(".")[0] if "\\." not in path else ".".join(ancestors(path)[-1:]) for path in known}
    for path in known:
        if any(known.get(above) for above in ancestors(path)):
            continue
        *above, key = re.split(r"(?<!\\)\.", path)
        by_parent.setdefault(".".join(above), set()).add(key + ("*" if known[path] or path not in parents else ""))
    for path in shown:
        parent, _, key = path.rpartition(".")
        by_parent.setdefault(parent, set()).add(key + "*")
    return [f"{parent}: {' '.join(sorted(keys))}" for parent, keys in sorted(by_parent.items())]


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: known_over_versions.py NAME.txt REPOSITORY:FOLDER...")
    known, whole, values, versions, is_strict = {"global": True, "tags": True}, {}, set(), set(), False
    for place in sys.argv[2:]:
        repository, _, folder = place.partition(":")
        # Some charts get their version when they are published, by the tag.
        versions.update(re.findall(r"^v?(\d+\.\d+\.\d+)$", git(repository, "tag").decode(), re.MULTILINE))
        for path, text in files(repository, folder):
            if path.startswith("values.yaml"):
                values.add(text)
                given = parsed(text)
                from_values(given if isinstance(given, dict) else {}, "", known)
            elif path == "values.schema.json":
                schema = parsed(text)
                from_schema(schema, "", schema, known)
                is_strict = is_strict or resolved(schema, schema).get("additionalProperties") is False
            elif path in ("Chart.yaml", "Chart.template.yaml", "requirements.yaml"):
                dependencies(text, known)
                versions.update(re.findall(r"^version: \"?v?(\d+\.\d+\.\d+)\"?\s*$", text, re.MULTILINE))
            else:
                from_template(path, text, known, whole)
    for path, where in sorted(whole.items()):
        if not path:
            print(f"all values are used at once, so that this list may lack some: {where}", file=sys.stderr)
        known[path] = True
    known.pop("", None)
    shown = {path for text in values for path in examples(text, known)}

    file = pathlib.Path(sys.argv[1])
    head = file.read_text().partition("# newest")[0]
    newest = max(versions, key=lambda version: [int(number) for number in version.split(".")], default="")
    strict = "# strict: newer versions have a schema that refuses other values\n" if is_strict else ""
    file.write_text(head + f"# newest: {newest}\n" + strict + "\n".join(lines(known, shown)) + "\n")


if __name__ == "__main__":
    main()
