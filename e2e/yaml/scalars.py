"""Texts of one scalar, a JSON string per line: scalars.py texts SEED
Compares two files of what readers found in them:  scalars.py compare TEXTS OURS GO"""

import json
import random
import sys


def texts(seed):
    random.seed(seed)
    plain = """y Y yes Yes YES yEs n No off OFF On true TRUE tRUE ~ null Null NULL nULL .inf -.Inf .nan .NaN << = 0 00 010 08 0o17 0O17 0x1F 0X1f 0b11
0B11 -0b11 +0x1F 0x 0b 0o 1_000 _1 0x_1 1e3 1E-3 .5 5. . -. +.5 1e400 18446744073709551615 18446744073709551616 -9223372036854775808
-9223372036854775809 12:30 12:30:45 2026-11-21 2026-11-21T09:30:00Z 1.2.3 1,000 100m inf nan""".split()
    plain += ["".join(random.choice("0123456789_.eE+-xobBXO") for _ in range(random.randint(1, 8))) for _ in range(20000)]
    plain = [text for text in plain if text not in ("-", "...", "---")]
    for text in plain:
        print(json.dumps(f"- {text}\n"))
    for text in plain[:2000]:
        for around in ('k: !!str {}\n', '"{}"\n', "a: &a {}\nb: *a\n", "[{}, 1]\n"):
            print(json.dumps(around.format(text)))


def same(ours, go):
    if isinstance(ours, list) and isinstance(go, list):
        return len(ours) == len(go) and all(map(same, ours, go))
    if isinstance(ours, dict) and isinstance(go, dict):
        return ours.keys() == go.keys() and all(same(ours[key], go[key]) for key in ours)
    numbers = {int, float}
    if type(ours) in numbers and type(go) in numbers:
        return float(ours) == float(go)
    return type(ours) is type(go) and ours == go


def compare(texts, ours, go):
    count = differ = 0
    with open(texts) as texts, open(ours) as ours, open(go) as go:
        for text, mine, theirs in zip(texts, ours, go, strict=True):
            mine, theirs = json.loads(mine), json.loads(theirs)
            expected = None if theirs == "refused" else [theirs]
            count += 1
            if not same(mine, expected):
                differ += 1
                print(f"{text.strip()}: we read {mine}, kubectl reads {theirs}")
    print(f"{count} scalars, {differ} read otherwise than by kubectl")
    sys.exit(bool(differ) or not count)


if __name__ == "__main__":
    {"texts": texts, "compare": compare}[sys.argv[1]](*sys.argv[2:])
