from hostile import is_name, marked

from . import comment, run

PATH = "tool.sh"


def unsaid(text):
    return marked(text) or "\0" in text or text.startswith("-")


def unnamed(text):
    return not is_name(text)


PLACES = [
    {"name": "word", "source": "show {{ value }}\n", "refused": unsaid},
    {"name": "variable", "source": "value={{ value }}\nshow \"$value\"\n", "refused": unsaid},
    {"name": "in a word", "source": "show /srv/{{ value }} | cut -z -c 6-\n", "refused": unsaid},
    {"name": "quoted", "source": "show \"{{ value }}\"\n", "refused": unnamed},
    {"name": "heredoc", "source": "cat <<'END' | tr '\\n' '\\0'\n{{ value }}\nEND\n", "refused": unnamed},
    {"name": "unquoted heredoc", "source": "cat <<-END | tr '\\n' '\\0'\n{{ value }}\nEND\n", "refused": unnamed},
    {"name": "arithmetic", "source": "if false; then echo $(( {{ value }} )); fi\nshow 1\n", "expected": "1", "refused": lambda text: not (text.isascii() and text.isalnum())},
    {"name": "comment", "source": "show 1 # {{ value }}\n", "expected": "1", "refused": comment},
]


def read(folder, place, filled):
    program = "show() { printf '%s\\0' \"$1\"; }\n" + "".join(text for _, text in filled)
    (folder / PATH).write_text(program, encoding="utf-8", newline="")
    found = [run([shell, folder / PATH], folder).decode().split("\0")[:-1] for shell in ["bash", "dash"]]
    if found[0] != found[1]:
        raise SystemExit(f"{place['name']}: Bash and dash differ")
    return found[0]
