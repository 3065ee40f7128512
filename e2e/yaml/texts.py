"""Texts that readers may disagree about, a JSON string per line: texts.py write SEED
Compares what readers found in them, line by line:         texts.py compare TEXTS OURS KUBECTL"""

import json
import random
import re
import sys

SCALARS = """y Y yes Yes YES yEs n No off OFF On true TRUE tRUE ~ null Null NULL nULL .inf -.Inf .nan .NaN << = 0 00 010 08 0o17 0O17 0x1F 0X1f 0b11
0B11 -0b11 +0x1F 0x 0b 0o 1_000 _1 0x_1 1e3 1E-3 .5 5. . -. +.5 1e400 18446744073709551615 18446744073709551616 -9223372036854775808
-9223372036854775809 12:30 12:30:45 2026-11-21 2026-11-21T09:30:00Z 1.2.3 1,000 100m inf nan""".split()

STREAMS = [
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web # what\n  labels: {app: web, \"tier\": 'front'}\nspec:\n  ports:\n  - port: 80\n    targetPort: http\n"
    "  - {port: 443}\n  selector:\n    app: web\n",
    "a: |\n  one\n\n   two\nb: >-\n  three\n  four\nc: \"five\\n\\u00e9\\x41\\\n  six\"\nd: 'it''s\n\n  seven'\ne: |2+\n   eight\n\n",
    "base: &base\n  x: 1\n  y: [a, *none]\nmore:\n  <<: *base\n  y: 2\nlast:\n  - <<: [*base, {z: 3}]\n  - *base\n",
    "# one\n---\na: 1\n...\n---\n# two\n---\nb:\n- c\n- - d\n  - e\n-\n  f: g\n---\n",
    '{"a": {"b": [1, 2.5, -3e2, true, null, "x\\ty\\/\\ud83d\\ude00"]}}\n{"c": {}}\n',
    "? a\n: b\n? [c]\n: d\ne: !!str 1\nf: !own {g: !other h}\ni: !!binary aGk=\nj: ! k\n",
    "a:\r\n  b: c\r\n  d: |\r\n    e\r\n",
    "items:\n- message: 'one\ntwo'\n- script: |\n    echo 'one\n    two'\n  note: \"it\\'s\nhere\" # three\n- plain: x\n  note: 'four\n\n  five\nsix'\n  \"key\": \"seven\nit\\'s\"\n",
    "---\n# one\n\ufeffa: \ufeffb\nc: \"d\u2028e\"\r\r\nf: 'g\u0085h'\rk: &l-m_1 [n]\n---\n\ufeffo: !mine {p: !!other q}\n",
    "key: a b: c\nurl: http://a:80/b#c\ntime: 12:30\nglob: *.txt\nat: @b\npercent: %c\nback: `d`\nquote: 'e' f\n",
]

PIECES = list("-?:,[]{}#&*!|>'\"%@` \t\n=~<.0yn\\") + [": ", "- ", "? ", " #", "\n  ", "\n    ", "\n- ", "\n---", "\n---\n", "--- a", "\n...\n", "<<: ",
         "*base", "&a ", "a: b", "a:", "- a", "'b'", '"b"', "[a:]", "{a:}", "{a}", "[a: b]", "[a, b]", "{a: b}", '{"a":1}', "!!int ", "!a ", "|\n", ">-\n",
         "|2\n", "0x1F", "1.10", "on", "\u00e9", "\u0085", "\u2028", "\u00a0", "\ufeff", "\u0000", "\u0007", "\u007f", "\U0001f600", "%YAML 1.1\n", "%TAG ! a\n",
         "\r", "\r\r\n", "\u2029", "\n\ufeff", "\n'", "\\'", '"it\\\'s"', "'x\ny'", "'x\n...\ny'", '"x\ny', "'x\u2028y'", "...", "&a.b ", "*a.b", "&\u00e9 ", "!!set ", "!v/w "]

# Why we refuse what kubectl takes.
STRICTER = [
    "the key stands",  # kubectl keeps the last one
    "more than 128",  # kubectl's limit is 10,000
    "is a line break to kubectl",  # and text to others
    "surrogate",  # kubectl writes another character
]

# What nobody writes, and only one of the two accepts.
RARE = [
    r"[\n\r\x85] *[|>]",  # a block scalar that begins in the line after its key
    r'"[^"]*\n[^"]*":',  # a key of two lines
    r"[,{\[] ?:|![^ \n]*[\[\],{}]|:\s*\w*:[\]},]|:\w+[\]}]",  # signs between brackets
    r"0b[+-]|\x07|---\xa0",
    r"&[\w-]+[:?%@`]",  # an anchor's name with a sign behind it
    r"![^ \n]*[!#]",  # a tag with a third part, or a comment's sign
    r"\}\s*\n\.\.\.",  # and behind JSON
    r"\|\d?\+?\n #",  # less indentation than the block says it has
    r"\\[\u2028\u2029]",  # an escaped line break of YAML 1.1
    r"\\ud83d",  # a character in two halves, which only JSON has
    r"\?\s",  # a key with a question mark, and a tab or a bracket behind it
    r":[]},:][]},:\w]",  # a colon and a bracket at the end of a word between brackets
    "\x7f",  # the character that JSON allows and YAML doesn't
]


def write(seed):
    random.seed(seed)
    plain = SCALARS + ["".join(random.choice("0123456789_.eE+-xobBXO") for _ in range(random.randint(1, 8))) for _ in range(20000)]
    plain = [text for text in plain if text not in ("-", "...", "---")]
    texts = [f"k: {text}\n" for text in plain]
    for text in plain[:2000]:
        texts += [around.format(text) for around in ("k: !!str {}\n", 'k: "{}"\n', "a: &a {}\nb: *a\n", "k: [{}, 1]\n", "{}: 1\n")]
    texts += [mutated(random.choice(STREAMS)) for _ in range(60000)]
    texts += ["k:" + "".join(random.choice(PIECES) for _ in range(random.randint(1, 9))) for _ in range(60000)]
    for text in STREAMS + texts:
        print(json.dumps(text))


def mutated(text):
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        at = random.randrange(len(text) + 1)
        to = at + random.choice([0, 0, 0, 1, 1, 2, 5])
        text = text[:at] + random.choice(PIECES + [""]) + text[to:]
    return text


def same(ours, kubectl):
    if isinstance(ours, list) and isinstance(kubectl, list):
        return len(ours) == len(kubectl) and all(map(same, ours, kubectl))
    if isinstance(ours, dict) and isinstance(kubectl, dict):
        return ours.keys() == kubectl.keys() and all(same(ours[key], kubectl[key]) for key in ours)
    numbers = {int, float}
    if type(ours) in numbers and type(kubectl) in numbers:
        return float(ours) == float(kubectl)
    return type(ours) is type(kubectl) and ours == kubectl


def compare(texts, ours, kubectl):
    count = stricter = rare = one_sided = differ = 0
    with open(texts) as texts, open(ours) as ours, open(kubectl) as kubectl:
        for text, mine, theirs in zip(texts, ours, kubectl, strict=True):
            mine, theirs = json.loads(mine), json.loads(theirs)
            count += 1
            if isinstance(mine, str) and theirs == "drops":
                stricter += 1
                continue
            if isinstance(mine, str) and isinstance(theirs, list):
                if any(reason in mine for reason in STRICTER):
                    stricter += 1
                    continue
            elif isinstance(mine, str) or not isinstance(theirs, str) and same(mine, theirs):
                continue
            if not isinstance(mine, str) and not isinstance(theirs, str):
                differ += 1
            elif any(re.search(pattern, json.loads(text)) for pattern in RARE):
                rare += 1
                continue
            else:
                one_sided += 1
            print(f"{text.strip()}\n  we read      {json.dumps(mine)}\n  kubectl reads {json.dumps(theirs)}")
    print(
        f"{count} texts: {stricter} refused for what kubectl hides, {rare} that nobody writes and {one_sided} others "
        f"accepted by only one, {differ} read as other data"
    )
    # Never other data; what is left of the rest is one text in ten thousand, of signs that nobody writes.
    sys.exit(bool(differ) or one_sided > count / 5000 or not count)


if __name__ == "__main__":
    {"write": write, "compare": compare}[sys.argv[1]](*sys.argv[2:])
