"""The city behind closed doors, and many cities like it."""

from typing import Any, Final

from hypothesis import strategies as st

from hanse.network.wanted.network import Network
from samples.city import PEERING, city, city_with

CLOSED: Final = {"firewall": "closed"}


def closed_city(**more: dict[str, Any]) -> Network:
    """Return the city with all sorts of peering, closed; changed as `city_with` says."""
    return city_with(**{**PEERING, **more}, network=CLOSED)


@st.composite
def cities(draw: st.DrawFn) -> Network:
    """Draw a closed city with links, sessions and services of every sort left out, moved or changed."""
    whole = city()
    gone: dict[str, Any] = {
        "links": dict.fromkeys(draw(st.sets(st.sampled_from(sorted(whole.links)), max_size=4))),
        "sessions": dict.fromkeys(draw(st.sets(st.sampled_from(sorted(whole.sessions)), max_size=3))),
    }
    trust = draw(st.sampled_from(["inside", "outside"]))
    bfd = draw(st.sampled_from(["", "fast"]))
    kept = [name for name in sorted(whole.sessions) if name not in gone["sessions"]]
    port = draw(st.integers(1, 178))
    changes: dict[str, dict[str, Any]] = {
        "links": gone["links"],
        "link_classes": {"radio": {"trust": trust}},
        "bfd_profiles": {"fast": {}},
        "sessions": {**gone["sessions"], kept[0]: {"bfd": bfd, "multihop": draw(st.sampled_from([None, 3]))}},
        "services": {"some": {"ports": [f"{port}-178"], "sites": draw(st.sampled_from([[], ["uni"]]))}},
        "network": {**CLOSED, "management_sources": draw(st.sampled_from([[], ["198.18.0.0/16"]]))},
    }
    return city_with(**changes)
