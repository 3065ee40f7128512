"""Values with strings that readers misread, a JSON value per line: hostile.py SEED
With `hostile.py SEED objects` they are objects of Kubernetes, with `hostile.py SEED kustomize` such as kustomize takes."""

import itertools
import json
import random
import sys

random.seed(sys.argv[1])

WORDS = "y n yes no on off true false null nan inf .nan .inf +.inf -.inf".split()
NUMBERS = """0 00 -0 +1 012 09 0777 0o7 0O7 0x1F 0X1f -0x1f 0x 0xg 0b11 0B1 0b2 0b-1 0b+1 0o-7 0x-1 1_000 _1 1_ 0_7 0x_1 0_x1 -0_b1 1e_+3 1,000 1e3 1E3 1e+3 1.5e-3 1. 1.e3 .5
-.5 +.5e1 . .. - + -. ._ 1e 5e -1 1.2.3 10.0.0.1 9223372036854775808 123456789012345678901234567890 12:30 12:30:00 12:30:45.5 -1:30
190:20:30 80:30080 2026-11-21 2026-1-1 2026-11-21T09:30:00Z 2001-12-14t21:59:43.10-05:00 100m 1Gi 1.5Gi 1E 8080 192.168.0.0/16""".split()
SYNTAX = ["", " ", "  ", "~", "<<", "=", "---", "--- a", "...", "... b", "?", "? a", ":", ": a", "a:", "a: b", "a:b", "a :b", "a #b", "a#b",
          "#a", "- a", "-a", "[a", "]", "{a", "}", "[]", "{}", "a, b", ",a", "&a", "*a", "!a", "!!str a", "|", "|-", ">", "'a'", "it's", '"a"',
          'a"b', "%a", "@a", "`a", "a\\b", "\\", '{"a": 1}', r"^a\.b: $", "{{ .x }}", "$(A)", " a", "a ", "\t", "\ta", "a\t", "a\tb"]
LINES = ["\n", "\n\n", "a\n", "a\n\n", "a\nb", "\na", "\n\na\n", "  a\nb", " a\n b\n", "\ta\nb\n", "a\n\tb\n", "a \nb\n", "a\n \nb", " \na",
         "a\n ", "a\n  \n", "a\n\t", "\n \n", " \n", "# a\n", "a\n# b\n", "a: b\n", "- a\n- b\n", "---\na\n", "a\n...\n", "yes\n", "|\n", "a\r\nb\n",
         "#!/bin/sh\nset -e\n\nif true; then\n  echo \"a\"\nfi\n", "a\n\n\nb\n\n\n", "key: |\n  x\n"]
CHARACTERS = ["a\rb", "\x00", "\x1b[0m", "\x7f", "\x85", "a\x85b", "\x9f", "\xa0", "\xa0a", "\u2028", "a\u2029b", "\ufeff", "\ufeffa", "\u200b",
              "\u202ea", "\ue000", "\ufffd", "\ufffe", "\uffff", "\U0001f600", "\U0010ffff", "\xe9: x", "\u6f22\n", "\xe9\n\u2028\n"]
LONG = ["x" * 1100, "x y " * 400, "\xe9" * 1023, "'" * 1030, "0" * 1030, "a\n" + " " * 40 + "b\n"]
CASES = ["".join(letters) for word in WORDS for letters in itertools.product(*((c, c.upper()) if c.isalpha() else (c,) for c in word))]

ALPHABET = list("aynYN01289eExXobB_.,:-+#~=<>!&*?|%@`'\"[]{}()\\/ \t\n\n  \r$;^TtZ") + ["\x85", "\u2028", "\xa0", "\ufeff", "\xe9", "\u6f22",
           "\U0001f600", "\x00", "\x1b", "\u202e", "---", "...", "\n ", "\n\t", "\n\n", ": ", " #", "- ", "? ", "0x", "0o", "2026-11-21", "yes"]


def random_text(alphabet, longest):
    return "".join(random.choice(alphabet) for _ in range(random.randint(1, longest)))


strings = WORDS + NUMBERS + SYNTAX + LINES + CHARACTERS + LONG + CASES
strings += [random_text(ALPHABET, random.choice([3, 6, 12, 30])) for _ in range(6000)]
strings += [random_text("0123456789_.:eE+-xob,TZ ", 10) for _ in range(3000)]
strings += ["".join(digits) for length in (1, 2, 3, 4) for digits in itertools.product("01_.ex-", repeat=length)]
# How text begins and ends, and where its lines do.
strings += [random_text(list("  \t\t\n\n\n\r#-a") + ["\n---\n", "\n...\n", "\x85", "\u2028", "\u2029", "\xa0", "\ufeff"], 8) for _ in range(3000)]
scalars = [0, -1, 1.5, 1e20, 1e-7, 1e300, 5e-324, -0.5, 2**53, 2**63 - 1, -(2**63), 3.0, True, False, None]


def tree(depth):
    kind = random.random()
    if depth == 0 or kind < 0.4:
        return random.choice(strings if random.random() < 0.8 else scalars)
    if kind < 0.7:
        return [tree(depth - 1) for _ in range(random.randint(0, 4))]
    return {random.choice(strings): tree(depth - 1) for _ in range(random.randint(0, 4))}


def some(least=0):
    return [random.choice(strings) for _ in range(random.randint(least, 4))]


def texts():
    return {random.choice(strings): random.choice(strings) for _ in range(random.randint(1, 4))}


def metadata():
    return {"annotations": texts(), "labels": texts(), "name": random.choice(strings)}


def workload():
    container = {
        "args": some(),
        "command": some(1),
        "env": [{"name": name, "value": random.choice(strings)} for name in some()],
        "image": random.choice(strings),
        "name": random.choice(strings),
        "ports": [{"containerPort": 80, "name": name} for name in some()],
        "resources": {"limits": {"cpu": 0.5, "memory": "1Gi", "example.com/device": 1}},
    }
    spec = {"containers": [container], "nodeSelector": texts(), "tolerations": [{"key": key, "value": key} for key in some()]}
    template = {"metadata": metadata(), "spec": spec}
    deployment = {"replicas": 3, "selector": {"matchLabels": texts()}, "template": template}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata(), "spec": deployment}


def config_map():
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(), "data": texts()}


def custom_resource(metadata, spec):
    return {"apiVersion": "example.com/v1", "kind": "Anything", "metadata": metadata, "spec": spec}


if sys.argv[2:]:
    # Keys of more than 1,024 characters are no keys in YAML, and our reader and kustomize read these from JSON.
    strings = [text for text in strings if len(json.dumps(text)) < 1000]
if sys.argv[2:] == ["objects"]:
    kinds = [workload, config_map, lambda: custom_resource(metadata(), tree(4))]
    values = [random.choice(kinds)() for _ in range(3000)]
elif sys.argv[2:] == ["kustomize"]:
    specs = [{"a": s, "b": [s, [s], {"c": s}], s: s} for s in strings] + [tree(4) for _ in range(3000)]
    values = [custom_resource({"name": "a"}, spec) for spec in specs]
else:
    values = [place for s in strings for place in (s, {s: s, "end": 1}, [s, {"k": s, "l": [s, [s]]}, s], {"a": {"b": [{"c": s}, s], "d": s}})]
    values += [[n, {"a": n, "b": [n, [], {}, [[]], [{}]]}] for n in scalars] + scalars
    values += [tree(4) for _ in range(3000)]
for value in values:
    print(json.dumps(value))
