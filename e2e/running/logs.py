"""Whether a secret shows where it must not: in a log, or in the list of processes."""

import pathlib
import subprocess
import threading
import time

# A shorter value, such as a user's name, is no secret.
SHORTEST = 12


class Leaks:
    """Looks for every secret of a lab, those that are replaced later too."""

    def __init__(self, lab):
        self.lab = lab
        self.values = {}
        self.found = set()
        self.one_at_a_time = threading.Lock()
        self.learn()
        self.watches = [threading.Thread(target=watch, daemon=True) for watch in (self._watch_processes, self._watch_logs)]
        for watch in self.watches:
            watch.start()

    def learn(self):
        """Takes note of the values that there are now."""
        folder = self.lab.folder / "secrets"
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in ("kustomization.yaml", ".gitignore", "tls.crt", "username", ".lock"):
                for line in path.read_bytes().splitlines():
                    if len(line) >= SHORTEST and not line.startswith(b"-----"):
                        self.values[line] = str(path.relative_to(folder))

    def look(self):
        """Where secrets have shown at any time."""
        self._look_into_logs()
        assert all(watch.is_alive() for watch in self.watches), "whoever looked for secrets has stopped to"
        return sorted(self.found)

    def _look_into_logs(self):
        patterns = self.lab.work / "secret-values"
        logs = [str(path) for machine in self.lab.machines + self.lab.hosts for path in (machine.folder / "var/log/pods", *machine.folder.glob("*.log"))]
        grep = ["grep", "--recursive", "--fixed-strings", "--files-with-matches", f"--file={patterns}", *logs]
        with self.one_at_a_time:
            patterns.write_bytes(b"\n".join(list(self.values)) + b"\n")
            self.found |= set(subprocess.run(grep, capture_output=True, text=True).stdout.split())

    def _watch_logs(self):
        # A pod's log goes with it.
        while True:
            self._look_into_logs()
            time.sleep(5)

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
