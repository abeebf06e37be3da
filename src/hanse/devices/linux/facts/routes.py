"""The forwarding table of both families, from iproute2."""

import json
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any, Final

from hanse.devices.linux.facts.fact import Fact, NotUnderstood
from hanse.network.seen.device import SeenRoute
from hanse.network.values.addresses import Prefix


def read_routes(out: str) -> tuple[SeenRoute, ...]:
    """Return all routes, by prefix; one with several next hops is there once for each.

    :raises NotUnderstood:
    """
    rest, routes = out.strip(), []
    decoder = json.JSONDecoder(object_pairs_hook=_first_of_each)
    for version in (4, 6):
        try:
            listed, end = decoder.raw_decode(rest)
        except ValueError as error:
            raise NotUnderstood(f"ip -json route: {rest[:200]!r}") from error
        rest = rest[end:].lstrip()
        routes += [route for one in listed for route in _routes(one, version)]
    return tuple(sorted(routes, key=_order))


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which some names stand twice: a route's own `dst` comes before that of its labels."""
    return dict(reversed(pairs))


def _routes(listed: dict[str, Any], version: int) -> Iterator[SeenRoute]:
    for hop in listed.get("nexthops") or [listed]:
        gateway = hop.get("gateway") or hop.get("via", {}).get("host")
        yield SeenRoute(
            prefix=_prefix(listed["dst"], version),
            via=ip_address(gateway) if gateway else None,
            interface=hop.get("dev", ""),
            protocol=listed.get("protocol", ""),
            metric=listed.get("metric"),
        )


def _prefix(text: str, version: int) -> Prefix:
    if text == "default":
        return ip_network("0.0.0.0/0" if version == 4 else "::/0")
    return ip_network(text)


def _order(route: SeenRoute) -> tuple[int, int, int, int, str, str]:
    prefix = route.prefix
    return (
        prefix.version,
        int(prefix.network_address),
        prefix.prefixlen,
        route.metric or 0,
        str(route.via or ""),
        route.interface,
    )


ROUTES: Final = Fact(command="ip -json -4 route show; echo; ip -json -6 route show", read=read_routes)
