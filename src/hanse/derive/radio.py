"""How far a link goes over the ground, and what radio loses on the way. Plain arithmetic over what is wanted.

>>> round(free_space_loss(1000, 2400), 1)
100.0
"""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, log10, radians, sin, sqrt
from typing import Final

from hanse.network.wanted.links import Link, Medium
from hanse.network.wanted.network import Network
from hanse.network.wanted.places import Place

EARTH: Final = 6_371_008.8  # metres: mean radius of WGS 84, (2a + b) / 3; the ellipsoid is at most 0.6 % off
REFRACTION: Final = 4 / 3  # effective radius of the Earth for radio in a standard atmosphere, ITU-R P.310
LIGHT: Final = 299_792_458.0  # metres a second
CLEARANCE: Final = 0.6  # of the first Fresnel zone must be free: ITU-R P.526 section 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioLoss:
    """What the frequency says of a way. Metres, except `loss`."""

    frequency: int  # MHz
    loss: float  # dB in free space, ITU-R P.525
    fresnel: float  # radius of the first zone in the middle of the way, ITU-R P.526
    clearance: float  # 60 % of that: nothing may stand nearer to the line of sight


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPath:
    """The way of a link from its first end to its second. Metres and degrees from north, clockwise."""

    link: str
    distance: float  # along the ground
    bearings: tuple[float, float]  # at each end, towards the other; both 0 where the ends are at one place
    bulge: float  # of the Earth in the middle of the way, as radio has it
    heights: tuple[float | None, float | None]  # of each end above the ground; None: nobody wrote it down
    radio: RadioLoss | None  # None: no radio, or nobody wrote its frequency down

    @property
    def free_below(self) -> float | None:
        """Return how high things in the middle may stand where the ground is level, None where nobody can say."""
        one, other = self.heights
        if one is None or other is None or self.radio is None:
            return None
        return (one + other) / 2 - self.bulge - self.radio.clearance


def link_path(network: Network, link: Link) -> LinkPath | None:
    """Return the way of `link`, or None where a site of it has no place."""
    nodes = [network.nodes[end.node] for end in link.ends]
    one, other = (network.sites[node.site].place for node in nodes)
    if one is None or other is None:
        return None
    link_class = network.link_classes[link.link_class]
    far = distance(one, other)
    frequency = link_class.frequency if link_class.medium is Medium.RADIO else None
    return LinkPath(
        link=link.name,
        distance=far,
        bearings=(bearing(one, other), bearing(other, one)),
        bulge=bulge(far),
        heights=(nodes[0].height, nodes[1].height),
        radio=radio_loss(far, frequency) if frequency and far else None,
    )


def distance(one: Place, other: Place) -> float:
    """Return the metres between two places along a great circle, by the haversine formula."""
    lower, upper = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((upper - lower) / 2) ** 2 + cos(lower) * cos(upper) * sin(across / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def bearing(one: Place, other: Place) -> float:
    """Return the direction in which `other` lies as seen from `one`: degrees from north, clockwise, below 360."""
    lower, upper = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    east = sin(across) * cos(upper)
    north = cos(lower) * sin(upper) - sin(lower) * cos(upper) * cos(across)
    return degrees(atan2(east, north)) % 360 % 360  # a hair below nought is 360.0 after the first


def bulge(far: float) -> float:
    """Return by how many metres the Earth rises into a way of `far` metres, in its middle."""
    return far**2 / (8 * REFRACTION * EARTH)


def radio_loss(far: float, frequency: int) -> RadioLoss:
    """Return what radio of `frequency` MHz loses over `far` metres, more than nought."""
    radius = fresnel(far, frequency)
    return RadioLoss(
        frequency=frequency, loss=free_space_loss(far, frequency), fresnel=radius, clearance=CLEARANCE * radius
    )


def free_space_loss(far: float, frequency: float) -> float:
    """Return the basic transmission loss in dB, ITU-R P.525: 32.4 + 20 log f (MHz) + 20 log d (km)."""
    return 32.4 + 20 * log10(frequency) + 20 * log10(far / 1000)


def fresnel(far: float, frequency: float) -> float:
    """Return the radius in metres of the first Fresnel zone in mid path: ITU-R P.526, sqrt(d lambda) / 2."""
    return sqrt(far * LIGHT / (frequency * 1e6)) / 2
