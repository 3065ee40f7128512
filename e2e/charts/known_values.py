#!/usr/bin/env python3
"""Prints the values that a Helm chart knows, for crates/stackwright/src/charts/known/.

    e2e/charts/known_values.py CHART_DIRECTORY > crates/stackwright/src/charts/known/NAME-VERSION.txt

CHART_DIRECTORY holds an unpacked chart with its subcharts in charts/, as `helm pull --untar` leaves it.
Nothing is downloaded. PyYAML is needed (python3-yaml on Debian).

Each line is a path, a colon and the keys that the chart knows there; a dot inside a key is written `\\.`, as
for `helm --set`. A key with a trailing `*` is passed on as it is, so that anything may follow below it.
Known means: values.yaml of the chart or a subchart has the key, or a template reads it by its full path. Passed
on means: the default is a list, an empty map or null, or a template prints the whole map.
"""

import pathlib
import re
import sys

import yaml

FULL_PATH = r"\.Values((?:\.[A-Za-z_][A-Za-z0-9_]*)+)"
# Maps with defaults that a template prints through a variable, where the two patterns in passed_on() can't see it.
PASSED_ON = {
    "alertmanager": ["config"],
    "grafana": ["grafana\\.ini"],
    "prometheus": ["server.global", "serverFiles"],
    "traefik": ["service.spec"],
}


def escaped(key):
    return str(key).replace(".", "\\.")


def from_values(values, prefix, known):
    for key, value in values.items():
        path = prefix + escaped(key)
        known[path] = known.get(path, False) or value is None or isinstance(value, list) or value == {}
        if isinstance(value, dict):
            from_values(value, path + ".", known)


def read_by_full_path(template, prefix):
    for path in re.findall(FULL_PATH, template):
        # `.Values.x.y.z` reads x and x.y too.
        names = path[1:].split(".")
        yield from (prefix + ".".join(names[: end + 1]) for end in range(len(names)))


def passed_on(template, prefix):
    yield from (prefix + path[1:] for path in re.findall(r"toYaml \(?" + FULL_PATH, template))
    yield from (prefix + path[1:] for path in re.findall(r"with " + FULL_PATH + r"[^{}]*}}[^{}]*{{-? *(?:tpl \()?toYaml \.[ )}]", template))


def known_values(chart, prefix=""):
    name = yaml.safe_load((chart / "Chart.yaml").read_text())["name"]
    known = {}
    for subchart in sorted(path for path in (chart / "charts").glob("*") if path.is_dir()):
        known[prefix + escaped(subchart.name)] = False
        known.update(known_values(subchart, prefix + escaped(subchart.name) + "."))
    from_values(yaml.safe_load((chart / "values.yaml").read_text()) or {}, prefix, known)

    templates = [path.read_text() for path in sorted((chart / "templates").rglob("*")) if path.is_file()]
    read = {path for template in templates for path in read_by_full_path(template, prefix)}
    parents = {path.rpartition(".")[0] for path in read}
    for path in read - known.keys():
        # What a template alone names is a value, not a map, unless it reads something below.
        if not any(known.get(above) for above in ancestors(path)):
            known[path] = path not in parents
    for path in {path for template in templates for path in passed_on(template, prefix)}:
        known[path] = True
    for path in PASSED_ON.get(name, []):
        known[prefix + path] = True
    return known


def ancestors(path):
    names = re.split(r"(?<!\\)\.", path)
    return [".".join(names[:end]) for end in range(1, len(names))]


def lines(known):
    by_parent = {}
    for path in known:
        if any(known.get(above) for above in ancestors(path)):
            continue
        *above, key = re.split(r"(?<!\\)\.", path)
        by_parent.setdefault(".".join(above), []).append(key + ("*" if known[path] else ""))
    return [f"{parent}: {' '.join(sorted(keys))}" for parent, keys in sorted(by_parent.items())]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: known_values.py CHART_DIRECTORY")
    chart = pathlib.Path(sys.argv[1])
    facts = yaml.safe_load((chart / "Chart.yaml").read_text())
    print(f"# {facts['name']} {facts['version']}; refreshed by e2e/charts/known_values.py, which explains the form")
    print("\n".join(lines(known_values(chart))))


if __name__ == "__main__":
    main()
