"""Load on the CPU, for as long as somebody asked."""

import math
import os
import subprocess
import sys
import time
from pathlib import Path

BURN = Path(__file__).with_name("burn.py")


class Load:
    """At most one at a time: a process for each core, so that the server's own interpreter stays free."""

    def __init__(self, cores):
        self.cores = cores
        self._processes = []
        self._until = 0.0

    def start(self, seconds):
        """Keeps the cores busy; whoever calls has seen that nothing is left."""
        self._until = time.monotonic() + seconds
        self._processes = []
        for _ in range(self.cores):
            command = [sys.executable, "-I", BURN, str(seconds), str(os.getpid())]
            self._processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))

    def seconds_left(self):
        """How long it still runs, in whole seconds; 0 where there is none."""
        if all(process.poll() is not None for process in self._processes):
            return 0
        return max(1, math.ceil(self._until - time.monotonic()))

    def end(self):
        """Ends it now."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
