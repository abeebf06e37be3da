"""What others are told of our names: zones for name servers, targets for Prometheus."""

from dataclasses import dataclass

from hanse.actions.rights import Person, Right
from hanse.actions.whereabouts import visible
from hanse.actions.world import World
from hanse.derive.targets import TargetGroup, target_groups
from hanse.derive.zones import Zone, zones
from hanse.network.errors import WantedError
from hanse.render.zones import zone_file, zone_text
from hanse.store import snapshot


class NoSuchZone(WantedError):
    """Nothing that is wanted has a name in this zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenZone:
    """A zone as a file."""

    zone: Zone
    file: str
    text: str


def written_zones(person: Person, world: World, *, serial: int | None = None) -> tuple[WrittenZone, ...]:
    """Return all zones as files, the forward one first. The serial is the day's, if none is given.

    :raises NotAllowed: it takes the right to look at everything
    :raises NothingWanted:
    :raises NoDomain:
    :raises NobodyAnswers:
    """
    person.insist(Right.VIEW)
    used = int(world.clock.now().strftime("%Y%m%d00")) if serial is None else serial
    return tuple(
        WrittenZone(zone=zone, file=zone_file(zone), text=zone_text(zone, used)) for zone in zones(snapshot.load())
    )


def written_zone(name: str, person: Person, world: World) -> WrittenZone:
    """Return one zone as a file.

    :raises NoSuchZone:
    """
    for one in written_zones(person, world):
        if one.zone.name == name:
            return one
    raise NoSuchZone(f"there is no zone {name!r}")


def prometheus_targets(person: Person) -> tuple[TargetGroup, ...]:
    """Return the exporters of the routers that the person may see; none while nothing is wanted."""
    nodes = visible("nodes", person)
    return target_groups(snapshot.load(), nodes) if nodes else ()
