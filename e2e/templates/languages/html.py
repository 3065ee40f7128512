import json
import re

import html5lib
from hostile import is_name, marked

from . import comment, javascript, run

PATH = "page.html"


def unsaid(text):
    return marked(text) or "\0" in text


def address(text):
    first = re.split("[/?#]", text)[0]
    return unsaid(text) or ":" in first or any(ord(char) < 32 or 127 <= ord(char) < 160 for char in text)


PLACES = [
    {"name": "text", "source": "<p>{{ value }}</p>\n", "refused": unsaid},
    {"name": "attribute", "source": "<p title=\"{{ value }}\"></p>\n", "refused": unsaid},
    {"name": "attribute of single quotes", "source": "<p class=x title = '{{ value }}'></p>\n", "refused": unsaid},
    {"name": "attribute behind another", "source": "<p class=it's title=\"{{ value }}\"></p>\n", "refused": unsaid},
    {"name": "address", "source": "<p href=\"{{ value }}\"></p>\n", "refused": address},
    {"name": "textarea", "source": "<p></p><textarea>{{ value }}</textarea>\n", "refused": lambda text: unsaid(text) or text.startswith("\n")},
    {"name": "script", "source": "<script>values.push({{ value }});</script>\n", "refused": unsaid},
    {"name": "comment", "source": "<p>1<!-- {{ value }} --></p>\n", "expected": "1", "refused": comment},
    {"name": "unquoted", "source": "<p title={{ value }}></p>\n", "refused": lambda text: True},
    {"name": "handler", "source": "<p onclick=\"{{ value }}\"></p>\n", "refused": lambda text: True},
]


def read(folder, place, filled):
    page = "<!doctype html><meta charset=utf-8><body>\n" + "".join(text for _, text in filled)
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    if place["name"] == "script":
        scripts = [element.text for element in body.iter("script")]
        (folder / "tool.js").write_text(javascript.program(scripts), encoding="utf-8", newline="")
        return json.loads(run(["node", folder / "tool.js"], folder))
    if place["name"] == "textarea":
        return [element.text or "" for element in body.iter("textarea")]
    if "title" in place["source"]:
        return [element.get("title") for element in body.iter("p")]
    if "href" in place["source"]:
        return [element.get("href") for element in body.iter("p")]
    return ["".join(element.itertext()) if place["name"] != "comment" else element.text for element in body.iter("p")]
