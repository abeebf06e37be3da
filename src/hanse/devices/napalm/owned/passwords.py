"""Passwords as routers store them, where that can be read back: obfuscated, not hashed.

Three vendors, three well-known ciphers whose keys are public: they keep a password from a glance, not from a reader. So
a stored form is as secret as the password itself, and never leaves this room.
"""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC

# Cisco "type 7": each letter is XORed with this text, from a place that the first two digits tell.
VIGENERE: Final = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"

# Junos "$9$": four groups of letters; the group of the first letter tells how many letters of padding follow it.
GROUPS: Final = ("QzF3n6/9CAtpu0O", "B1IREhcSyrleKvMW8LXx", "7N-dVbwsY2g4oaJZGUDj", "iHkq.mPf5T")
LETTERS: Final = "".join(GROUPS)
PADDING: Final = {letter: 3 - number for number, group in enumerate(GROUPS) for letter in group}
WEIGHTS: Final = ((1, 4, 32), (1, 16, 32), (1, 8, 32), (1, 64), (1, 32), (1, 4, 16, 128), (1, 32, 64))

# EOS "type 7" of BGP: DES in CBC mode under a key made of the neighbour's address or the peer group's name.
SEED: Final = bytes.fromhex("d5a8c91ef5d58a23")
SIGNATURE: Final = b"\x4c\x88\xbb"
BLOCK: Final = 8


def cisco_7(stored: str) -> str | None:
    """Return the password in Cisco's type 7; None if it is none.

    >>> cisco_7("094F471A1A0A")
    'cisco'
    """
    try:
        place, letters = int(stored[:2]), bytes.fromhex(stored[2:])
        return bytes(one ^ VIGENERE[(place + at) % len(VIGENERE)] for at, one in enumerate(letters)).decode()
    except ValueError:
        return None


def junos_9(stored: str) -> str | None:
    """Return the password in Junos's $9$; None if it is none.

    >>> junos_9("$9$LbHX-wg4Z")
    'lc'
    """
    letters = stored.removeprefix("$9$")
    if letters == stored or not letters or any(letter not in LETTERS for letter in letters):
        return None
    before, left, plain = letters[0], letters[1 + PADDING[letters[0]] :], ""
    while left:
        weights = WEIGHTS[len(plain) % len(WEIGHTS)]
        piece, left = left[: len(weights)], left[len(weights) :]
        if len(piece) < len(weights):
            return None
        total = 0
        for letter, weight in zip(piece, weights, strict=True):
            gap = (LETTERS.index(letter) - LETTERS.index(before)) % len(LETTERS) - 1
            total += gap * weight
            before = letter
        plain += chr(total % 256)
    return plain or None


def junos_9_of(plain: str) -> str:
    """Return a password as Junos would store it, with the padding that needs no chance."""
    stored = before = "Q"
    stored += "Q" * PADDING[before]
    for at, letter in enumerate(plain):
        left = ord(letter)
        gaps = []
        for weight in reversed(WEIGHTS[at % len(WEIGHTS)]):
            gaps.append(left // weight)
            left %= weight
        for gap in reversed(gaps):
            before = LETTERS[(LETTERS.index(before) + gap + 1) % len(LETTERS)]
            stored += before
    return f"$9${stored}"


def cisco_7_of(plain: str, *, place: int = 0) -> str:
    """Return a password in Cisco's type 7, ciphered from `place` on."""
    letters = bytes(one ^ VIGENERE[(place + at) % len(VIGENERE)] for at, one in enumerate(plain.encode()))
    return f"{place:02d}{letters.hex().upper()}"


def eos_7(stored: str, *, peer: str) -> str | None:
    """Return the BGP password of `peer`, an address or a peer group's name, in EOS's type 7; None if it is none."""
    try:
        letters = b64decode(stored, validate=True)
        decryptor = _des(peer).decryptor()
        plain = decryptor.update(letters) + decryptor.finalize()
        if plain[: len(SIGNATURE)] != SIGNATURE:
            return None
        padding = plain[len(SIGNATURE)] >> 4
        return plain[len(SIGNATURE) + 1 : len(plain) - padding].decode()
    except (Error, ValueError):
        return None


def eos_7_of(plain: str, *, peer: str) -> str:
    """Return the BGP password of `peer` in EOS's type 7."""
    letters = plain.encode()
    padding = -(len(SIGNATURE) + 1 + len(letters)) % BLOCK
    block = SIGNATURE + bytes([padding << 4 | 0xE]) + letters + bytes(padding)
    encryptor = _des(peer).encryptor()
    return b64encode(encryptor.update(block) + encryptor.finalize()).decode()


def _des(peer: str) -> Cipher[CBC]:
    key = bytearray(SEED)
    for at, letter in enumerate(f"{peer}_passwd".encode()):
        key[at % BLOCK] ^= letter
    return Cipher(TripleDES(bytes(_odd(one) for one in key) * 3), CBC(bytes(BLOCK)))  # thrice the same key: plain DES


def _odd(octet: int) -> int:
    """Return the octet's lower seven bits, the last so that the number of ones is odd, as EOS makes DES keys."""
    bits = octet & 0x7E
    return bits | (bits.bit_count() + 1) % 2
