"""A very small PeeringDB: two exchanges with three LANs, four networks, contacts. Rows as its API has them."""

from typing import Any, Final

Row = dict[str, Any]
UPDATED: Final = "2025-12-01T12:00:00Z"


def row(number: int, **fields: Any) -> Row:
    """Return a row with what every row has, and something that nobody asked for."""
    return {"id": number, "status": "ok", "created": UPDATED, "updated": UPDATED, "something_new": [1, 2]} | fields


def net(number: int, asn: int, name: str, **fields: Any) -> Row:
    """Return a network."""
    usual = {
        "irr_as_set": f"AS-{name.upper()}",
        "info_type": "NSP",
        "info_prefixes4": 20,
        "info_prefixes6": 10,
        "policy_general": "Open",
        "info_ipv6": True,
        "website": f"https://{name.lower()}.example.net",
    }
    return row(number, org_id=1, asn=asn, name=name, **(usual | fields))


def port(number: int, net_id: int, asn: int, ixlan: int, *addresses: str, **fields: Any) -> Row:
    """Return a network's port on a LAN, with its IPv4 and its IPv6 address."""
    four, six = (*addresses, None, None)[:2]
    usual: Row = {"speed": 10_000, "is_rs_peer": False, "operational": True, "bfd_support": False}
    usual |= {"net_id": net_id, "ix_id": ixlan // 10, "ixlan_id": ixlan, "asn": asn, "ipaddr4": four, "ipaddr6": six}
    return row(number, **(usual | fields))


def small_peeringdb() -> dict[str, list[Row]]:
    """Return all its rows, by kind. LAN 10 is that of exchange 1, LAN 20 and 21 those of exchange 2."""
    return {
        "org": [row(1, name="Example Networks", city="Paderborn", country="DE")],
        "campus": [row(1, org_id=1, name="Campus Nord")],
        "fac": [
            row(1, org_id=1, name="Hall One", city="Paderborn", country="DE", latitude=51.7, longitude=8.7),
            row(2, org_id=1, name="Hall Two", city="Bremen", country="DE", campus_id=1),
        ],
        "carrier": [row(1, org_id=1, name="Long Lines")],
        "net": [
            net(1, 64501, "Bob"),
            net(2, 64502, "Carol", policy_general="Selective", info_type="Content"),
            net(3, 64503, "Dave", info_type="", info_types=["Cable/DSL/ISP"], info_prefixes6=None),
            net(4, 64500, "Alice"),
        ],
        "ix": [
            row(1, org_id=1, name="PIX", city="Paderborn", country="DE", tech_email="noc@pix.example.net"),
            row(2, org_id=1, name="BIX", city="Bremen", country="DE"),
        ],
        "ixlan": [row(10, ix_id=1, mtu=1500), row(20, ix_id=2, name="Main"), row(21, ix_id=2, name="Jumbo", mtu=9000)],
        "ixpfx": [
            row(1, ixlan_id=10, protocol="IPv4", prefix="192.0.2.0/24"),
            row(2, ixlan_id=10, protocol="IPv6", prefix="2001:db8:10::/64"),
            row(3, ixlan_id=20, protocol="IPv4", prefix="198.51.100.0/25"),
            row(4, ixlan_id=21, protocol="IPv4", prefix="198.51.100.128/25"),
        ],
        "netfac": [row(1, net_id=1, fac_id=1), row(2, net_id=1, fac_id=2), row(3, net_id=4, fac_id=1)],
        "netixlan": [
            port(1, 1, 64501, 10, "192.0.2.11", "2001:DB8:10::11"),
            port(2, 2, 64502, 10, "192.0.2.12", speed=100_000, is_rs_peer=True),
            port(3, 3, 64503, 20, "198.51.100.13"),
            port(4, 4, 64500, 10, "192.0.2.1", "2001:db8:10::1"),
            port(5, 1, 64501, 20, "198.51.100.11"),
        ],
        "ixfac": [row(1, ix_id=1, fac_id=1)],
        "carrierfac": [row(1, carrier_id=1, fac_id=2)],
        "poc": [
            row(1, net_id=1, role="Policy", visible="Public", name="Bob", email="peering@bob.example.net"),
            row(2, net_id=1, role="NOC", visible="Users", name="Night", email="noc@bob.example.net"),
            row(3, net_id=2, role="Technical", visible="Private", name="Carol", email="carol@carol.example.net"),
        ],
    }
