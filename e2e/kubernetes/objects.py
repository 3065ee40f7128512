"""Kubernetes objects as data: read from YAML, named, and compared with what a server made of them."""

import base64
import re
from decimal import Decimal

import yaml


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as Kubernetes reads it: no timestamps."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def objects(text):
    """The objects of a YAML stream, lists of them flattened."""
    found = []
    for document in yaml.load_all(text, _Loader):
        if document and document["kind"].endswith("List") and "items" in document:
            found += document["items"]
        elif document:
            found.append(document)
    return found


def name(thing):
    """How a person calls an object: `Service web/api`."""
    metadata = thing["metadata"]
    namespace = metadata.get("namespace")
    return f'{thing["kind"]} {namespace}/{metadata["name"]}' if namespace else f'{thing["kind"]} {metadata["name"]}'


def group_of(thing):
    """The API group, which is empty for the oldest kinds."""
    group, slash, _ = thing["apiVersion"].rpartition("/")
    return group if slash else ""


def losses(rendered, stored):
    """What of a rendered object the stored one does not have as it was, a line each. What a server adds to objects is no loss."""
    if rendered["kind"] != "Secret":
        return _losses(rendered, stored, "")
    lines = _losses(_decoded(rendered), _decoded(stored), "")
    return [line.split(":")[0] + ": differs" for line in lines]


def _decoded(secret):
    values = secret.get("data") or {}
    texts = secret.get("stringData") or {}
    data = {key: base64.b64decode(value) for key, value in values.items()} | {key: text.encode() for key, text in texts.items()}
    return {**{key: value for key, value in secret.items() if key != "stringData"}, "data": data}


def _losses(rendered, stored, path):
    if rendered in (None, {}, []) and stored in (None, {}, []):
        return []
    if isinstance(rendered, dict) and isinstance(stored, dict):
        return [line for key, value in rendered.items() for line in _losses(value, stored.get(key), f"{path}.{key}")]
    if isinstance(rendered, list) and isinstance(stored, list) and len(rendered) == len(stored):
        pairs = enumerate(zip(rendered, stored))
        return [line for number, (ours, theirs) in pairs for line in _losses(ours, theirs, f"{path}[{number}]")]
    if type(rendered) is type(stored) and rendered == stored:
        return []
    amount = quantity(rendered)
    if amount is not None and isinstance(stored, str) and amount == quantity(stored):
        return []
    return [f"{path}: rendered {rendered!r}, stored {stored!r}"]


_UNITS = {"n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3"), "": Decimal(1)}
_UNITS |= {unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", 1)}
_UNITS |= {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", 1)}


def quantity(text):
    """The number that a quantity such as `500m`, `1.5Gi` or `1e3` is, or nothing if it is none."""
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        return None
    match = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]?|[KMGTPE]i)", str(text))
    return Decimal(match[1]) * _UNITS[match[2]] if match else None
