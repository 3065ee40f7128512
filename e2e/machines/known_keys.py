"""Prints the keys that config.yaml of a release of K3s may have: `known_keys.py K3S`, for k3s-v1.36.1+k3s1.txt.

K3S is a checkout of the release. K3s turns the file into flags of its command: a server skips with a warning what it doesn't
know, an agent doesn't start, not even for a key of a server's (pkg/configfilearg/defaultparser.go).

Each line is a key, the commands that have it, its type, its default and `hidden` if --help does not show it, with tabs
between. A default in <> is K3s' words for one that it finds when it starts. Of a key's names, only the long one is there.
"""

import pathlib
import re
import sys

FLAG = r"&cli\.(?P<type>\w+)Flag\{\n(?P<members>.*?)\n\s*\},?\n"
NAMED = re.compile(r"^\s*(?P<name>\w+) += " + FLAG, re.MULTILINE | re.DOTALL)
LISTED = re.compile(r"^\s*(?:(?P<name>\w+),\n|" + FLAG + ")", re.MULTILINE | re.DOTALL)
MEMBER = re.compile(r"^\s*(\w+): +(.*),$", re.MULTILINE)
CONSTANT = re.compile(r"^\s*(\w+) += (\"[^\"]*\"|\d+)$", re.MULTILINE)
# Where each command has its list of flags.
LISTS = {"server": r"^var ServerFlags = \[\]cli\.Flag\{\n(.*?)^\}", "agent": r"Name: +\"agent\".*?\[\]cli\.Flag\{\n(.*?)^\t\t\},"}
TYPES = {"Bool": "bool", "Duration": "duration", "Int": "int", "String": "string", "StringSlice": "strings"}
WITHOUT_DEFAULT = {"Bool": "false", "Int": "0"}


def text(expression):
    """What a constant expression of Go's is, as a person writes it."""
    parts = [constants.get(part, part) for part in expression.replace("version.Program", '"k3s"').split(" + ")]
    return re.sub(r"^(\d+) \* time\.Minute$", r"\1m", "".join(part.strip('"') for part in parts))


def default(flag):
    members = dict(MEMBER.findall(flag["members"]))
    if "Value" in members:
        return text(members["Value"])
    said = re.search(r"\(default: ([^)]+)\)", members["Usage"])
    return f"<{said[1]}>" if said else WITHOUT_DEFAULT.get(flag["type"], "")


folder = pathlib.Path(sys.argv[1], "pkg/cli/cmds")
# What is only there on Windows is another default for the same flag.
source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.go")) if not path.stem.endswith(("_windows", "_test")))
constants = dict(CONSTANT.findall(source))
named = {flag["name"]: flag for flag in NAMED.finditer(source)}

keys = {}
for command, where in LISTS.items():
    flags = re.search(where, source, re.MULTILINE | re.DOTALL)[1]
    not_read = re.sub(r"^\s*//.*\n", "", LISTED.sub("", flags), flags=re.MULTILINE).strip()
    assert not not_read, f"flags of {command} in an unknown form: {not_read}"
    for listed in LISTED.finditer(flags):
        flag = named[listed["name"]] if listed["name"] else listed
        members = dict(MEMBER.findall(flag["members"]))
        key = keys.setdefault(text(members["Name"]), {"commands": [], "default": ""})
        key["commands"].append(command)
        key["type"] = TYPES[flag["type"]]
        key["default"] = default(flag) or key["default"]
        key["note"] = "hidden" if "Hidden" in members else ""
for name, key in sorted(keys.items()):
    print("\t".join([name, ",".join(key["commands"]), key["type"], key["default"], key["note"]]).rstrip("\t"))
