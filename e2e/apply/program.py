"""The program in a folder of its own, as a person runs it against one API server."""

import contextlib
import json
import os
import pathlib
import pty
import subprocess

from kubectl import path_of
from kubelet import NODES


class Program:
    """What it renders, applies and says of the objects that it is given."""

    def __init__(self, binary, server, folder, helm, proxy):
        self.binary, self.folder, self._helm = binary, pathlib.Path(folder), helm
        programs = [str(pathlib.Path(path_of("kubectl")).parent), str(pathlib.Path(helm).parent), os.environ["PATH"]]
        self.environment = {
            "PATH": ":".join(programs),
            "HOME": str(server.folder),
            "USER": "ada",
            "KUBECONFIG": server.kubectl.kubeconfig,
            "OBJECTS": str(self.folder / "objects.yaml"),
            "NODES": ",".join(NODES),
            "SECRET": "yes",
            # Go's programs take no proxy to loopback.
            "HTTP_PROXY": proxy,
        }

    def render(self, objects, **settings):
        """Writes the tree of these objects; what is set stays set."""
        self.environment.update(settings)
        (self.folder / "objects.yaml").write_text("".join(f"---\n{json.dumps(thing)}\n" for thing in objects))
        rendered = self.run("render", "--out", "rendered")
        assert rendered.returncode == 0, rendered.stderr

    def run(self, *arguments, **settings):
        return subprocess.run(**self._how(arguments, settings), capture_output=True, timeout=300)

    def helm(self, *arguments):
        """What a person does with Helm beside it."""
        subprocess.run([self._helm, *arguments], env=self.environment, check=True, capture_output=True)

    def start(self, *arguments, stderr=subprocess.PIPE):
        """The same without waiting for it, in a group of its own."""
        return subprocess.Popen(**self._how(arguments, {}), stdout=subprocess.PIPE, stderr=stderr, start_new_session=True)

    def on_terminal(self, answer, *arguments):
        """The same on a terminal, where a person answers the question: the exit code, and what was shown."""
        ours, theirs = pty.openpty()
        how = self._how(arguments, {}) | {"stdin": theirs}
        run = subprocess.Popen(**how, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        shown = b""
        # The system says so when nobody else has the terminal any more.
        with contextlib.suppress(OSError):
            while more := os.read(ours, 4096):
                shown += more
                if shown.endswith(b"[y/N] "):
                    os.write(ours, answer.encode() + b"\n")
        os.close(ours)
        return run.wait(), shown.decode()

    def _how(self, arguments, settings):
        return {"args": [self.binary, *arguments], "cwd": self.folder, "env": self.environment | settings, "stdin": subprocess.DEVNULL, "text": True}

    def apply(self, *arguments, code=0, says=(), **settings):
        """Applies, and holds it to its exit code and to words that it says; the run."""
        return self.expect("apply", "--yes", *arguments, code=code, says=says, **settings)

    def expect(self, *arguments, code=0, says=(), **settings):
        run = self.run(*arguments, **settings)
        said = run.stdout + run.stderr
        missing = [words for words in says if words not in said]
        assert run.returncode == code and not missing, f"{' '.join(arguments)} ends with {run.returncode} instead of {code} and lacks {missing}:\n{said}"
        return run
