"""How the vendors show a password: obfuscated by well-known ciphers, written anew here from their descriptions.

The local routers keep passwords plain and show them so, as the real ones do; none of it is a protection.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC

CISCO: Final = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
PLACE: Final = 9  # where type 7 begins in that text; a real router draws it
JUNIPER: Final = "QzF3n6/9CAtpu0OB1IREhcSyrleKvMW8LXx7N-dVbwsY2g4oaJZGUDjiHkq.mPf5T"
SALT: Final = "i"  # of the group that takes no padding; a real router draws it
SPLITS: Final = ((1, 4, 32), (1, 16, 32), (1, 8, 32), (1, 64), (1, 32), (1, 4, 16, 128), (1, 32, 64))
ARISTA: Final = bytes.fromhex("d5a8c91ef5d58a23")
PASSWORD: Final = re.compile(r"^(\s*)neighbor (\S+) password (?:0 )?(?!7 )(\S+)$", re.MULTILINE)
KEY: Final = re.compile(r'^(\s*)authentication-key "?([^"\s;$]+)"?;', re.MULTILINE)


def cisco(_: str, plain: str) -> str:
    """Return Cisco's type 7."""
    mixed = (letter ^ CISCO[(PLACE + at) % len(CISCO)] for at, letter in enumerate(plain.encode()))
    return f"{PLACE:02}" + "".join(f"{octet:02X}" for octet in mixed)


def arista(peer: str, plain: str) -> str:
    """Return EOS's type 7 of a neighbour's password: DES, its key made of the neighbour's name."""
    key = bytearray(ARISTA)
    for at, letter in enumerate(f"{peer}_passwd".encode()):
        key[at % 8] ^= letter
    odd = bytes((octet & 0x7E) | (1 - (octet & 0x7E).bit_count() % 2) for octet in key)
    room = (8 - (len(plain.encode()) + 4) % 8) % 8
    block = b"\x4c\x88\xbb" + bytes([room * 16 + 0x0E]) + plain.encode() + bytes(room)
    cipher = Cipher(TripleDES(odd * 3), CBC(bytes(8))).encryptor()  # three times one key is DES
    return b64encode(cipher.update(block) + cipher.finalize()).decode()


def juniper(plain: str) -> str:
    """Return Junos's $9$."""
    shown = last = SALT
    for at, letter in enumerate(plain):
        rest = ord(letter)
        gaps: list[int] = []
        for size in reversed(SPLITS[at % len(SPLITS)]):
            gaps.insert(0, rest // size)
            rest %= size
        for gap in gaps:
            last = JUNIPER[(JUNIPER.index(last) + gap + 1) % len(JUNIPER)]
            shown += last
    return f"$9${shown}"


def hidden(text: str, cipher: Callable[[str, str], str]) -> str:
    """Return a configuration of EOS or IOS with its neighbours' passwords as the router shows them."""
    return PASSWORD.sub(lambda found: f"{found[1]}neighbor {found[2]} password 7 {cipher(found[2], found[3])}", text)


def hidden_keys(text: str) -> str:
    """Return a Junos configuration with its authentication keys as the router shows them."""
    return KEY.sub(lambda found: f'{found[1]}authentication-key "{juniper(found[2])}";', text)
