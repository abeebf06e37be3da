"""Naming one router, or some of them."""

from collections.abc import Iterable, Mapping

from hanse.cli.source import Source
from hanse.derive.spec import DeviceSpec
from hanse.network.errors import WantedError
from hanse.network.wanted.sentences import one_of


class NoSuchNode(WantedError):
    """No router of that name is wanted."""


def check_names(names: Iterable[str], known: Mapping[str, object]) -> None:
    """Refuse names that are not among the `known`.

    :raises NoSuchNode:
    """
    for name in names:
        if name not in known:
            raise NoSuchNode(f"no node is called {name!r}: {one_of(known, name)}")


def spec_of(source: Source, name: str) -> DeviceSpec:
    """Return what the router `name` has to be.

    :raises NoSuchNode:
    """
    check_names([name], source.network.nodes)
    return source.specs()[name]
