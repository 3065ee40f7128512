"""A packet in a packet of VXLAN (RFC 7348), as anyone can make one: vxlan.py send SOURCE ADDRESS CARD TEXT, vxlan.py listen NIC.

What is inside is UDP between two addresses that nobody has, so that nobody answers. Who listens sees it if the machine unpacked it.
"""

import signal
import socket
import struct
import sys

PORT, NETWORK, MARK = 8472, 1, b"stackwright:"
FROM, TO = "10.42.255.1", "10.42.255.2"
ETH_P_IP = 0x0800


def packet(card, text):
    """The text in UDP in IPv4 in Ethernet in VXLAN, to a network card of the inner network."""
    inner = MARK + text.encode() + b"\n"
    datagram = struct.pack(">HHHH", 9, 9, 8 + len(inner), 0) + inner
    header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0, socket.inet_aton(FROM), socket.inet_aton(TO))
    total = sum(struct.unpack(">10H", header))
    total = (total & 0xFFFF) + (total >> 16)
    header = header[:10] + struct.pack(">H", ~total & 0xFFFF) + header[12:]
    frame = bytes.fromhex(card.replace(":", "")) + bytes.fromhex("0242ffffffff") + struct.pack(">H", ETH_P_IP) + header + datagram
    return struct.pack(">II", 0x08000000, NETWORK << 8) + frame


def send(source, address, card, text):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((source, 0))
        sender.sendto(packet(card, text), (address, PORT))


def listen(nic):
    # Whoever waits for a line waits for this to end, too.
    signal.alarm(30)
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP)) as listener:
        listener.bind((nic, ETH_P_IP))
        print("ready", flush=True)
        while True:
            _, found, text = listener.recv(2048).partition(MARK)
            if found:
                print(text.decode().strip(), flush=True)


if __name__ == "__main__":
    {"send": send, "listen": listen}[sys.argv[1]](*sys.argv[2:])
