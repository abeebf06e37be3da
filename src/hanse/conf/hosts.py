"""The names under which this machine may be asked for pages. Anything else in a `Host` header is refused."""

import socket
from collections.abc import Iterable
from ipaddress import IPv6Address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
TRIE: Final = Path("/proc/net/fib_trie")
ADDRESSES6: Final = Path("/proc/net/if_inet6")


def allowed_hosts(
    wanted: Iterable[str], url: str, *, trie: Path = TRIE, addresses6: Path = ADDRESSES6, name: str = ""
) -> list[str]:
    """Return what Django may be asked for: what is wanted if anything is, else this machine's name and addresses.

    The host of `url` and loopback, which no other machine can ask for, are always among them. `*` is never, unless
    an operator writes it.
    """
    own = tuple(wanted) or (name or socket.gethostname(), *own_addresses(trie, addresses6))
    found = (*LOOPBACK, urlsplit(url).hostname or "", *own)
    return sorted({host for host in found if host})


def own_addresses(trie: Path = TRIE, addresses6: Path = ADDRESSES6) -> tuple[str, ...]:
    """Return this machine's addresses as they stand in a `Host` header; none where there is no Linux to ask."""
    return tuple(sorted({*_addresses4(trie), *_addresses6(addresses6)}))


def _addresses4(trie: Path) -> Iterable[str]:
    """The kernel's table names each own address, then `/32 host LOCAL` on the next line."""
    before = ""
    for line in trie.read_text(encoding="ascii").splitlines() if trie.exists() else ():
        if line.strip() == "/32 host LOCAL":
            yield before
        before = line.rpartition(" ")[2]


def _addresses6(addresses6: Path) -> Iterable[str]:
    for line in addresses6.read_text(encoding="ascii").splitlines() if addresses6.exists() else ():
        yield f"[{IPv6Address(bytes.fromhex(line.split()[0]))}]"
