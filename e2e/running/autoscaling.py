"""What an autoscaler wants, over time."""

import threading
import time


class Wanted:
    """How many pods one autoscaler wants, noted whenever that changes."""

    def __init__(self, lab, namespace, name):
        self.lab = lab
        self.path = f"/apis/autoscaling/v2/namespaces/{namespace}/horizontalpodautoscalers/{name}"
        self.changes = [(time.monotonic(), self._now())]
        threading.Thread(target=self._watch, daemon=True).start()

    def _now(self):
        return self.lab.answer(self.path)["status"]["desiredReplicas"]

    def _watch(self):
        while True:
            if (number := self._now()) != self.changes[-1][1]:
                self.changes.append((time.monotonic(), number))
            time.sleep(0.5)

    def since(self, began, number, seconds):
        """Waits until so many are wanted, and returns when each number was first wanted since then."""
        changes = lambda: {wanted: at for at, wanted in reversed(self.changes) if at >= began}
        self.lab.wait(f"the autoscaler wants {number} pods", lambda: number in changes(), seconds)
        return changes()


def in_words(steps, began):
    """When each number of pods was wanted."""
    return ", ".join(f"{number} after {at - began:.0f} s" for number, at in sorted(steps.items(), key=lambda step: step[1]))


def are_one_by_one(steps, numbers, policies):
    """Whether exactly these numbers of pods were wanted, one after the other, at the pace of the one policy."""
    [policy] = policies
    assert (policy["type"], policy["value"]) == ("Pods", 1), policy
    if set(steps) != set(numbers):
        return False
    times = [steps[number] for number in numbers]
    # Seen from here, a step may be early or late by a moment.
    return all(later - earlier > policy["periodSeconds"] - 3 for earlier, later in zip(times, times[1:]))
