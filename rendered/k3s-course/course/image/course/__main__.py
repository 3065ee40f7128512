"""The server, as the image starts it: `python -m course`."""

import asyncio
import os
import signal
import sys

import uvicorn

from .pod import number, pod
from .web import application

# For how many seconds a pod that ends still answers: until every node has heard that it is not ready, requests come in.
DRAIN = 5


class Server(uvicorn.Server):
    """Is not ready at first and closed later. uvicorn alone would refuse at once whoever a Service still sends."""

    def __init__(self, config, pod):
        super().__init__(config)
        self.pod = pod

    async def shutdown(self, sockets=None):
        self.pod.end()
        await asyncio.sleep(DRAIN)
        await super().shutdown(sockets)


def main():
    # uvicorn raises the signal that it ended by once more. Nothing else would answer it, nor one that comes before uvicorn listens:
    # the kernel spares a container's first process the default.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        port = number(os.environ, "PORT", usual=8080, most=65535)
        this = pod(os.environ)
    except ValueError as problem:
        sys.exit(f"course: {problem}")
    # An empty host is every address, of IPv4 and of IPv6. Requests are counted and not logged: most are probes.
    config = uvicorn.Config(
        application(this), host="", port=port, access_log=False, server_header=False, timeout_graceful_shutdown=DRAIN
    )
    Server(config, this).run()


main()
