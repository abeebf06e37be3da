"""A PeeringDB of real size out of nothing, and a server of it on this machine. Nothing in it is random.

    PYTHONPATH=src:bench python bench/peeringdb_data.py [PORT]

Networks have private AS numbers from 4200000000 on, LANs prefixes out of 10.0.0.0/8 and fd00::/8. The server does
what `registries.peeringdb` needs: `limit`, `skip`, and `since`, to which nothing has changed.
"""

import json
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

SIZES: Final = {
    "org": 33_000,
    "campus": 80,
    "fac": 5_900,
    "carrier": 450,
    "net": 34_000,
    "ix": 1_300,
    "ixlan": 1_300,
    "ixpfx": 2_600,
    "netfac": 62_000,
    "netixlan": 60_000,
    "ixfac": 4_200,
    "carrierfac": 5_000,
    "poc": 45_000,
}
FIRST_ASN: Final = 4_200_000_000
TIMES: Final = {"created": "2019-03-01T10:00:00Z", "updated": "2025-06-01T10:00:00Z", "status": "ok"}
NOTES: Final = "We peer with whoever is at the same place and has something to say. Please write before you come. " * 4
POLICIES: Final = ("Open", "Selective", "Restrictive", "No", "Open")
TYPES: Final = ("NSP", "Content", "Cable/DSL/ISP", "Enterprise", "Educational/Research", "")
COUNTRIES: Final = ("DE", "NL", "FR", "US", "BR", "JP")
Row = dict[str, Any]


def _place(number: int) -> Row:
    return {
        "address1": f"Street {number}",
        "city": f"City {number % 900}",
        "country": COUNTRIES[number % 6],
        "state": "",
        "zipcode": f"{number % 99_999:05}",
        "latitude": number % 90,
        "longitude": number % 180,
    }


def _org(number: int) -> Row:
    return {"name": f"Organisation {number}", "aka": "", "website": "", "notes": NOTES[:100], **_place(number)}


def _named(number: int) -> Row:
    return {"org_id": 1 + number % SIZES["org"], "name": f"Place {number}", "notes": "", **_place(number)}


def _net(number: int) -> Row:
    return {
        "org_id": 1 + number % SIZES["org"],
        "asn": FIRST_ASN + number,
        "name": f"Network {number}",
        "aka": f"N{number}",
        "name_long": "",
        "website": f"https://n{number}.example.net",
        "looking_glass": "",
        "route_server": "",
        "irr_as_set": f"AS{FIRST_ASN + number}:AS-ALL",
        "info_type": TYPES[number % 6],
        "info_types": [TYPES[number % 6]],
        "info_prefixes4": number % 5_000,
        "info_prefixes6": number % 900,
        "info_traffic": "10-20Gbps",
        "info_ratio": "Balanced",
        "info_scope": "Europe",
        "info_unicast": True,
        "info_multicast": False,
        "info_ipv6": True,
        "info_never_via_route_servers": number % 20 == 0,
        "policy_url": "",
        "policy_general": POLICIES[number % 5],
        "policy_locations": "Not Required",
        "policy_ratio": False,
        "policy_contracts": "Not Required",
        "notes": NOTES,
        "netixlan_updated": TIMES["updated"],
        "status_dashboard": None,
        "rir_status": "ok",
        "social_media": [{"service": "website", "identifier": f"https://n{number}.example.net"}],
    }


def _ix(number: int) -> Row:
    return {**_named(number), "media": "Ethernet", "region_continent": "Europe", "tech_email": "noc@example.net"}


def _ixlan(number: int) -> Row:
    return {"ix_id": number, "name": "", "descr": "", "mtu": 1500, "dot1q_support": False, "rs_asn": None}


def _ixpfx(number: int) -> Row:
    lan = 1 + (number - 1) // 2
    prefix = (
        f"{IPv4Address(0x0A000000 + lan * 4096)}/20"
        if number % 2
        else f"{IPv6Address((0xFD00 << 112) + (lan << 64))}/64"
    )
    return {"ixlan_id": lan, "protocol": "IPv4" if number % 2 else "IPv6", "prefix": prefix, "in_dfz": False}


def _netixlan(number: int) -> Row:
    lan, net = 1 + number * number % SIZES["ix"], 1 + number * 7 % SIZES["net"]
    return {
        "net_id": net,
        "ix_id": lan,
        "ixlan_id": lan,
        "name": f"Exchange {lan}",
        "notes": "",
        "asn": FIRST_ASN + net,
        "speed": 10_000,
        "ipaddr4": str(IPv4Address(0x0A000000 + lan * 4096 + number % 4096)),
        "ipaddr6": str(IPv6Address((0xFD00 << 112) + (lan << 64) + number)),
        "is_rs_peer": number % 2 == 0,
        "bfd_support": False,
        "operational": True,
        "net_side_id": None,
        "ix_side_id": None,
    }


def _netfac(number: int) -> Row:
    net, fac = 1 + number * 11 % SIZES["net"], 1 + number * 13 % SIZES["fac"]
    return {
        "net_id": net,
        "fac_id": fac,
        "local_asn": FIRST_ASN + net,
        "name": f"Place {fac}",
        "city": "",
        "country": "",
    }


def _ixfac(number: int) -> Row:
    return {"ix_id": 1 + number % SIZES["ix"], "fac_id": 1 + number % SIZES["fac"], "name": ""}


def _carrierfac(number: int) -> Row:
    return {"carrier_id": 1 + number % SIZES["carrier"], "fac_id": 1 + number % SIZES["fac"], "name": ""}


def _poc(number: int) -> Row:
    return {
        "net_id": 1 + number % SIZES["net"],
        "role": ("NOC", "Policy", "Technical", "Abuse")[number % 4],
        "visible": "Public",
        "name": f"Contact {number}",
        "phone": "",
        "email": f"noc@n{number}.example.net",
        "url": "",
    }


MAKE: Final[dict[str, Callable[[int], Row]]] = {
    "org": _org,
    "campus": _named,
    "fac": _named,
    "carrier": _named,
    "net": _net,
    "ix": _ix,
    "ixlan": _ixlan,
    "ixpfx": _ixpfx,
    "netfac": _netfac,
    "netixlan": _netixlan,
    "ixfac": _ixfac,
    "carrierfac": _carrierfac,
    "poc": _poc,
}


def rows(kind: str) -> Iterator[bytes]:
    """Yield every row of a kind, as JSON."""
    for number in range(1, SIZES[kind] + 1):
        yield json.dumps({"id": number, **MAKE[kind](number), **TIMES}).encode()


def server(port: int) -> ThreadingHTTPServer:
    """Return a server of all rows on this machine; port 0: any that is free."""
    known = {kind: tuple(rows(kind)) for kind in SIZES}

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            words = {name: int(values[0]) for name, values in parse_qs(place.query).items()}
            found = known.get(place.path.rpartition("/")[2], ())
            skip = len(found) if "since" in words else words.get("skip", 0)
            part = found[skip : skip + words["limit"]] if "limit" in words else found[skip:]
            body = b'{"meta": {}, "data": [' + b",".join(part) + b"]}"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Api)


if __name__ == "__main__":
    with server(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as serving:
        print(f"http://127.0.0.1:{serving.server_address[1]}/api", flush=True)
        serving.serve_forever()
