"""What anybody on a host can see of its processes: no secret may be there."""

import threading
import time
from pathlib import Path


class Watcher:
    """Looks at all of them, all the time. `secrets` may grow meanwhile; `word` is in the command lines of those that are meant."""

    def __init__(self, secrets, word):
        self.secrets, self.word, self.looks, self.seen, self.ended = secrets, word.encode(), 0, set(), False
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self):
        while not self.ended:
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    command = (process / "cmdline").read_bytes()
                    shown = command + (process / "environ").read_bytes()
                except OSError:
                    continue
                if any(secret.encode() in shown for secret in set(self.secrets)):
                    self.seen.add(command)
                self.looks += self.word in command
            time.sleep(0.005)

    def end(self, fail):
        """How often one that is meant was looked at. `fail` is told where a secret was seen, or that there was none to look at."""
        self.ended = True
        self.thread.join()
        if self.seen or not self.looks:
            fail(f"{self.looks} looks, and a secret in {self.seen}")
        return self.looks
