"""The few words that templates have besides Jinja's own. None touches the outside."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol, TypeVar

from hanse.network.values.addresses import Address, Family, InterfaceAddress, Prefix, family_of
from hanse.render.address_words import ADDRESS_FILTERS
from hanse.render.bird_words import bird_attribute, bird_community, bird_has_one
from hanse.render.cli_words import CLI_FILTERS
from hanse.render.frr_words import FRR_FILTERS
from hanse.render.iosxr_words import IOSXR_FILTERS
from hanse.render.junos_words import JUNOS_FILTERS
from hanse.render.list_words import LIST_FILTERS
from hanse.render.peering_words import PEERING_FILTERS
from hanse.render.remembered import Remembered
from hanse.render.value_words import VALUE_FILTERS
from hanse.render.vendor_words import VENDOR_FILTERS


class HasFamily(Protocol):
    """Anything of one address family."""

    @property
    def family(self) -> Family: ...


WithFamily = TypeVar("WithFamily", bound=Address | Prefix | InterfaceAddress | HasFamily)


def of_family(items: Iterable[WithFamily], family: int) -> list[WithFamily]:
    """Return those of `items`, addresses or things with a family, that are of `family` (4 or 6), in their order."""
    return [item for item in items if _family(item) == family]


def _family(item: Address | Prefix | InterfaceAddress | HasFamily) -> Family:
    return item.family if hasattr(item, "family") else family_of(item)


def regex_search(text: str, pattern: str, group: int = 0) -> str:
    """Return what `pattern` finds first in `text`, or its `group`; empty if it finds nothing."""
    found = re.search(pattern, str(text))
    return (found[group] or "") if found else ""


def regex_replace(text: str, pattern: str, replacement: str, count: int = 0) -> str:
    """Return `text` with what `pattern` finds replaced, `count` times at most; 0: everywhere."""
    return re.sub(pattern, replacement, str(text), count=count)


def regex_findall(text: str, pattern: str) -> list[str]:
    """Return all that `pattern` finds in `text`, in order."""
    return [found[0] for found in re.finditer(pattern, str(text))]


def regex_match(text: str, pattern: str) -> bool:
    """Say whether `text` begins with `pattern`: a test, `if name is regex_match("core")`."""
    return re.match(pattern, str(text)) is not None


def comment_safe(text: str) -> str:
    """Return `text` on one line and without quotes, fit for a comment or a quoted word of any daemon."""
    return re.sub(r"[\"\\\x00-\x1f\x7f]+", " ", str(text)).strip()


LONGER: Final = Remembered()


def bird_longer(prefixes: Iterable[Prefix], longest: int | None = None) -> str:
    """Return a BIRD prefix set of `prefixes` and all that lies in them, down to length `longest`.

    >>> from ipaddress import ip_network
    >>> bird_longer([ip_network("192.0.2.0/24")], 28)
    '[ 192.0.2.0/24{24,28} ]'
    """

    def write(prefixes: Iterable[Prefix]) -> str:
        if longest is None:
            return f"[ {', '.join(f'{prefix}+' for prefix in prefixes)} ]"
        words = (f"{prefix}{{{prefix.prefixlen},{max(longest, prefix.prefixlen)}}}" for prefix in prefixes)
        return f"[ {', '.join(words)} ]"

    return LONGER.text(write, prefixes, longest)


def bird_ranges(ranges: Iterable[tuple[int, int]]) -> str:
    """Return a BIRD number set of ranges, first and last both included.

    >>> bird_ranges([(0, 0), (64512, 65534)])
    '[ 0, 64512..65534 ]'
    """
    words = (str(first) if first == last else f"{first}..{last}" for first, last in ranges)
    return f"[ {', '.join(words)} ]"


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    **ADDRESS_FILTERS,
    **LIST_FILTERS,
    **PEERING_FILTERS,
    **VALUE_FILTERS,
    "of_family": of_family,
    "regex_search": regex_search,
    "regex_replace": regex_replace,
    "regex_findall": regex_findall,
    "comment_safe": comment_safe,
    "bird_attribute": bird_attribute,
    "bird_community": bird_community,
    "bird_has_one": bird_has_one,
    "bird_longer": bird_longer,
    "bird_ranges": bird_ranges,
    **VENDOR_FILTERS,
    **JUNOS_FILTERS,
    **IOSXR_FILTERS,
    **CLI_FILTERS,
    **FRR_FILTERS,
}
TESTS: Final[dict[str, Callable[..., bool]]] = {"regex_match": regex_match}
