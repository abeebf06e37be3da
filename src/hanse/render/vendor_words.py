"""Words that the dialects of vendor routers share: names of what Hanse owns there, and what cannot be said.

Everything that Hanse owns on such a router has a name that begins with `HANSE-`: capitals, digits and '-' only.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

from hanse.derive.spec import BgpSpec, DeviceSpec, ExternalSession, InterfaceRole, PolicySpec
from hanse.network.errors import WantedError
from hanse.network.values.addresses import Address, Prefix
from hanse.network.values.communities import CommunitySort, CommunityValue

LONGEST_NAME: Final = 63  # NX-OS: a route map's

# What a route says of where it came from, as the last number of a large community OUR-ASN:1:n (RFC 8092).
MARKS: Final[Mapping[str, int]] = {"ours": 0, "customer": 1, "peer": 2, "route-server": 3, "upstream": 4}


class NotExpressible(WantedError):
    """The platform has no words for what is wanted; the text names the object and the way out."""


def cannot(sentence: str) -> str:
    """Refuse to write the configuration: the platform cannot do what is wanted.

    :raises NotExpressible:
    """
    raise NotExpressible(sentence)


@lru_cache(maxsize=65536)  # a router says each name several times
def owned(*words: object) -> str:
    """Return the name on the router of something that Hanse owns; a long one is cut and keeps what tells it apart.

    It is a filter too, which is what a template asks thousands of times: the sandbox looks at every call of a function.

    >>> owned("ebgp_pix_alme_ipv4", "in")
    'HANSE-EBGP-PIX-ALME-IPV4-IN'
    """
    plain = "-".join(map(str, words))
    name = re.sub(r"[^A-Z0-9]+", "-", f"HANSE-{plain}".upper()).strip("-")
    if len(name) <= LONGEST_NAME:
        return name
    mark = _mark(plain)
    return f"{name[: LONGEST_NAME - len(mark) - 1].rstrip('-')}-{mark}"


def distinct(name: str) -> str:
    """Return `name`, with a mark where capitals or punctuation alone may tell it from another object's.

    >>> distinct("prefer-pix"), distinct("Prefer.Pix")
    ('prefer-pix', 'Prefer.Pix-4236DE75')
    """
    return name if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) else f"{name}-{_mark(name)}"


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8].upper()


def plain_text(text: str, longest: int = 80) -> str:
    """Return `text` as every command line takes it: one line of ASCII without quotes, question marks and backslashes.

    >>> plain_text('Müller "& Söhne"?')
    'Muller & Sohne'
    """
    ascii_only = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[\"'?\\\x00-\x1f\x7f]+", " ", ascii_only).split())[:longest].rstrip()


def mark(asn: object, name: str) -> CommunityValue:
    """Return the community that says where a route came from: a relationship's name, or "ours".

    >>> str(mark(64500, "customer"))
    '64500:1:1'
    """
    return CommunityValue(numbers=(int(str(asn)), 1, MARKS[str(name)]))


def marks_used(bgp: BgpSpec) -> list[str]:
    """Return the names of the marks that the router's sessions put on routes or look at, in order of their numbers."""
    used = {"ours"} if bgp.external else set()
    for session in bgp.external:
        used |= {str(session.imports.relationship), *map(str, session.exports.tells)}
    return [name for name in MARKS if name in used]


def one_of_each(bgp: BgpSpec) -> list[ExternalSession]:
    """Return one session for each relationship and family that the router has, in order: what it is told is alike."""
    found = {(str(one.exports.relationship), int(one.family)): one for one in reversed(bgp.external)}
    return [found[key] for key in sorted(found)]


def of_sort(communities: Iterable[CommunityValue], sort: str) -> list[CommunityValue]:
    """Return those of `communities` that are standard, extended or large, in order."""
    return [one for one in communities if one.sort == CommunitySort(sort)]


def rules_with_prefixes(bgp: BgpSpec) -> list[PolicySpec]:
    """Return all rules of the router's sessions that ask for prefixes, each once for a family, by name."""
    found: dict[tuple[str, int], PolicySpec] = {}
    for session in bgp.external:
        for rule in (*session.imports.policies, *session.exports.policies):
            if rule.prefixes:
                found.setdefault((rule.name, rule.prefixes[0].version), rule)
    return [found[key] for key in sorted(found)]


def communities_named(bgp: BgpSpec) -> list[CommunityValue]:
    """Return all communities that the router's sessions put on routes or ask for, each once, in order."""
    return sorted({one for session in bgp.external for one in _named_by(session)})


def _named_by(session: ExternalSession) -> Iterable[CommunityValue]:
    for policies in (session.imports, session.exports):
        yield from policies.communities
        for rule in policies.policies:
            yield from (*rule.communities, *rule.with_communities)


def by_address(prefixes: Iterable[Prefix]) -> list[Prefix]:
    """Return `prefixes`, each once, ordered by address and then length, as routers list them; all of one family."""
    unique = set(prefixes)
    return sorted(unique, key=lambda prefix: (prefix.version, int(prefix.network_address), prefix.prefixlen))


def all_of(family: int) -> Prefix:
    """Return the default route of a family."""
    return IPv4Network("0.0.0.0/0") if family == 4 else IPv6Network("::/0")


def source_interface(spec: DeviceSpec, address: Address, loopback: str = "Loopback") -> str:
    """Return the interface that carries `address`, where a platform speaks from interfaces and not from addresses.

    The node's loopback address is on Loopback0 and its public one on Loopback1, as the platform calls a `loopback`,
    unless the node's context says their names, in this order, as `loopbacks`.

    :raises NotExpressible: if no interface of ours carries it
    """
    for interface in spec.interfaces:
        own = [carried.ip for carried in interface.addresses if carried.version == address.version]
        if address in own and interface.role is InterfaceRole.LOOPBACK:
            names = spec.context.get("loopbacks", [f"{loopback}{number}" for number in range(len(own))])
            if not isinstance(names, list | tuple) or len(names) <= own.index(address):
                return cannot(f"nodes.{spec.name}.context: `loopbacks` has no name for the one that carries {address}")
            return str(names[own.index(address)])
        if address in own:
            return interface.name
    return cannot(
        f"{spec.name}: no interface has the address {address}, and {spec.dialect} speaks from an interface: "
        "give a port this address, or take it out of the session's `local_addresses`"
    )


VENDOR_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "all_of": all_of,
    "by_address": by_address,
    "distinct": distinct,
    "marked": mark,
    "of_sort": of_sort,
    "owned": owned,
    "plain_text": plain_text,
}
VENDOR_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    "cannot": cannot,
    "communities_named": communities_named,
    "mark": mark,
    "marks_used": marks_used,
    "one_of_each": one_of_each,
    "owned": owned,
    "rules_with_prefixes": rules_with_prefixes,
    "source_interface": source_interface,
}
