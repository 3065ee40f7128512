import pathlib
import subprocess
import time

from hostile import controls, is_name, marked

from . import comment

PATH = "proof.service"
SHOW = "/usr/bin/printf '%%s\\\\0' "


def unsaid(text):
    return marked(text) or "\0" in text or "\ufffe" in text


def line(text):
    return unsaid(text) or controls(text) or text.strip() != text or not text or text.endswith("\\")


def pair(number, text):
    return f"VALUE_{number}={text}"


PLACES = [
    {"name": "argument", "source": f"ExecStart={SHOW}{{{{ value }}}}\n", "refused": unsaid},
    {"name": "argument in the next line", "source": f"ExecStart={SHOW}\\\n  {{{{ value }}}}\n", "refused": unsaid},
    {"name": "argument without variables", "source": f"ExecStart=:{SHOW}{{{{ value }}}}\n", "refused": unsaid},
    {"name": "in an argument", "source": f"ExecStart={SHOW}--{{{{ value }}}}\n", "refused": unsaid},
    {"name": "quoted", "source": f"ExecStart={SHOW}\"{{{{ value }}}}\"\n", "refused": lambda text: not is_name(text)},
    {"name": "variable", "source": "Environment=VALUE_NUMBER={{ value }}\n", "refused": unsaid},
    {"name": "assignment", "source": "Environment=A=b {{ value }}\n", "said": pair, "refused": unsaid},
    {"name": "Description", "source": "Description={{ value }}\n", "refused": line},
    {"name": "SyslogIdentifier", "source": "SyslogIdentifier={{ value }}\n", "refused": line},
    {"name": "comment", "source": f"# {{{{ value }}}}\nExecStart={SHOW} 1\n", "expected": "1", "refused": lambda text: comment(text) or unsaid(text)},
]
UNIT = """[Unit]
DefaultDependencies=no
{unit}[Service]
Type=oneshot
StandardOutput=append:{folder}/out
StandardError=append:{folder}/said
{service}"""
# What is a unit's own, and what ends the proof: after all others, whatever became of them.
END = """[Unit]
DefaultDependencies=no
After=proof.service
[Service]
Type=oneshot
StandardOutput=append:{folder}/shown
ExecStart=-/usr/bin/systemctl show --property={property} --value {units}
ExecStart=/usr/bin/touch {folder}/end
"""
TARGET = "[Unit]\nDefaultDependencies=no\nWants=proof.service end.service\n"


def read(folder, place, filled):
    texts = [text for _, text in filled]
    units = folder / "units"
    units.mkdir()
    shown = []
    service = "".join(texts)
    if place["name"] in ["Description", "SyslogIdentifier"]:
        shown = [f"value-{number}.service" for number, _ in filled]
        for name, text in zip(shown, texts):
            unit, own = (text, "") if place["name"] == "Description" else ("", text)
            write(units / name, UNIT.format(folder=folder, unit=unit, service=own + "ExecStart=/usr/bin/true\n"))
        service = "ExecStart=/usr/bin/true\n"
    if "Environment" in place["source"]:
        service += "ExecStart=/usr/bin/env --null\n"
    write(units / PATH, UNIT.format(folder=folder, unit="", service=service))
    write(units / "end.service", END.format(folder=folder, property=place["name"], units=" ".join(shown)))
    write(units / "proof.target", TARGET)
    verify(units)
    run(folder)
    if shown:
        return (folder / "shown").read_text(encoding="utf-8").split("\n")[: 2 * len(shown) : 2]
    found = (folder / "out").read_bytes().decode().split("\0")[:-1]
    if "Environment" in place["source"]:
        variables = dict(variable.split("=", 1) for variable in found)
        return [variables.get(f"VALUE_{number}") for number, _ in filled]
    return [value[2:] for value in found] if place["name"] == "in an argument" else found


def verify(units):
    """What is left out or unclear is warned of."""
    names = sorted(path.name for path in units.glob("*.service"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], cwd=units, env={"SYSTEMD_UNIT_PATH": str(units)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    if done.returncode or done.stderr:
        raise SystemExit(f"systemd-analyze verify: {done.stderr.decode()[:3000]}")


def write(path, text):
    path.write_text(text, encoding="utf-8", newline="")


def run(folder):
    """A systemd that is the first process of its own namespaces, with units of ours only, until it has run them."""
    script = pathlib.Path(__file__).parent.parent / "systemd"
    with open(folder / "log", "w") as log:
        system = subprocess.Popen([script, folder / "units"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(1200):
            if (folder / "end").exists() or system.poll() is not None:
                break
            time.sleep(0.05)
        system.terminate()
        if system.wait():
            raise SystemExit((folder / "log").read_text()[-3000:])
    if not (folder / "end").exists():
        raise SystemExit("systemd did not come to an end: " + (folder / "log").read_text()[-3000:])
    said = folder / "said"
    if said.exists() and said.read_text():
        raise SystemExit(said.read_text()[:3000])
