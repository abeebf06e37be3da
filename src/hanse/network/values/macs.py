"""MAC addresses, IEEE 802: read in the three usual spellings, printed with colons."""

import re

from hanse.network.errors import WantedError


class NotAMac(WantedError):
    """The text is no MAC address."""


def parse_mac(text: str) -> str:
    """Return the MAC address that `text` names, in small letters with colons; empty stays empty.

    >>> parse_mac("0200.5E00.5301")
    '02:00:5e:00:53:01'

    :raises NotAMac:
    """
    digits = re.sub(r"[:.-]", "", str(text).strip().lower())
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        raise NotAMac(f"{text!r} is no MAC address: write it as 02:00:5e:00:53:01")
    return ":".join(digits[first : first + 2] for first in range(0, 12, 2))
