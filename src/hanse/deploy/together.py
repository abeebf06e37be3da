"""Who has to change at the same time: both ends of a link whose words change at both ends.

A new hello interval on one end alone takes the adjacency down until the other end has it too; one after the other
neither would ever be found good.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hanse.deploy.plan import DevicePlan, body_of

PUNCTUATION: Final = str.maketrans("\"';,{}()[]", " " * 10)  # what stands around names in the dialects


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Two routers' interfaces on one link, each as (node, interface)."""

    mine: tuple[str, str]
    yours: tuple[str, str]


def groups(devices: tuple[DevicePlan, ...], joints: Iterable[Joint] = ()) -> tuple[tuple[DevicePlan, ...], ...]:
    """Return `devices` in groups that have to change together, in their order; most are alone.

    A joint binds when both of its interfaces are named in their routers' diffs, context included, and both routers
    run something already: before a first installation there is nothing to keep up.
    """
    place = {device.node: index for index, device in enumerate(devices)}
    first = list(range(len(devices)))  # of each device, the first of its group
    for joint in joints:
        (one, port), (other, other_port) = joint.mine, joint.yours
        if one not in place or other not in place:
            continue
        if _touches(devices[place[one]], port) and _touches(devices[place[other]], other_port):
            joined = {first[place[one]], first[place[other]]}
            first = [min(joined) if index in joined else index for index in first]
    return tuple(
        tuple(device for device, index in zip(devices, first, strict=True) if index == leader)
        for leader in sorted(set(first))
    )


def _touches(device: DevicePlan, interface: str) -> bool:
    return bool(device.before_text) and any(_names(line, interface) for line in body_of(device.diff))


def _names(line: str, interface: str) -> bool:
    """Say whether `line` has `interface` as a word of its own, behind the mark of the diff."""
    return interface in line[1:].translate(PUNCTUATION).split()
