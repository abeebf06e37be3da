"""Names: of objects of the network, of routers (host names), of interfaces."""

import re
from typing import Final

from hanse.network.errors import WantedError

OBJECT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")  # one label, RFC 1123 section 2.1
DOMAIN: Final = re.compile(rf"{HOST.pattern}(\.{HOST.pattern})*")
INTERFACE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,62}")

LONGEST_DOMAIN: Final = 253  # letters, RFC 1035 section 2.3.4


class NotAName(WantedError):
    """The text cannot be a name of this sort."""


def parse_object_name(text: str) -> str:
    """Return `text` if an object may be called so.

    :raises NotAName:
    """
    if not OBJECT.fullmatch(str(text)):
        raise NotAName(f"{text!r} is no name: use letters, digits, '.', '_' and '-', at most 63")
    return str(text)


def parse_host_name(text: str) -> str:
    """Return `text` if a router may be called so: one label of the domain name system, small letters.

    :raises NotAName:
    """
    if not HOST.fullmatch(str(text)):
        raise NotAName(f"{text!r} is no host name: use small letters, digits and '-', at most 63")
    return str(text)


def parse_domain_name(text: str) -> str:
    """Return `text` if it is a name of the domain name system: labels with dots between, none at the end.

    :raises NotAName:
    """
    if len(str(text)) > LONGEST_DOMAIN or not DOMAIN.fullmatch(str(text)):
        raise NotAName(f"{text!r} is no domain name: write labels of small letters, digits and '-', with dots between")
    return str(text)


def parse_interface_name(text: str) -> str:
    """Return `text` if an interface may be called so (a Linux router's 15 characters are checked with its platform).

    :raises NotAName:
    """
    if not INTERFACE.fullmatch(str(text)):
        raise NotAName(f"{text!r} is no interface name: no spaces, at most 63 characters")
    return str(text)
