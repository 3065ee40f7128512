"""Claims, each printed as it turns out."""

import sys
import time

BEGAN = time.monotonic()


def holds(sentence, is_so, *said):
    """Prints the sentence; ends with what was seen if it is not so."""
    print(f"{time.monotonic() - BEGAN:4.0f} s  {'ok    ' if is_so else 'FAILED'} {sentence}", flush=True)
    if not is_so:
        print(*said, sep="\n", file=sys.stderr)
        sys.exit(1)


def within(seconds, happens):
    """What a question is answered with, as soon as that is something; an assertion fails if that takes longer."""
    end = time.monotonic() + seconds
    while not (answer := happens()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)
    return answer
