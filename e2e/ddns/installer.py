"""The installer on a machine that is a folder, and on one whose systemd is real."""

import shutil
import subprocess
import time

# What stands in for the commands that would change this machine. It notes how it is called.
STUB = """#!/bin/sh
name=${0##*/}
printf '%s\\n' "$name $*" >>"$STATE/log"
case "$name $*" in
  'systemctl --version') echo "systemd $(cat "$STATE/systemd") (as packaged)" ;;
  'systemctl is-active '*) [ -e "$STATE/timer" ] ;;
  'systemctl restart ddns.timer') touch "$STATE/timer" ;;
  'systemctl start ddns.service') [ ! -e "$STATE/fails" ] ;;
  'systemctl show '*) echo 5af1 ;;
  'journalctl --quiet '*_SYSTEMD_INVOCATION_ID=5af1) echo 'A www.example.com: stays 1.2.3.5' ;;
  rpm*) [ -e "$STATE/packages" ] ;;
  dpkg-query*) echo installed; [ ! -e "$STATE/packages" ] || echo installed ;;
  'dnf install --assumeyes python3 ca-certificates' | 'apt-get '*' install --yes python3 ca-certificates') touch "$STATE/packages" ;;
esac
"""
FILES = {
    "/usr/local/libexec/ddns": 0o755,
    "/etc/stackwright/ddns.json": 0o644,
    "/etc/stackwright/ddns.token": 0o600,
    "/etc/systemd/system/ddns.service": 0o644,
    "/etc/systemd/system/ddns.timer": 0o644,
}
STAYS = "A www.example.com: stays 1.2.3.5\n"
STARTED = "started: ddns.timer\n"


class Machine:
    """A folder to install into, with the commands of one distribution."""

    def __init__(self, folder, machines, token, commands):
        shutil.copytree(machines, folder / "given")
        (folder / "given/secrets/ddns").mkdir(parents=True)
        for name in ("bin", "state", "root"):
            (folder / name).mkdir()
        for name in ("systemctl", "journalctl", *commands):
            (folder / "bin" / name).write_text(STUB)
            (folder / "bin" / name).chmod(0o755)
        self.given, self.state, self.root = folder / "given", folder / "state", folder / "root"
        self.token = self.given / "secrets/ddns/token"
        self.token.write_text(token)
        (self.state / "systemd").write_text("252")
        self.environment = {"PATH": f"{folder}/bin:/usr/bin:/bin", "STATE": str(self.state), "ROOT": str(self.root)}

    def install(self):
        """Exit code, what was said, and how the commands that matter were called."""
        (self.state / "log").write_text("")
        command = ["bash", "remote/ddns.sh", "ddns/edge.json", "secrets/ddns/token"]
        done = subprocess.run(command, cwd=self.given, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        asks = ("systemctl --version", "systemctl is-active", "systemctl show", "journalctl", "rpm", "dpkg-query")
        return done.returncode, done.stdout, [line for line in (self.state / "log").read_text().splitlines() if not line.startswith(asks)]

    def modes(self):
        files = [path for path in self.root.rglob("*") if path.is_file()]
        return {f"/{path.relative_to(self.root)}": path.stat().st_mode & 0o7777 for path in files}


def installs_twice(work, machines, token, same):
    start = ["systemctl daemon-reload", "systemctl enable --quiet ddns.timer", "systemctl restart ddns.timer", "systemctl start ddns.service"]
    apt = "apt-get -o DPkg::Lock::Timeout=300"
    for distribution, commands, packages in (
        ("Rocky Linux", ("dnf", "rpm"), ["dnf install --assumeyes python3 ca-certificates"]),
        ("Debian", ("apt-get", "dpkg-query"), [f"{apt} update", f"{apt} install --yes python3 ca-certificates"]),
    ):
        folder = work / distribution
        folder.mkdir()
        machine = Machine(folder, machines, token, commands)
        # One that is too old is left as it is.
        (machine.state / "systemd").write_text("239")
        refusal = "ddns: systemd 239 can't keep a service's secret\n  take Rocky Linux 9, Debian 12, Ubuntu 22.04 or newer\n"
        same(f"{distribution}: an old systemd", (1, refusal, []), machine.install())
        same(f"{distribution}: what an old systemd got", {}, machine.modes())
        (machine.state / "systemd").write_text("252")

        everything = "".join(f"changed: {file}\n" for file in FILES)
        same(f"{distribution}: the first run", (0, everything + STARTED + STAYS, packages + start), machine.install())
        same(f"{distribution}: the files", FILES, machine.modes())
        same(f"{distribution}: the token", token, (machine.root / "etc/stackwright/ddns.token").read_text())
        again = (0, STAYS, start[-1:])
        same(f"{distribution}: the second run", again, machine.install())

        machine.token.write_text("another-token")
        (machine.root / "etc/stackwright/ddns.json").chmod(0o666)
        changed = "changed: /etc/stackwright/ddns.json\nchanged: /etc/stackwright/ddns.token\n"
        same(f"{distribution}: after a change", (0, changed + STARTED + STAYS, start), machine.install())
        same(f"{distribution}: the files after a change", FILES, machine.modes())
        (machine.state / "timer").unlink()
        same(f"{distribution}: after somebody stopped it", (0, STARTED + STAYS, start[1:]), machine.install())
        (machine.state / "fails").touch()
        failed = "ddns: not all records are at the address of this machine\n  mend what is said above; the timer tries again every 5 minutes\n"
        same(f"{distribution}: when the client fails", (1, STAYS + failed, start[-1:]), machine.install())


# What is in a systemd of its own beside the units that the installer puts there. Nothing else of this machine's is.
TARGETS = ("sysinit", "basic", "shutdown", "timers", "time-set", "time-sync", "network", "network-online", "nss-lookup", "umount")
UNITS = {
    "proof.target": "[Unit]\nDefaultDependencies=no\nWants=internet.service proof.service\n",
    "internet.service": """[Unit]
DefaultDependencies=no
[Service]
ExecStart={python} {here}/stand_ins.py {work}/certificates {work}/state.json
StandardError=append:{work}/internet.log
""",
    # Its own drop-in lets the client trust the stand-ins, and says where its log goes: nobody keeps a journal here.
    "ddns.service.d/proof.conf": """[Service]
Environment=SSL_CERT_FILE=/etc/trusted.crt
StandardOutput=append:{work}/client.log
StandardError=append:{work}/client.log
""",
    # Every second, in place of every five minutes: that a timer starts the client is what is shown.
    "ddns.timer.d/proof.conf": "[Timer]\nOnCalendar=\nOnCalendar=*:*:*\nRandomizedDelaySec=0\nAccuracySec=1ms\n",
    "proof.service": """[Unit]
DefaultDependencies=no
After=internet.service
[Service]
Type=oneshot
WorkingDirectory={work}/given
ExecStart=/bin/bash {here}/under_systemd.sh {work}
StandardOutput=append:{work}/proof.log
StandardError=append:{work}/proof.log
ExecStopPost=/usr/bin/touch {work}/end
""",
}


def runs_under_systemd(work, machines, token, here, python):
    """What the proof and the client said where a systemd, in namespaces of its own, ran them, and what the API has then."""
    shutil.copytree(machines, work / "given")
    (work / "given/secrets/ddns").mkdir(parents=True)
    (work / "given/secrets/ddns/token").write_text(token)
    units = work / "units"
    for name, text in {**UNITS, **{f"{name}.target": "[Unit]\nDefaultDependencies=no\n" for name in TARGETS}}.items():
        (units / name).parent.mkdir(parents=True, exist_ok=True)
        (units / name).write_text(text.format(work=work, here=here, python=python))
    # Where the client's sandbox lets it look.
    shutil.copy(work / "certificates/trusted.crt", "/etc/trusted.crt")
    with open(work / "systemd.log", "w") as log:
        system = subprocess.Popen([here.parent / "templates/systemd", f"{units}:/etc/systemd/system"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(1200):
            if (work / "end").exists() or system.poll() is not None:
                break
            time.sleep(0.1)
        system.terminate()
        system.wait()
    if not (work / "end").exists():
        raise SystemExit("systemd did not come to an end:\n" + "".join(path.read_text() for path in sorted(work.glob("*.log"))))
    return [(work / name).read_text() for name in ("proof.log", "client.log", "state.json")]
