"""Naming one router."""

from hanse.cli.source import Source
from hanse.derive.spec import DeviceSpec
from hanse.network.wanted.lookups import insist_on_nodes


def spec_of(source: Source, name: str) -> DeviceSpec:
    """Return what the router `name` has to be.

    :raises NoSuchNode:
    """
    insist_on_nodes([name], source.network.nodes)
    return source.specs()[name]
