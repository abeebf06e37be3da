"""Words of BIRD's filter language."""

from collections.abc import Iterable, Mapping
from typing import Final

from hanse.network.values.communities import CommunitySort, CommunityValue

ATTRIBUTES: Final[Mapping[CommunitySort, str]] = {
    CommunitySort.STANDARD: "bgp_community",
    CommunitySort.EXTENDED: "bgp_ext_community",
    CommunitySort.LARGE: "bgp_large_community",
}


def bird_attribute(community: CommunityValue) -> str:
    """Return the attribute of a route that holds communities of this sort."""
    return ATTRIBUTES[community.sort]


def bird_community(community: CommunityValue) -> str:
    """Return a community as BIRD writes it.

    >>> bird_community(CommunityValue.parse("rt:64500:1"))
    '(rt, 64500, 1)'
    """
    words = [community.type] if community.type else []
    return f"({', '.join([*words, *map(str, community.numbers)])})"


def bird_has_one(communities: Iterable[CommunityValue]) -> str:
    """Return the condition that a route has one of `communities`; there is at least one."""
    return " || ".join(f"{bird_community(one)} ~ {bird_attribute(one)}" for one in communities)
