"""The city with tunnels of every kind between two of its routers."""

from typing import Any, Final

from hanse.network.wanted.network import Network
from samples.city import city_with

TUNNELS: Final[dict[str, Any]] = {
    "pools": {
        "tunnels4": {"use": "tunnel", "prefix": "10.20.96.0/24"},
        "tunnels6": {"use": "tunnel", "prefix": "fd20:20:96::/64"},
    },
    "link_classes": {"far": {"medium": "tunnel", "cost": 500, "mtu": 1380}},
    "tunnels": {
        "east": {
            "number": 5,
            "kind": "ipsec",
            "link_class": "far",
            "ends": {"core1": {"address": "198.51.100.1"}, "core4": {"address": "198.51.100.4"}},
        },
        "north": {
            "number": 4,
            "kind": "openvpn",
            "link_class": "far",
            "ends": {"core1": {}, "core4": {"address": "2001:db8:77::4"}},
        },
        "south": {
            "number": 6,
            "kind": "gre",
            "link_class": "far",
            "ends": {"core1": {"address": "2001:db8:77::1"}, "core4": {"address": "2001:db8:77::4"}},
        },
        "west": {
            "number": 3,
            "kind": "wireguard",
            "link_class": "far",
            "ends": {"core4": {}, "core1": {"address": "198.51.100.1"}},
        },
    },
}


def tunnel_city(**kinds: dict[str, Any]) -> Network:
    """Return the city with tunnels; `kinds` are more objects, or words of tunnels: kind -> name -> body."""
    tunnels = {name: {**body, **kinds.get("tunnels", {}).get(name, {})} for name, body in TUNNELS["tunnels"].items()}
    more = {name: body for name, body in kinds.get("tunnels", {}).items() if name not in tunnels}
    return city_with(**{**TUNNELS, **kinds, "tunnels": {**tunnels, **more}})
