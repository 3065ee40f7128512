"""Prints the variables and playbooks that a release of kubespray defines: `known_variables.py KUBESPRAY > kubespray-v2.31.0.txt`.

KUBESPRAY is a checkout of the release. A variable is defined where a role has a default for it, or where the sample inventory
sets it, be it in a comment: some have no default. So have those that only a playbook asks for.
"""

import pathlib
import re
import sys

import yaml

ASKED = re.compile(r"\b([a-z_]+) \| default\(")
NAME = re.compile(r"^# ?([a-z][a-z0-9_]+):", re.MULTILINE)


class Loader(yaml.SafeLoader):
    """Takes Ansible's own tags for the text behind them."""


Loader.add_multi_constructor("!", lambda loader, tag, node: None)

root = pathlib.Path(sys.argv[1])
names = {"ansible_user"}  # how Ansible itself logs in
for path in sorted([*root.glob("roles/**/defaults/**/*.yml"), *root.glob("inventory/sample/group_vars/**/*.yml")]):
    text = path.read_text(encoding="utf-8")
    names.update(yaml.load(text, Loader) or {})
    if path.is_relative_to(root / "inventory"):
        names.update(NAME.findall(text))
for path in [*root.glob("[a-z]*.yml"), *root.glob("playbooks/*.yml")]:
    names.add(str(path.relative_to(root)))
    names.update(ASKED.findall(path.read_text(encoding="utf-8")))
print("\n".join(sorted(names)))
