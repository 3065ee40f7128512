"""Prints the variables that a release of kubespray defines: `known_variables.py KUBESPRAY > kubespray-v2.31.0.txt`.

KUBESPRAY is a checkout of the release. A variable is defined where a role has a default for it, or where the sample inventory
sets it, be it in a comment: some have no default.
"""

import pathlib
import re
import sys

import yaml

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
print("\n".join(sorted(names)))
