import json

from hostile import controls, is_name, marked

from . import comment as no_comment
from . import run

PATH = "rules.nft"


def chain(rule):
    return "table inet proof {\n  chain rules {\n    " + rule + "\n  }\n}\n"


def unsaid(most):
    return lambda text: marked(text) or controls(text) or '"' in text or len(text.encode()) > most


def interface(text):
    return not text or len(text) > 15 or not all(33 <= ord(char) < 127 and char not in '/:"*\\$@' for char in text)


PLACES = [
    {"name": "comment", "source": chain("counter comment {{ value }}"), "refused": unsaid(128)},
    {"name": "interface", "source": chain("meta iifname {{ value }} counter"), "refused": interface},
    {"name": "interfaces", "source": chain("oifname != { \"lo\", {{ value }} } counter"), "refused": interface},
    {"name": "prefix", "source": chain("log prefix {{ value }} level info"), "refused": lambda text: unsaid(127)(text) or "$" in text},
    {"name": "in a comment", "source": chain("counter # {{ value }}"), "refused": no_comment, "expected": None},
]
LOAD = 'nft --file rules.nft && nft --json list ruleset'


def read(folder, place, filled):
    (folder / PATH).write_text("".join(text for _, text in filled), encoding="utf-8", newline="")
    ruleset = json.loads(run(["unshare", "--net", "sh", "-c", LOAD], folder))["nftables"]
    return [found(place["name"], rule["rule"]) for rule in ruleset if "rule" in rule]


def found(place, rule):
    match = next((part["match"]["right"] for part in rule["expr"] if "match" in part), None)
    match place:
        case "comment":
            return rule.get("comment", "")
        case "interface":
            return match
        case "interfaces":
            others = [name for name in match["set"] if name != "lo"] if isinstance(match, dict) else [match]
            return others[0] if others else "lo"
        case "prefix":
            return next(part["log"].get("prefix", "") for part in rule["expr"] if "log" in part)
    return None
