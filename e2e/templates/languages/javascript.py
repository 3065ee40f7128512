import json

from hostile import is_name, marked

from . import comment, run

PATH = "tool.js"
PLACES = [
    {"name": "value", "source": "values.push({{ value }});\n", "refused": marked},
    {"name": "quoted", "source": "values.push('{{ value }}');\n", "refused": lambda text: not is_name(text)},
    {"name": "template", "source": "values.push(`\n{{ value }}`.slice(1));\n", "refused": lambda text: not is_name(text)},
    {"name": "comment", "source": "values.push(1); // {{ value }}\n", "expected": 1, "refused": comment},
]


def program(texts):
    return "const values = [];\n" + "".join(texts) + "console.log(JSON.stringify(values));\n"


def read(folder, place, filled):
    (folder / PATH).write_text(program(text for _, text in filled), encoding="utf-8", newline="")
    return json.loads(run(["node", folder / PATH], folder))
