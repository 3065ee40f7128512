"""Does what a chapter says, word by word: `chapter.py PAGE.md TITLE FOLDER`.

In its blocks of `console`, lines that begin with `$ ` are commands, and the others are what they print: both streams, as a person sees them. A
line `...` stands for any lines, and so does the output of a command below which nothing is shown. Its blocks of `diff` are what a person does
in an editor.
"""

import os
import re
import subprocess
import sys

page, title, folder = sys.argv[1:]


def fail(what):
    sys.exit(f"{page}, \"{title}\": {what}")


def chapter():
    text = open(page, encoding="utf-8").read()
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found.group(1) if found else fail("there is no such chapter")


def blocks(text):
    """The blocks of code, each with its language."""
    return re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", text, re.M | re.S)


def commands(block):
    """Each command of a session, with the lines below it."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
        else:
            fail(f"a session begins with what nothing printed: {line}")
    return found


def run(command, where):
    """What a command prints, and where it leaves the shell."""
    script = f'{command}\ncode=$?\npwd >"$PLACE"\nexit $code'
    place = os.path.join(folder, "place")
    done = subprocess.run(
        ["bash", "-c", script], cwd=where, env={**os.environ, "PLACE": place},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )
    return done.stdout.splitlines(), done.returncode, open(place, encoding="utf-8").read().strip()


def matches(shown, printed):
    """Whether lines are those that are shown."""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(matches(shown[1:], printed[skipped:]) for skipped in range(len(printed) + 1))
    return bool(printed) and printed[0] == shown[0] and matches(shown[1:], printed[1:])


def main():
    where, count = folder, 0
    for language, block in blocks(chapter()):
        if language == "diff":
            done = subprocess.run(["patch", "--strip=1", "--fuzz=0"], cwd=where, input=block, capture_output=True, text=True, check=False)
            if done.returncode:
                fail(f"a change is not one of what is there:\n{block}\n{done.stdout}{done.stderr}")
        elif language == "console":
            for command, shown in commands(block):
                printed, code, where = run(command, where)
                count += 1
                if shown and not matches(shown, printed):
                    fail(f"`{command}` printed\n" + "\n".join(printed) + "\nand not\n" + "\n".join(shown))
                # What goes wrong on purpose shows how.
                if code and not shown:
                    fail(f"`{command}` failed:\n" + "\n".join(printed))
        # Rust is tried with the guide's other examples, and `sh` asks for a cluster.
        elif language not in ("rust", "sh"):
            fail(f"nobody knows what to do with {language or 'a block without a language'}")
    if count < 10:
        fail(f"only {count} commands were found")
    print(f"{title}: {count} commands, each as it is shown")


main()
