"""Ask for an IPv4 address by DHCP (RFC 2131) out of one interface, and print what is lent and its gateway."""

import socket
import struct
import sys
import time
from pathlib import Path
from typing import Final

TRANSACTION: Final = 0x48616E73
COOKIE: Final = bytes((99, 130, 83, 99))
DISCOVER, OFFER, REQUEST, ACKNOWLEDGED = 1, 2, 3, 5
ROUTER, WANTED, KIND, SERVER, END = 3, 50, 53, 54, 255
TRIES: Final = 10


def message(mac: bytes, *options: tuple[int, bytes]) -> bytes:
    """Return a client's message that asks for an answer to everybody: the client has no address yet."""
    head = struct.pack("!BBBBIHH", 1, 1, 6, 0, TRANSACTION, 0, 0x8000)
    body = b"".join(bytes((code, len(value))) + value for code, value in options)
    return head + bytes(16) + mac.ljust(16, b"\0") + bytes(192) + COOKIE + body + bytes((END,))


def options_of(answer: bytes) -> dict[int, bytes]:
    """Return the options of a server's message, by code."""
    found = {}
    rest = answer[240:]
    while rest and rest[0] != END:
        if rest[0]:
            found[rest[0]] = rest[2 : 2 + rest[1]]
        rest = rest[2 + rest[1] :] if rest[0] else rest[1:]
    return found


def asked(channel: socket.socket, text: bytes, kind: int) -> bytes:
    """Send a message until an answer of that kind comes, and return it."""
    for _attempt in range(TRIES):
        channel.sendto(text, ("255.255.255.255", 67))
        until = time.monotonic() + 1
        while time.monotonic() < until:
            try:
                answer = channel.recv(2000)
            except TimeoutError:
                break
            if answer[4:8] == TRANSACTION.to_bytes(4, "big") and options_of(answer).get(KIND) == bytes((kind,)):
                return answer
    raise SystemExit("nobody answers")


def main(interface: str) -> None:
    """Ask for an address, take the first one offered."""
    mac = bytes.fromhex(Path(f"/sys/class/net/{interface}/address").read_text().strip().replace(":", ""))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        channel.bind(("", 68))
        channel.settimeout(1)
        offer = asked(channel, message(mac, (KIND, bytes((DISCOVER,)))), OFFER)
        server = options_of(offer)[SERVER]
        taken = message(mac, (KIND, bytes((REQUEST,))), (WANTED, offer[16:20]), (SERVER, server))
        lent = asked(channel, taken, ACKNOWLEDGED)
    print(socket.inet_ntoa(lent[16:20]), socket.inet_ntoa(options_of(lent)[ROUTER][:4]))


if __name__ == "__main__":
    main(sys.argv[1])
