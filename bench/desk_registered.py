"""A PeeringDB of real size around the network of `desk_data.py`. Imported when Django is set up."""

from collections.abc import Iterator
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Final

from django.db import models, transaction
from peeringdb_data import FIRST_ASN as FIRST_STRANGER
from peeringdb_data import MAKE, SIZES

from hanse.network.known.peeringdb import PeeringdbKind
from hanse.network.wanted.network import Network
from hanse.store.expected import sort_key
from hanse.store.models import (
    KnownContact,
    KnownExchange,
    KnownFacility,
    KnownLan,
    KnownMember,
    KnownNetwork,
    KnownPrefix,
    KnownPresence,
    PeeringdbReading,
)
from network import FIRST_ASN, NETWORKS

MEMBERS: Final = 400  # of each wanted exchange; with some of them there are sessions
Port = dict[str, Any]


def registered_rows(wanted: Network, *, at: datetime) -> int:
    """Write what PeeringDB would say; the first AS numbers and LANs of it are those of `wanted`. Return the count."""
    exchanges = tuple(wanted.exchanges.values())
    lans = {number: exchange.lan for number, exchange in enumerate(exchanges, 1)}
    prefixes = [(lan, prefix) for lan, found in lans.items() for prefix in found]
    common: dict[str, Any] = {"updated": at, "round": 1}
    with transaction.atomic():
        written = [
            _bulk(KnownNetwork, (common | _made("net", number) | {"asn": _asn(number)} for number in _all("net"))),
            _bulk(KnownExchange, (common | _made("ix", number) for number in _all("ix"))),
            _bulk(KnownLan, (common | _made("ixlan", number) for number in _all("ixlan"))),
            _bulk(KnownFacility, (common | _made("fac", number) for number in _all("fac"))),
            _bulk(KnownPresence, (common | _made("netfac", number) for number in _all("netfac"))),
            _bulk(KnownContact, (common | _made("poc", number) for number in _all("poc"))),
            _bulk(
                KnownPrefix,
                (
                    common
                    | {"id": number, "ixlan_id": lan, "prefix": str(prefix)}
                    | {"first": sort_key(prefix[0]), "last": sort_key(prefix[-1])}
                    for number, (lan, prefix) in enumerate(prefixes, 1)
                ),
            ),
            _bulk(KnownMember, (common | port | {"id": number} for number, port in enumerate(_ports(lans), 1))),
        ]
        PeeringdbReading.objects.bulk_create(
            PeeringdbReading(kind=kind, round=1, since=at, good_at=at, full_at=at) for kind in PeeringdbKind
        )
    return sum(written)


def _all(kind: str) -> range:
    return range(1, SIZES[kind] + 1)


def _made(kind: str, number: int) -> dict[str, Any]:
    return {"id": number, **MAKE[kind](number)}


def _asn(number: int) -> int:
    """Return the AS number of the network of that number: those that are wanted come first."""
    return FIRST_ASN + number - 1 if number <= NETWORKS else FIRST_STRANGER + number


def _bulk(model: type[models.Model], rows: Iterator[dict[str, Any]]) -> int:
    names = {one.attname for one in model._meta.concrete_fields}  # noqa: SLF001  # public in all but name
    made = (model(**{name: value for name, value in row.items() if name in names}) for row in rows)
    return len(model._default_manager.bulk_create(made, batch_size=2000))  # noqa: SLF001  # public in all but name


def _ports(lans: dict[int, tuple[IPv4Network | IPv6Network, ...]]) -> Iterator[Port]:
    """Yield the ports: members with and without sessions on the wanted LANs, and the rest on the others."""
    here = [port for lan, prefixes in lans.items() for port in _ports_on(lan, prefixes)]
    yield from here
    for number in range(len(here) + 1, SIZES["netixlan"] + 1):
        lan = len(lans) + 1 + number % (SIZES["ixlan"] - len(lans))
        yield (
            _made("netixlan", number)
            | {"net_id": number % SIZES["net"] + 1, "asn": _asn(number % SIZES["net"] + 1)}
            | {
                "ix_id": lan,
                "ixlan_id": lan,
            }
        )


def _ports_on(lan: int, prefixes: tuple[IPv4Network | IPv6Network, ...]) -> Iterator[Port]:
    """Yield the members of the LAN of an exchange. Those with whom there is a session are where `network.py` says."""
    for host in range(1, MEMBERS + 1):
        net = 1 + ((lan - 1) * 37 + host) % NETWORKS if host <= MEMBERS // 2 else NETWORKS + lan * 7 + host
        places = {f"ipaddr{one.version}": str(one[host]) for one in prefixes if host < one.num_addresses - 1}
        yield (
            _made("netixlan", host)
            | {"ipaddr4": "", "ipaddr6": ""}
            | places
            | {
                "net_id": net,
                "asn": _asn(net),
                "ix_id": lan,
                "ixlan_id": lan,
            }
        )
