"""Keeps one core busy: `burn.py SECONDS PARENT`. Ends sooner if the process that started it is gone."""

import os
import sys
import time

end = time.monotonic() + float(sys.argv[1])
parent = int(sys.argv[2])
while time.monotonic() < end and os.getppid() == parent:
    sum(range(10_000))
