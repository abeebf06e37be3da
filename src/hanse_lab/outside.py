"""The world around the network: one file, `outside.yml`, with what the wanted network cannot know.

Addresses, AS numbers and ports are read from the wanted sessions that a neighbour answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

import yaml
from pydantic import TypeAdapter, ValidationError

from hanse.network.wanted.fields import AddressField, Intent, InterfaceAddressField, PrefixField
from hanse.network.wanted.links import EndField
from hanse_lab.errors import OutsideUnclear
from hanse_lab.plan import Daemon


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Intent):
    """A place on an exchange of somebody with whom nobody has wanted a session yet: nothing else could say it."""

    exchange: str
    asn: int
    addresses: tuple[AddressField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour(Intent):
    """A router of another network."""

    daemon: Daemon
    sessions: tuple[str, ...] = ()  # names of wanted sessions that it answers
    member: Member | None = None  # it waits for every connection of ours there, wanted or not
    announces: tuple[PrefixField, ...] = ()  # 0.0.0.0/0 and ::/0: a default route
    path: tuple[int, ...] = ()  # AS numbers behind its own, in the paths of what it announces
    hold: Annotated[int, "seconds"] = 30
    clients: tuple[str, ...] = ()  # a route server's: neighbours on the same exchange, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(Intent):
    """A machine plugged into a port of a router: what a segment is there for."""

    at: Annotated[EndField, "the port of a router: core1:lan0"]
    addresses: Annotated[tuple[InterfaceAddressField, ...], "with their length; empty: it asks for some by itself"] = ()
    gateways: tuple[AddressField, ...] = ()  # one a family


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside(Intent):
    """All neighbours and hosts, by name, and cables that no link speaks of: those of bonds and of trunks."""

    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    hosts: Mapping[str, Host] = field(default_factory=dict)
    cables: Mapping[str, tuple[EndField, EndField]] = field(default_factory=dict)
    test_addresses: tuple[AddressField, ...] = ()  # far away ones that answer: one a family


ADAPTER: Final[TypeAdapter[Outside]] = TypeAdapter(Outside)


def outside_from(text: str) -> Outside:
    """Return the world that the text of `outside.yml` describes.

    :raises OutsideUnclear:
    """
    try:
        tree: Any = yaml.safe_load(text)
        outside = ADAPTER.validate_python(tree or {})
    except yaml.YAMLError as error:
        raise OutsideUnclear(f"outside.yml is not YAML: {error}") from error
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors())
        raise OutsideUnclear("outside.yml: " + "; ".join(lines)) from error
    if lacks := [lack for name, neighbour in outside.neighbours.items() for lack in _lacks(name, neighbour)]:
        raise OutsideUnclear("outside.yml: " + "; ".join(lacks))
    return outside


def _lacks(name: str, neighbour: Neighbour) -> list[str]:
    """Return what is asked of a neighbour that it cannot do, a sentence each."""
    silent = neighbour.daemon is Daemon.NONE
    route_server = neighbour.clients and neighbour.daemon is not Daemon.OPENBGPD
    path = neighbour.path and neighbour.daemon is Daemon.OPENBGPD
    return [
        *([] if neighbour.sessions or neighbour.member else [f"{name} answers no session of the network"]),
        *([f"{name} has no daemon: write it under `hosts`"] if silent else []),
        *([f"{name} is a route server: its daemon must be openbgpd"] if route_server else []),
        *([f"{name} has a path: openbgpd cannot announce one here"] if path else []),
    ]
