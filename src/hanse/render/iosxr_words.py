"""Words of the routing policy language of IOS XR (RPL)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from hanse.derive.spec import PolicySpec
from hanse.network.values.addresses import Prefix
from hanse.network.values.communities import CommunitySort, CommunityValue
from hanse.render.vendor_words import cannot

TYPES: Final = {"rt": "rt", "ro": "soo"}  # of extended communities


def iosxr_longer(prefix: Prefix, longest: int | None = None) -> str:
    """Return the member of a prefix set for `prefix` and all that lies in it, down to length `longest`.

    >>> from ipaddress import ip_network
    >>> iosxr_longer(ip_network("192.0.2.0/24")), iosxr_longer(ip_network("192.0.2.0/28"), 28)
    ('192.0.2.0/24 le 32', '192.0.2.0/28')
    """
    last = prefix.max_prefixlen if longest is None else longest
    return f"{prefix} le {last}" if last > prefix.prefixlen else str(prefix)


def iosxr_attribute(community: CommunityValue) -> str:
    """Return the attribute of a route that holds communities of this sort."""
    match community.sort:
        case CommunitySort.STANDARD:
            return "community"
        case CommunitySort.LARGE:
            return "large-community"
    return f"extcommunity {TYPES[community.type]}"


def iosxr_sets(communities: Iterable[CommunityValue]) -> list[tuple[str, str]]:
    """Return the attributes that `communities` belong to, each once, with those of them as an inline set.

    >>> iosxr_sets(map(CommunityValue.parse, ("64500:1", "rt:64500:7", "64500:2")))
    [('community', '(64500:1, 64500:2)'), ('extcommunity rt', '(64500:7)')]
    """
    members: dict[str, list[str]] = {}
    for one in communities:
        members.setdefault(iosxr_attribute(one), []).append(":".join(map(str, one.numbers)))
    return [(attribute, f"({', '.join(found)})") for attribute, found in members.items()]


def iosxr_condition(policy: PolicySpec, prefix_set: str) -> str:
    """Return which routes a rule is about, in RPL; empty: all. `prefix_set` holds the prefixes of the rule."""
    words = [f"destination in {prefix_set}"] if policy.prefixes else []
    has_one = [f"{attribute} matches-any {members}" for attribute, members in iosxr_sets(policy.with_communities)]
    if has_one:
        words.append(has_one[0] if len(has_one) == 1 else f"({' or '.join(has_one)})")
    return " and ".join(words)


def at_first_sight(
    policies: Sequence[PolicySpec], asn: int, on_all: Sequence[CommunityValue], *, imported: bool, why: str
) -> list[PolicySpec]:
    """Return the rules as routers see them that compare with the route as it came, not as rules before left it.

    On import our own large communities are taken off first, and `on_all` are put on: a rule that asks for one of the
    former is about no route unless it is among the latter, and one that asks for one of the latter is about all.

    :raises NotExpressible: if a rule asks for a community that an earlier rule puts on
    """
    seen: list[PolicySpec] = []
    put_on: set[CommunityValue] = set()
    for policy in policies:
        asked = set(policy.with_communities)
        if asked & put_on:
            cannot(
                f"{why}: {policy.why} asks for {min(asked & put_on)}, which an earlier policy of the session puts "
                "on, and the router compares with the route as it came: say both in one policy"
            )
        put_on |= set(policy.communities)
        if not imported or not asked:
            seen.append(policy)
        elif asked & set(on_all):
            seen.append(replace(policy, with_communities=()))
        elif left := tuple(one for one in policy.with_communities if not _is_taken_off(one, asn)):
            seen.append(replace(policy, with_communities=left))
    return seen


def _is_taken_off(community: CommunityValue, asn: int) -> bool:
    return community.sort is CommunitySort.LARGE and community.numbers[0] == asn


IOSXR_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "at_first_sight": at_first_sight,
    "iosxr_condition": iosxr_condition,
    "iosxr_longer": iosxr_longer,
    "iosxr_sets": iosxr_sets,
}
