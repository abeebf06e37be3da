"""`hanse links`: what each link costs, how far it goes, and what radio loses on the way."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import Any, Final

from hanse.cli.say import Exit, table, tell
from hanse.cli.source import folder_argument, source_of
from hanse.derive.radio import LinkPath, link_path
from hanse.network.wanted.costs import cost_of
from hanse.network.wanted.links import Link
from hanse.network.wanted.network import Network

NAME: Final = "links"
HELP: Final = "show what each link costs, how far it goes, and what radio loses on the way"
HEADS: Final = ("LINK", "ENDS", "CLASS", "MBIT/S", "COST", "METRES", "BEARINGS", "LOSS", "FRESNEL", "FREE BELOW")


def arguments(parser: ArgumentParser) -> None:
    """Add what this word takes."""
    folder_argument(parser)


def run(args: Namespace) -> int:
    """Show them. What nobody can say stays empty: a site has no place, a class no frequency."""
    network = source_of(args).sound()
    links = [(link, link_path(network, link)) for _, link in sorted(network.links.items())]
    document = {"links": [_tree(network, link, way) for link, way in links]}
    tell(args, document, [table(HEADS, [_row(network, link, way) for link, way in links])])
    return Exit.FINE


def _tree(network: Network, link: Link, way: LinkPath | None) -> dict[str, Any]:
    return {
        "name": link.name,
        "ends": [str(end) for end in link.ends],
        "link_class": link.link_class,
        "capacity": network.link_classes[link.link_class].capacity,
        "cost": cost_of(network, link),
        "path": {**asdict(way), "free_below": way.free_below} if way else None,
    }


def _row(network: Network, link: Link, way: LinkPath | None) -> tuple[object, ...]:
    capacity = network.link_classes[link.link_class].capacity
    ends = f"{link.ends[0]} {link.ends[1]}"
    head = (link.name, ends, link.link_class, capacity or "", cost_of(network, link))
    if way is None:
        return (*head, "", "", "", "", "")
    bearings = f"{way.bearings[0]:.1f}° {way.bearings[1]:.1f}°" if way.distance else ""
    radio = (f"{way.radio.loss:.1f} dB", f"{way.radio.fresnel:.1f} m") if way.radio else ("", "")
    free = "" if way.free_below is None else f"{way.free_below:.1f} m"
    return (*head, f"{way.distance:.0f}", bearings, *radio, free)
