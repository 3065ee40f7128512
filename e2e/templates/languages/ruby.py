import json

from hostile import is_name, marked

from . import comment, run

PATH = "Vagrantfile"


def unsaid(text):
    return marked(text) or "\0" in text


PLACES = [
    {"name": "value", "source": "values.push({{ value }})\n", "refused": unsaid},
    {"name": "argument", "source": "values.push value: {{ value }}\n", "refused": unsaid},
    {"name": "quoted", "source": 'values.push("{{ value }}")\n', "refused": lambda text: not is_name(text)},
    {"name": "heredoc", "source": "values.push(<<~END.chomp)\n  {{ value }}\nEND\n", "refused": lambda text: not is_name(text)},
    {"name": "comment", "source": "values.push 1 # {{ value }}\n", "expected": 1, "refused": comment},
]


def read(folder, place, filled):
    program = "# encoding: utf-8\nrequire 'json'\nvalues = []\n" + "".join(text for _, text in filled) + "puts JSON.generate(values)\n"
    (folder / PATH).write_text(program, encoding="utf-8", newline="")
    found = json.loads(run(["ruby", folder / PATH], folder))
    return [value["value"] if isinstance(value, dict) else value for value in found]
