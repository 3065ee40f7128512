"""Several connections to one server, as most of the time is spent waiting for it."""

import concurrent.futures
import threading

WRITERS = 4


class Writers:
    """Threads, each with a connection of its own."""

    def __init__(self, server):
        self.server = server
        self._own = threading.local()
        self._pool = concurrent.futures.ThreadPoolExecutor(WRITERS)

    @property
    def client(self):
        """The connection of the thread that asks for it."""
        if not hasattr(self._own, "client"):
            self._own.client = self.server.client()
        return self._own.client

    def each(self, function, things):
        """What the function returns for each thing, once it has for all."""
        return list(self._pool.map(function, things))
