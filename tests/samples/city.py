"""The example city, read from its files, and changes of it."""

from pathlib import Path
from typing import Any, Final

from hanse.network.wanted.files import load, network_from, tree_of
from hanse.network.wanted.network import Network

CITY = Path(__file__).parents[2] / "examples" / "small-city"


def city_texts() -> dict[str, str]:
    """Return the files of the city, name -> text."""
    return {path.name: path.read_text() for path in sorted(CITY.glob("*.yml")) if path.name != "outside.yml"}


def city() -> Network:
    """Return the city."""
    return load(city_texts()).network


def city_with(**kinds: dict[str, Any]) -> Network:
    """Return the city with objects put in, changed field by field, or (None) taken out: kind -> name -> body."""
    tree = tree_of(city())
    for kind, objects in kinds.items():
        if kind == "network":
            tree[kind] = {**tree[kind], **objects}
            continue
        for name, body in objects.items():
            if body is None:
                del tree[kind][name]
            else:
                tree.setdefault(kind, {})[name] = {**tree.get(kind, {}).get(name, {}), **body}
    return network_from(tree)


# Policies, communities, a group and contacts at every level of the city's sessions.
PEERING: Final[dict[str, dict[str, Any]]] = {
    "tags": {"business": {"colour": "red"}},
    "vrfs": {"blue": {}},
    "communities": {
        "learned-at-pix": {"value": "64500:100"},
        "learned-east": {"value": "64500:2:7"},
        "keep-inside": {"value": "no-export", "direction": "export"},
    },
    "routing_policies": {
        "prefer": {"direction": "import", "local_preference": 250, "communities": ["learned-east"]},
        "shun": {"direction": "import", "weight": 200, "local_preference": 50},
        "only6": {"direction": "import", "family": "ipv6", "prefixes": ["2001:db8:a000::/36"], "refuse": True},
        "longer-path": {"direction": "export", "prepend": 2, "with_communities": ["learned-at-pix"]},
    },
    "bfd_profiles": {"fast": {"transmit": 100, "receive": 100}},
    "contacts": {"alme-noc": {"email": "noc@alme.example", "roles": ["noc"]}},
    "groups": {"bilateral": {"import_policies": ["prefer"], "bfd": "fast", "context": {"a": {"group": 1, "both": 1}}}},
    "autonomous_systems": {
        "64501": {"contacts": ["alme-noc"], "import_policies": ["shun"], "tags": ["business"]},
        "64508": {"name": "City Two", "own": True},
    },
    "exchanges": {"pix": {"communities": ["learned-at-pix", "keep-inside"], "context": {"a": {"both": 2, "pix": 2}}}},
    "sessions": {
        "pix-alme": {"group": "bilateral", "import_policies": ["only6"], "context": {"a": {"session": 3}}},
        "pix-lippe": {"group": "bilateral", "local_asn": 64508},
        "buchladen": {"export_policies": ["longer-path"], "bfd": "fast"},
    },
}


def peering_city() -> Network:
    """Return the city with all of that."""
    return city_with(**PEERING)
