"""Words of Junos."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from hanse.network.values.communities import LARGEST_HALF, CommunitySort, CommunityValue
from hanse.render.vendor_words import plain_text

TYPES: Final = {"rt": "target", "ro": "origin"}  # of extended communities


def junos_word(text: str) -> str:
    """Return `text` as Junos prints it: in quotes unless it is one plain word.

    >>> junos_word("Westnet"), junos_word('PIX; "route server"')
    ('Westnet', '"PIX; route server"')
    """
    plain = plain_text(text, 200)
    return plain if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:/@-]*", plain) else f'"{plain}"'


def junos_community(community: CommunityValue) -> str:
    """Return a community as Junos writes it: an AS number of more than 16 bits carries an L.

    >>> junos_community(CommunityValue.parse("rt:65550:7"))
    'target:65550L:7'
    """
    first, *rest = map(str, community.numbers)
    if community.sort is CommunitySort.LARGE:
        return ":".join(["large", first, *rest])
    if community.sort is CommunitySort.STANDARD:
        return ":".join([first, *rest])
    return ":".join([TYPES[community.type], f"{first}L" if int(first) > LARGEST_HALF else first, *rest])


def junos_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return for ranges of AS numbers, first and last both included, a name and a regular expression of paths.

    >>> junos_ranges([(0, 0), (64512, 65534)])
    [('AS0', '.* 0 .*'), ('AS64512', '.* [64512-65534] .*')]
    """
    return [(f"AS{first}", f".* {first} .*" if first == last else f".* [{first}-{last}] .*") for first, last in ranges]


JUNOS_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "junos_community": junos_community,
    "junos_ranges": junos_ranges,
    "junos_word": junos_word,
}
