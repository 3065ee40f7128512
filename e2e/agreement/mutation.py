"""Objects with one thing wrong: deleted, retyped, misspelt, duplicated or out of range; and the faults that `faults.yaml` lists."""

import copy
import dataclasses
import itertools
import json
import random
import re

# Maps whose keys are the author's, each key with a syntax of its own.
AUTHORS_KEYS = {
    "labels", "annotations", "matchLabels", "nodeSelector", "selector", "data", "stringData", "binaryData", "requests", "limits",
    "hard", "capacity", "min", "max", "default", "defaultRequest", "maxLimitRequestRatio", "parameters", "podFixed",
    "volumeAttributes", "properties",
}  # fmt: skip
BAD_KEYS = ["-bad", "a/b/c", "with space", "", "k" * 64, "UPPER/x", "a..b", "-/x"]
BAD_TEXTS = [
    "", "Nope", "UPPER_case", "with space", "-", "a/b", "x" * 254, "1Gx", "-1", "0", "\u00fcn\u00efcode", "line\nbreak", "true", "a.b-", "*",
]  # fmt: skip
BAD_NUMBERS = [-1, 0, 65536, 2**31, 2**63, 1.5, 10**9 + 1]
# The second occurrence of a key: JSON text can hold it, a dictionary cannot.
AGAIN = "\0"


@dataclasses.dataclass
class Mutant:
    """A seed with one thing changed: how, where, and the text that it became."""

    seed: str
    kind: str
    mutation: str
    path: str
    text: str
    body: dict


def mutants(name, seed):
    """Every mutant of a seed, and the seed itself."""
    texts = set()
    for mutation, path, body in _mutated(seed):
        text = json.dumps(body, indent=1).replace(json.dumps(AGAIN)[:-1], '"')
        # Emptying what is empty changes nothing, and two ways may lead to one text.
        if text not in texts:
            texts.add(text)
            yield Mutant(name, seed["kind"], mutation, path, text, body)


def _mutated(seed):
    yield "none", "", seed
    for path, value in _sites(seed):
        for mutation, change in _changes(path, value):
            body = copy.deepcopy(seed)
            change(_parent(body, path), path[-1])
            yield mutation, _pointer(path), body


def faulty(name, seed, faults):
    """The mutants of a seed that make a person's mistakes."""
    for fault, values in faults.items():
        body = copy.deepcopy(seed)
        for pointer, value in values.items():
            _set(body, pointer, _expanded(value))
        yield Mutant(name, seed["kind"], f"fault: {fault}", next(iter(values)), json.dumps(body, indent=1), body)


def sample(everything, count, chance):
    """So many of them, of each kind and mutation as evenly as there are; the same for the same chance. Faults and seeds all stay."""
    kept = [mutant for mutant in everything if mutant.mutation == "none" or mutant.mutation.startswith("fault")]
    rest = [mutant for mutant in everything if mutant.mutation != "none" and not mutant.mutation.startswith("fault")]
    groups = {}
    for mutant in rest:
        groups.setdefault((mutant.kind, mutant.mutation), []).append(mutant)
    for group, members in sorted(groups.items()):
        random.Random(f"{chance} {group}").shuffle(members)
    rounds = itertools.zip_longest(*(members for _, members in sorted(groups.items())))
    drawn = (mutant for members in rounds for mutant in members if mutant)
    return kept + list(itertools.islice(drawn, max(0, count - len(kept))))


def _sites(value, path=()):
    """Every place in an object, with what is there."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _sites(member, path + (key,))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _sites(member, path + (number,))


def _changes(path, value):
    """What can be done wrong at a place: a name, and a change of what holds the place."""
    yield "removed", lambda holder, key: holder.pop(key)
    for wrong in _other_types(value):
        yield "retyped", _replaced(wrong)
    if isinstance(value, dict):
        yield "unknown field", _replaced({**value, "bogus": "value"})
    if isinstance(value, (str, list, dict)):
        yield "emptied", _replaced(type(value)())
    if isinstance(value, str):
        for wrong in BAD_TEXTS:
            yield "bad text", _replaced(wrong)
        if value[:1].isupper() and value.isalpha():
            yield "enum in lower case", _replaced(value.lower())
            yield "enum of another field", _replaced("Never")
    if isinstance(value, int) and not isinstance(value, bool):
        for wrong in BAD_NUMBERS:
            yield "out of range", _replaced(wrong)
    key = path[-1]
    if isinstance(key, int):
        yield "duplicated element", lambda holder, at: holder.insert(at, copy.deepcopy(holder[at]))
        return
    yield "duplicated key", lambda holder, at: holder.update({AGAIN + at: holder[at]})
    if len(path) > 1 and path[-2] in AUTHORS_KEYS:
        for wrong in BAD_KEYS:
            yield "bad key", _renamed(wrong)
    else:
        for wrong in _misspelt(key):
            yield "misspelt", _renamed(wrong)


def _other_types(value):
    if isinstance(value, bool):
        return [str(value).lower(), int(value), None]
    if isinstance(value, int):
        return [str(value), "many", True, {}, [], None]
    if isinstance(value, str):
        return [7, True, {}, [value], None]
    if isinstance(value, list):
        return ["text", {}, value[0] if value else 0, None]
    return ["text", [], [value], None]


def _misspelt(key):
    swapped = key[0] + key[2:3] + key[1:2] + key[3:]
    return [wrong for wrong in (swapped, key + "s", key[0].upper() + key[1:], key[:-1]) if wrong not in (key, "")]


def _replaced(wrong):
    def change(holder, key):
        holder[key] = copy.deepcopy(wrong)

    return change


def _renamed(wrong):
    def change(holder, key):
        holder[wrong] = holder.pop(key)

    return change


def _parent(body, path):
    for key in path[:-1]:
        body = body[key]
    return body


def _pointer(path):
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def _set(body, pointer, value):
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
    for key in keys[:-1]:
        body = body[int(key)] if isinstance(body, list) else body.setdefault(key, {})
    if isinstance(body, list):
        if keys[-1] == "-":
            body.append(value)
        else:
            body[int(keys[-1])] = value
    elif value is None:
        del body[keys[-1]]
    else:
        body[keys[-1]] = value


def _expanded(value):
    """A long text or list, written short: `@64 n` is n 64 times, `@list 33 d` is d0 to d32."""
    if not isinstance(value, str):
        return value
    if match := re.fullmatch(r"@(\d+) (\w)", value):
        return match[2] * int(match[1])
    if match := re.fullmatch(r"@list (\d+) (\w)", value):
        return [f"{match[2]}{number}" for number in range(int(match[1]))]
    return value
