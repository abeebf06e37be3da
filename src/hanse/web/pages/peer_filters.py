"""Filters of lists of possible peers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hanse.actions.peering.finding import PossiblePeer
from hanse.web.pages.lists import Choice, Words
from hanse.web.pages.lists.filters import BadFilter, Filter, Options
from hanse.web.pages.lists.table import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """A whole number that a field must reach; what has none does not."""

    name: str
    title: str
    field: str
    template: str = "lists/filters/number.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise BadFilter(f"{self.title}: {value} is no number")
        return [row for row in rows if (getattr(row, self.field) or 0) >= int(value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Whether those are listed that are hidden for a while; a page that is not asked lists them not."""

    name: str = "hidden"
    title: str = "Hidden ones"
    options: Options = (("too", "too"), ("only", "only these"))
    template: str = "lists/filters/choice.html"

    def left(self, rows: Rows, value: str) -> Rows:
        """Return the rows that fit."""
        if value not in dict(self.options):
            raise BadFilter(f"{self.title}: none of {', '.join(dict(self.options))}")
        return rows if value == "too" else [row for row in rows if row.is_hidden]


def peer_filters(peers: Iterable[PossiblePeer]) -> tuple[Filter, ...]:
    """Return the filters for `peers`; the choices are what there is among them."""
    listed = tuple(peers)
    return (
        Words(fields=("asn", "name", "as_set", "addresses")),
        Choice(name="policy", title="Policy", options=_values(listed, "policy")),
        Choice(name="kind", title="Type", options=_values(listed, "kind")),
        AtLeast(name="prefixes4", title="IPv4 prefixes, at least", field="prefixes4"),
        AtLeast(name="prefixes6", title="IPv6 prefixes, at least", field="prefixes6"),
        Choice(name="route_servers", title="At route servers", options=(("yes", "yes"), ("no", "no"))),
        Choice(
            name="standing", title="Sessions", options=(("new", "none here yet"), ("partly", "some, and some lack"))
        ),
        Hidden(),
    )


def unhidden(peers: tuple[PossiblePeer, ...], asked: str) -> tuple[PossiblePeer, ...]:
    """Return `peers` without those that are hidden, unless the filter asks for them."""
    return peers if asked else tuple(peer for peer in peers if not peer.is_hidden)


def _values(peers: tuple[PossiblePeer, ...], field: str) -> Options:
    values: Any = sorted({getattr(peer, field) for peer in peers} - {""})
    return tuple((value, value) for value in values)
