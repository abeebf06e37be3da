"""Anycast: one address at several routers; who asks is answered by the nearest one whose service is well."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from hanse.network.wanted.fields import AddressField, HostName, Intent, ObjectName, Refers, Text


class Asks(StrEnum):
    """How a service is asked whether it is well."""

    TCP = "tcp"  # it takes a connection
    HTTP = "http"  # it answers GET with a status of 200 to 299
    DNS = "dns"  # it answers a question for an SOA record without an error


class Teller(StrEnum):
    """What tells others of the service."""

    ROUTER = "router"  # the router's own routing daemon
    EXABGP = "exabgp"  # ExaBGP beside it, over a session of its own with the routing daemon


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCheck(Intent):
    """When a service is told, and when not."""

    kind: Annotated[Asks, "tcp, http, dns"] = Asks.TCP
    port: Annotated[int, Ge(1), Le(65535)] = 80
    address: Annotated[AddressField | None, "where it is asked on its router; empty: 127.0.0.1 or ::1"] = None
    path: Annotated[Text, "asked for by http"] = "/"
    question: Annotated[Text, "the domain asked for by dns"] = "."
    interval: Annotated[float, Ge(0.2), Le(3600), "seconds from one question to the next"] = 1.0
    timeout: Annotated[float, Ge(0.1), Le(60), "seconds after which no answer is a bad one"] = 0.8
    fall: Annotated[int, Ge(1), Le(100), "bad answers in a row until nobody is told of it any more"] = 2
    rise: Annotated[int, Ge(1), Le(100), "good answers in a row until it is told again"] = 3
    hold: Annotated[
        float, Ge(0), Le(86_400), "seconds for which it is not told again once it fell; twice as long each time"
    ] = 10.0
    longest_hold: Annotated[
        float, Ge(0), Le(86_400), "seconds that this grows to; told for as long without a fall, it begins anew"
    ] = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Anycast(Intent):
    """A service with addresses of its own, which several routers have and tell as long as it is well there."""

    name: ObjectName
    addresses: Annotated[tuple[AddressField, ...], MinLen(1), "of the service; each is told as one host's route"]
    nodes: Annotated[
        tuple[HostName, ...], Refers("nodes", in_order=False), "routers where it runs, besides those below"
    ] = ()
    with_tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False), "it runs on routers with one"] = ()
    check: Annotated[HealthCheck, "when it is well"] = field(default_factory=HealthCheck)
    speaker: Annotated[Teller, "router, exabgp"] = Teller.ROUTER
    description: Text = ""
