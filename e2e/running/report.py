"""What a proof says while it runs, and the figures that it leaves in docs/running.md."""

import fcntl
import pathlib
import time
import traceback

from lab import ready, ready_node, restarts

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs/running.md"


class Report:
    """The words and figures of one cluster's proof."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.began = time.monotonic()
        self.last_part = self.began
        self.figures = []

    def part(self, name):
        """A part of the work is done; how long it took is printed."""
        now = time.monotonic()
        self._say(f"-- {name}: {now - self.last_part:.0f} s")
        self.last_part = now

    def holds(self, sentence, is_so, otherwise=""):
        """A claim, and whether it holds."""
        if not is_so:
            raise AssertionError(f"{sentence}: {otherwise or 'it does not hold'}")
        self._say(f"ok    {sentence}")

    def figure(self, what, value):
        """A claim that holds, with what was measured."""
        self.figures.append((what, value))
        self._say(f"ok    {what}: {value}")

    def failed(self, problem, lab):
        """What there is to see of a cluster in which something went wrong, and last what that was: a log is read from its end."""
        if lab:
            try:
                self._show(lab)
            except Exception as other:
                self._say(f"and the cluster does not show itself: {other}")
        self._say("FAIL  " + (str(problem) if isinstance(problem, AssertionError) else "".join(traceback.format_exception(problem))))

    def _show(self, lab):
        for arguments in (["get", "nodes,pods,pvc", "-A", "-o", "wide"], ["get", "events", "-A", "--sort-by=.lastTimestamp"]):
            lines = lab.kubectl.run(*arguments).stdout.splitlines()
            print("\n".join(lines[-60:]))
        known = {node["metadata"]["name"] for node in lab.list("nodes") if ready_node(node)}
        for machine in lab.machines:
            log = machine.folder / "kubelet.log"
            if machine.name not in known and log.exists():
                print(f"-- {machine.name} kubelet\n" + "\n".join(line[:300] for line in log.read_text().splitlines()[-30:]))
        # Whoever is well has nothing to say.
        for pod in (pod for pod in lab.list("pods") if not ready(pod) or restarts(pod)):
            for container in pod["spec"].get("initContainers", []) + pod["spec"]["containers"]:
                name, namespace = pod["metadata"]["name"], pod["metadata"]["namespace"]
                log = lab.kubectl.run("logs", f"--namespace={namespace}", name, f"--container={container['name']}", "--tail=12").stdout
                if log.strip():
                    print(f"-- {namespace}/{name} {container['name']}\n{log}")

    def write(self):
        """Puts the figures into the document, between the marks of this cluster."""
        begin, end = f"<!-- figures of {self.cluster} -->", "<!-- end -->"
        lock = open(__file__)
        # Another cluster's proof may end at the same moment.
        fcntl.flock(lock, fcntl.LOCK_EX)
        text = DOCUMENT.read_text()
        head, rest = text.split(begin)
        tail = rest.split(end, 1)[1]
        day = time.strftime("%Y-%m-%d", time.gmtime())
        rows = "".join(f"| {what} | {value} |\n" for what, value in self.figures)
        DOCUMENT.write_text(f"{head}{begin}\nMeasured on {day}.\n\n| What | Figure |\n| --- | --- |\n{rows}{end}{tail}")

    def _say(self, words):
        print(f"{time.monotonic() - self.began:5.0f} s  {words}", flush=True)
