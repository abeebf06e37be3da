"""A large network, the same at every call: a ring with chords, borders at exchanges, four route reflectors.

Every tenth router is a border with one port on an exchange; two borders share an exchange, and each has a session of
both families with every member there. Nothing is drawn by lot.
"""

import argparse
from pathlib import Path
from typing import Any, Final

from hanse.network.wanted.files import dump, network_from
from hanse.network.wanted.network import Network

ROUTERS: Final = 1000
BORDER_EVERY: Final = 10  # routers
BORDERS_AT_ONE_EXCHANGE: Final = 2
MEMBERS: Final = 100  # of each exchange; 100 borders x 100 members x 2 families are 20,000 sessions
NETWORKS: Final = 1000  # other AS numbers, from the first private one on: RFC 6996
FIRST_ASN: Final = 64512
CHORD_EVERY: Final = 4  # routers
REFLECTORS: Final = 4
Tree = dict[str, Any]


def name_of(number: int) -> str:
    """Return the name of router `number`, counted from 1."""
    return f"r{number:04d}"


def tree(
    routers: int = ROUTERS, members: int = MEMBERS, border_every: int = BORDER_EVERY, dialect: str = "bird2"
) -> Tree:
    """Return the network as files and store hold it: kind -> name -> body."""
    borders = range(border_every, routers + 1, border_every)
    exchanges = range(-(-len(borders) // BORDERS_AT_ONE_EXCHANGE))
    return {
        "network": {
            "name": "bench",
            "asn": 64500,
            "domain": "bench.example",
            "space": ["203.0.113.0/24", "2001:db8:500::/44"],
            "documentation_is_public": True,
        },
        "sites": {f"site{number:02d}": {} for number in range(50)},
        "platforms": {"linux": {"driver": "linux", "dialect": dialect}},
        "pools": {
            "loopbacks4": {"prefix": "10.0.0.0/20", "use": "loopback"},
            "loopbacks6": {"prefix": "fd00:500::/64", "use": "loopback"},
            "links4": {"prefix": "10.1.0.0/16", "use": "link"},
            "links6": {"prefix": "fd00:501::/64", "use": "link"},
        },
        "nodes": {name_of(number): _node(number, routers, border_every) for number in range(1, routers + 1)},
        "link_classes": {"fibre": {"medium": "fibre", "cost": 10}, "radio": {"medium": "radio", "cost": 100}},
        "links": _links(routers),
        "autonomous_systems": {
            FIRST_ASN + number: {"name": f"Network {number}", "max_prefixes": {"ipv4": 1000, "ipv6": 500}}
            for number in range(NETWORKS)
        },
        "exchanges": {f"ix{number:02d}": {"lan": list(_lan(number))} for number in exchanges},
        "connections": {f"ix-{name_of(border)}": _connection(index, border) for index, border in enumerate(borders)},
        "sessions": {
            f"ix-{name_of(border)}-{member:03d}": _session(index, border, member)
            for index, border in enumerate(borders)
            for member in range(1, members + 1)
        },
    }


def _node(number: int, routers: int, border_every: int) -> Tree:
    step = routers // REFLECTORS
    ports: Tree = {f"eth{port}": {} for port in (1, 2, 3)}
    if number % border_every == 0:
        ports["ix"] = {}
    return {
        "number": number,
        "site": f"site{number % 50:02d}",
        "platform": "linux",
        "management": {"address": f"198.18.{number // 250}.{number % 250 + 1}/16"},
        "roles": ["route-reflector"] if number % step == 1 else [],
        "ports": ports,
    }


def _links(routers: int) -> Tree:
    """Return the ring, 1 to 2 to 3 ... to 1 again, and a chord across it from every fourth router of its first half."""
    ring = {
        f"ring-{number:04d}": {
            "number": number - 1,
            "ends": [f"{name_of(number)}:eth1", f"{name_of(number % routers + 1)}:eth2"],
            "link_class": "fibre",
        }
        for number in range(1, routers + 1)
    }
    chords = {
        f"chord-{number:04d}": {
            "number": routers + number,
            "ends": [f"{name_of(number)}:eth3", f"{name_of(number + routers // 2)}:eth3"],
            "link_class": "radio",
        }
        for number in range(1, routers // 2 + 1, CHORD_EVERY)
    }
    return ring | chords


def _lan(exchange: int) -> tuple[str, str]:
    return f"198.19.{exchange}.0/24", f"2001:db8:{0x1000 + exchange:x}::/64"


def _addresses(exchange: int, host: int) -> list[str]:
    return [f"198.19.{exchange}.{host}", f"2001:db8:{0x1000 + exchange:x}::{host}"]


def _connection(index: int, border: int) -> Tree:
    exchange, which = divmod(index, BORDERS_AT_ONE_EXCHANGE)
    return {
        "exchange": f"ix{exchange:02d}",
        "node": name_of(border),
        "port": "ix",
        "addresses": _addresses(exchange, 201 + which),
    }


def _session(index: int, border: int, member: int) -> Tree:
    exchange = index // BORDERS_AT_ONE_EXCHANGE
    return {
        "asn": FIRST_ASN + (exchange * 37 + member) % NETWORKS,
        "connection": f"ix-{name_of(border)}",
        "addresses": _addresses(exchange, member),
        "relationship": "peer",
    }


def network(routers: int = ROUTERS, members: int = MEMBERS, border_every: int = BORDER_EVERY) -> Network:
    """Return the network as values."""
    return network_from(tree(routers, members, border_every))


def main() -> None:
    """Write the network as files, for `hanse check` and `hanse import`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--routers", type=int, default=ROUTERS)
    parser.add_argument("--members", type=int, default=MEMBERS)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, text in dump(network(args.routers, args.members)).items():
        (args.folder / name).write_text(text)


if __name__ == "__main__":
    main()
