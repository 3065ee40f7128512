"""The cluster that KUBECONFIG names, in place of a control plane of our own."""

import os
import tempfile

from kubectl import Kubectl, Refused


class GivenCluster:
    """Someone's cluster, for as long as a `with` block lasts. It is given back as it was found."""

    is_ours_alone = False

    def __init__(self):
        self.left = []

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="given-cluster-")
        self.kubectl = Kubectl(os.environ["KUBECONFIG"], self.folder.name)
        return self

    def borrow(self, source, stdin=None):
        """Promises to remove the objects of a source (kubectl's option and its value), none of which may be there already."""
        there = self.kubectl("get", "--ignore-not-found", "--output=name", *source, stdin=stdin).split()
        if there:
            raise Refused(f"the cluster that KUBECONFIG names holds {', '.join(there)} already; name one that does not")
        self.left.append((source, stdin))

    def check_alive(self):
        """Its programs are not ours."""

    def cost(self):
        """Nothing that we could measure."""
        return "a given cluster"

    def __exit__(self, kind, error, trace):
        for source, stdin in reversed(self.left):
            self.kubectl("delete", "--ignore-not-found", "--timeout=2m", *source, stdin=stdin)
        self.folder.cleanup()
