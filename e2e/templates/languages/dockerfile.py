import json

from hostile import controls, is_name, marked

from . import comment, run, shell

PATH = "Dockerfile"


def unsaid(text):
    return marked(text) or controls(text)


PLACES = [
    {"name": "ENV", "source": "ENV FOO=bar VALUE={{ value }}\n", "refused": unsaid},
    {"name": "ENV in the next line", "source": "ENV FOO=bar \\\n    # Comment\n    VALUE={{ value }} BAR=baz\n", "refused": unsaid},
    {"name": "LABEL", "source": "LABEL VALUE={{ value }}\n", "refused": unsaid},
    {"name": "ARG", "source": "ARG VALUE={{ value }}\n", "refused": unsaid},
    {"name": "CMD in JSON", "source": "CMD [\"show\", {{ value }}]\n", "refused": lambda text: marked(text) or "\0" in text},
    {"name": "RUN in JSON", "source": "RUN [\"show\", {{ value }}]\n", "refused": lambda text: marked(text) or "\0" in text},
    {"name": "quoted in JSON", "source": "CMD [\"show\", \"{{ value }}\"]\n", "refused": lambda text: not is_name(text)},
    {"name": "quoted", "source": "ENV VALUE=\"{{ value }}\"\n", "refused": lambda text: not is_name(text)},
    {"name": "RUN", "source": "RUN show {{ value }}\n", "refused": lambda text: unsaid(text) or shell.unsaid(text)},
    {"name": "CMD", "source": "CMD show {{ value }}\n", "refused": lambda text: unsaid(text) or shell.unsaid(text)},
    {"name": "comment", "source": "# {{ value }}\nENV VALUE=1\n", "expected": "1", "refused": comment},
    {"name": "old form", "source": "ENV VALUE {{ value }}\n", "refused": lambda text: not is_name(text)},
]


def read(folder, place, filled):
    asked = "".join(json.dumps("FROM scratch\n" + text) + "\n" for _, text in filled)
    found = [json.loads(line) for line in run([folder.parents[1] / "buildkit"], folder, input=asked.encode()).splitlines()]
    if place["name"] in ["RUN", "CMD"]:
        program = "show() { printf '%s\\0' \"$1\"; }\n" + "".join(line + "\n" for line in found)
        return run(["dash", "-c", program], folder).decode().split("\0")[:-1]
    return found
