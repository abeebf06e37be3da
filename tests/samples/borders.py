"""Three border routers of one network that between them need everything a dialect has words for.

`peering` is on two exchanges, one of them under maintenance; `transit` has upstreams and customers, and reflects
routes; `vrf` has the same neighbour address in two routing tables. The dialect is the test's to choose.
"""

from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Final

from hanse.derive.devices import device_specs
from hanse.derive.spec import DeviceSpec
from hanse.network.known.irr import Expansion
from hanse.network.known.known import Known
from hanse.network.values.asn import Asn
from hanse.network.wanted.files import load
from hanse.network.wanted.network import Network

BORDERS: Final = ("peering", "transit", "vrf")
DRIVERS: Final = {"bird2": "linux", "frr": "linux"}  # elsewhere driver and dialect have one name
# What a dialect has no words for, and what stands there instead: its own tests show that it says so.
INSTEAD: Final = {
    "iosxr": (("receive: 1500", "receive: 1000"),),
    "junos": (("    ttl_security: 1\n", ""), ("    keepalive: 7\n", "")),
}
TEXT: Final = (Path(__file__).parent / "borders.yml").read_text(encoding="utf-8")


def border_text(dialect: str = "junos") -> str:
    """Return the network as an operator writes it, its borders of `dialect`, without what the dialect cannot say."""
    text = TEXT.replace("DRIVER", DRIVERS.get(dialect, dialect)).replace("DIALECT", dialect)
    for unsayable, instead in INSTEAD.get(dialect, ()):
        text = text.replace(unsayable, instead)
    return text


def border_network(dialect: str = "junos") -> Network:
    """Return the network, its borders of `dialect`."""
    return load({"borders.yml": border_text(dialect)}).network


def border_known() -> Known:
    """Return what the IRR said of the neighbours that it bounds."""
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    alme = Expansion(
        name="AS-ALME",
        prefixes=tuple(map(ip_network, ("198.51.100.0/28", "198.51.100.64/27", "2001:db8:a001::/48"))),
        origins=(Asn(64501), Asn(64508), Asn(65540)),
        sources=("RIPE", "RADB"),
        at=at,
    )
    buchladen = Expansion(
        name="AS64505",
        prefixes=(ip_network("198.51.100.192/27"),),
        origins=(Asn(64505),),
        sources=("RIPE",),
        at=at,
    )
    return Known(expansions={"AS-ALME": alme, "AS64505": buchladen})


def border_specs(dialect: str) -> dict[str, DeviceSpec]:
    """Return what the three borders have to be, by name, all of `dialect`."""
    specs = device_specs(border_network(dialect), border_known())
    return {name: specs[name] for name in BORDERS}
