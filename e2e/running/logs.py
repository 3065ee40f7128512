"""Whether a secret shows where it must not: in a log, or in the list of processes."""

import pathlib
import subprocess
import threading
import time

from lab import Lab

# A shorter value, such as a user's name, is no secret.
SHORTEST = 12


class Leaks:
    """Looks for every secret of a lab, those that are replaced later too."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.values = {}
        self.found = set()
        self.learn()
        threading.Thread(target=self._watch_processes, daemon=True).start()

    def learn(self):
        """Takes note of the values that there are now."""
        folder = self.lab.folder / "secrets"
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in ("kustomization.yaml", ".gitignore", "tls.crt", "username", ".lock"):
                for line in path.read_bytes().splitlines():
                    if len(line) >= SHORTEST and not line.startswith(b"-----"):
                        self.values[line] = str(path.relative_to(folder))

    def look_now(self):
        """Looks into the logs that there are at this time: a pod's go with it."""
        patterns = self.lab.work / "secret-values"
        patterns.write_bytes(b"\n".join(self.values) + b"\n")
        logs = [str(path) for machine in self.lab.machines for path in (machine.folder / "var/log/pods", *machine.folder.glob("*.log"))]
        run = subprocess.run(["grep", "--recursive", "--fixed-strings", "--files-with-matches", f"--file={patterns}", *logs], capture_output=True, text=True)
        self.found |= set(run.stdout.split())

    def look(self):
        """Where secrets have shown at any time."""
        self.look_now()
        return sorted(self.found)

    def lines_read(self):
        """How many lines of logs there are to look through."""
        return sum(path.read_bytes().count(b"\n") for machine in self.lab.machines for path in (machine.folder / "var/log/pods").rglob("*.log"))

    def _watch_processes(self):
        while True:
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    words = path.read_bytes()
                except OSError:
                    continue
                for value, name in list(self.values.items()):
                    if value in words:
                        self.found.add(f"{name} in the list of processes: {words[:60]!r}")
            time.sleep(0.2)
