"""Fills templates with hostile values, has the real programs read them, and compares: proof.py FILLER WORK SEED [LANGUAGE...]"""

import importlib
import json
import pathlib
import subprocess
import sys

import hostile

LANGUAGES = ["python", "shell", "ruby", "javascript", "html", "nginx", "nftables", "systemd", "dockerfile"]


def fill(filler, asked):
    lines = "".join(json.dumps(line) + "\n" for line in asked)
    done = subprocess.run([filler], input=lines, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def main():
    filler, work, seed, *languages = sys.argv[1:]
    work = pathlib.Path(work)
    wrong = []
    for name in languages or LANGUAGES:
        language = importlib.import_module(f"languages.{name}")
        values = hostile.values(f"{name} {seed}")
        asked = []
        for place in language.PLACES:
            for number, value in enumerate(values):
                said = place.get("said", lambda _, value: value)(number, value)
                source = place["source"].replace("NUMBER", str(number))
                expected = place.get("expected", value)
                asked.append((place, number, value, expected, {"path": language.PATH, "source": source, "values": {"value": said}}))
        answers = fill(filler, [line[-1] for line in asked])
        for place in language.PLACES:
            mine = [(line, answer) for line, answer in zip(asked, answers) if line[0] is place]
            filled = [(line, answer["text"]) for line, answer in mine if "text" in answer]
            for line, answer in mine:
                if "error" in answer and not answer["error"].startswith(f"template of `{language.PATH}` line "):
                    wrong.append(f"{name}, {place['name']}: no place in {answer['error']}")
            folder = work / name / place["name"].replace(" ", "-")
            folder.mkdir(parents=True)
            found = language.read(folder, place, [(line[1], text) for line, text in filled])
            if len(found) != len(filled):
                wrong.append(f"{name}, {place['name']}: {len(filled)} values went in, {len(found)} came out")
            for (line, text), value in zip(filled, found):
                if value != line[3]:
                    wrong.append(f"{name}, {place['name']}: {line[3]!r} became {value!r} by {text!r}")
            refused = {answer["error"].split(": ")[-1] for _, answer in mine if "error" in answer}
            # All that a language can't say must be known to be so.
            said = {line[2] for line, _ in filled}
            for _, _, value, _, _ in (line for line, _ in mine):
                if value not in said and not place["refused"](value):
                    wrong.append(f"{name}, {place['name']}: {value!r} is refused and could be said")
            print(f"{name}, {place['name']}: {len(filled)} of {len(mine)} values arrive, the others are refused for {len(refused)} reasons")
    if wrong:
        sys.exit("\n".join(wrong[:60]) + f"\n{len(wrong)} wrong")


main()
