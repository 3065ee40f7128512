"""The Internet's DNS, as far as the lab has one: every name is answered in the way that a file names.

outside_dns.py ADDRESS FILE. The ways: `nxdomain` (there is no such name), `silent` (no answer at all), `servfail`, and `rewritten`
(every name has an address, as some providers have it).
"""

import pathlib
import socket
import socketserver
import struct
import sys
import threading

# Of the network that is for documentation.
REWRITTEN = socket.inet_aton("203.0.113.99")


def answer(query, way):
    """The answer to a query, or nothing."""
    end = 12
    while query[end]:
        end += query[end] + 1
    question = query[12 : end + 5]
    flags = 0x8180 | (query[2] & 1) << 8
    if way == "silent":
        return None
    if way == "servfail":
        return query[:2] + struct.pack(">HHHHH", flags | 2, 1, 0, 0, 0) + question
    is_address = question[-4:-2] == b"\0\1"
    if way == "rewritten" and is_address:
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + REWRITTEN
        return query[:2] + struct.pack(">HHHHH", flags, 1, 1, 0, 0) + question + record
    if way == "rewritten":
        return query[:2] + struct.pack(">HHHHH", flags, 1, 0, 0, 0) + question
    return query[:2] + struct.pack(">HHHHH", flags | 3, 1, 0, 0, 0) + question


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        query, server = self.request
        if reply := answer(query, way_file.read_text().strip()):
            server.sendto(reply, self.client_address)


class Stream(socketserver.StreamRequestHandler):
    def handle(self):
        while length := self.rfile.read(2):
            reply = answer(self.rfile.read(struct.unpack(">H", length)[0]), way_file.read_text().strip())
            if not reply:
                return
            self.wfile.write(struct.pack(">H", len(reply)) + reply)


if __name__ == "__main__":
    address, way_file = sys.argv[1], pathlib.Path(sys.argv[2])
    socketserver.TCPServer.allow_reuse_address = True
    stream = socketserver.ThreadingTCPServer((address, 53), Stream)
    threading.Thread(target=stream.serve_forever, daemon=True).start()
    socketserver.ThreadingUDPServer((address, 53), Datagram).serve_forever()
