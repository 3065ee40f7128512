import json
import sys

from hostile import controls, is_name, marked

from . import comment, run

PATH = "tool.py"
PLACES = [
    {"name": "value", "source": "values.append({{ value }})\n", "refused": marked},
    {"name": "between lines", "source": 'text = """\n{{ value }}"""\nvalues.append(text[1:])\n', "refused": lambda text: not is_name(text)},
    {"name": "quoted", "source": 'values.append("{{ value }}")\n', "refused": lambda text: not is_name(text)},
    {"name": "comment", "source": "values.append(1)  # {{ value }}\n", "expected": 1, "refused": comment},
]


def read(folder, place, filled):
    program = "import json\nvalues = []\n" + "".join(text for _, text in filled) + "print(json.dumps(values))\n"
    (folder / PATH).write_text(program, encoding="utf-8", newline="")
    return json.loads(run([sys.executable, folder / PATH], folder))
