"""Keeping networks equal to PeeringDB: each difference that is to be taken becomes a change set that can be undone."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from hanse.actions.drafts import save_now
from hanse.actions.objects import wanted_now
from hanse.actions.peering import registry
from hanse.actions.peering.registry import Profile
from hanse.actions.rights import EVERYTHING, Person, Right
from hanse.actions.world import World
from hanse.derive.policy import TERMS
from hanse.network.errors import WantedError
from hanse.network.values.asn import Asn
from hanse.network.wanted.edits import Edit, body_of
from hanse.network.wanted.network import Network
from hanse.network.wanted.peering import AutonomousSystem, Kept
from hanse.network.wanted.sessions import FamilyNumbers, Relationship

PEERINGDB: Final = Person(who="PeeringDB", door="job", granted=(EVERYTHING,))
LEAST: Final = 0.5  # of a number of prefixes: a smaller one is a mistake more often than not
LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something of an AS that PeeringDB says otherwise. `refused`: why it is not taken by itself; empty: it is."""

    asn: int
    name: str
    field: Kept
    ours: str
    theirs: str
    refused: str = ""

    def __str__(self) -> str:
        return f"AS{self.asn} {self.field}: {self.ours or 'nothing'} here, {self.theirs or 'nothing'} at PeeringDB"


def shown_differences(person: Person, *, asn: int | None = None) -> tuple[Difference, ...]:
    """Return where the networks that are kept equal differ from PeeringDB now, of those that `person` may look at.

    :raises NotAllowed:
    """
    person.insist_any(Right.VIEW, "autonomous_systems")
    network = wanted_now()
    if network is None:
        return ()
    kept = [one for one in _kept(network) if asn is None or one.asn.number == asn]
    seen = [one for one in kept if person.may(Right.VIEW, "autonomous_systems", asn=one.asn.number)]
    profiles = registry.profiles(one.asn.number for one in seen)
    return tuple(difference for one in seen for difference in differences(one, profiles.get(one.asn.number)))


def keep_equal(world: World) -> tuple[Difference, ...]:
    """Take every difference that can be taken, each as a change set of its own, and return those that were not.

    Whoever does not want one undoes it and takes the field out of what is kept: else it comes again.
    """
    left: list[Difference] = []
    network = wanted_now()
    if network is None:
        return ()
    profiles = registry.profiles(one.asn.number for one in _kept(network))
    for asn, profile in sorted(profiles.items()):
        for difference in differences(network.autonomous_systems[Asn(asn)], profile):
            refused = difference.refused or _take(difference, profile, world)
            left += [replace(difference, refused=refused)] if refused else []
    return tuple(left)


def _kept(network: Network) -> tuple[AutonomousSystem, ...]:
    return tuple(one for one in network.autonomous_systems.values() if one.keep)


def _take(difference: Difference, profile: Profile, world: World) -> str:
    """Make a difference what is wanted; return why that could not be."""
    network = wanted_now()
    found = network.autonomous_systems.get(Asn(difference.asn)) if network else None
    if found is None:
        return "the AS is not wanted any more"
    after = replace(found, **_fields(found, difference.field, profile))
    edit = Edit(kind="autonomous_systems", name=str(difference.asn), body=body_of("autonomous_systems", after))
    title = f"PeeringDB: AS{difference.asn} {difference.field} is {difference.theirs}, was {difference.ours or 'empty'}"
    try:
        save_now(edits=[edit], person=PEERINGDB, world=world, title=title)
    except WantedError as error:
        LOG.warning("%s is not taken: %s", difference, error)
        return str(error)
    return ""


def _fields(found: AutonomousSystem, field: Kept, profile: Profile) -> dict[str, Any]:
    now = found.max_prefixes or profile.max_prefixes or TERMS[Relationship.PEER].max_prefixes
    match field:
        case Kept.NAME:
            return {"name": profile.name}
        case Kept.AS_SET:
            return {"as_set": profile.as_set}
        case Kept.MAX_PREFIXES_IPV4:
            return {"max_prefixes": FamilyNumbers(ipv4=profile.prefixes4, ipv6=now.ipv6)}
        case Kept.MAX_PREFIXES_IPV6:
            return {"max_prefixes": FamilyNumbers(ipv4=now.ipv4, ipv6=profile.prefixes6)}


def differences(found: AutonomousSystem, profile: Profile | None) -> Iterator[Difference]:
    """Yield where an AS differs from PeeringDB in what is kept equal; nothing if PeeringDB does not know it."""
    if profile is None:
        return
    theirs: Mapping[Kept, str | int] = {
        Kept.NAME: profile.name,
        Kept.AS_SET: profile.as_set,
        Kept.MAX_PREFIXES_IPV4: profile.prefixes4,
        Kept.MAX_PREFIXES_IPV6: profile.prefixes6,
    }
    ours: Mapping[Kept, str | int] = {
        Kept.NAME: found.name,
        Kept.AS_SET: found.as_set,
        Kept.MAX_PREFIXES_IPV4: found.max_prefixes.ipv4 if found.max_prefixes else 0,
        Kept.MAX_PREFIXES_IPV6: found.max_prefixes.ipv6 if found.max_prefixes else 0,
    }
    for field in Kept:
        if field in found.keep and ours[field] != theirs[field]:
            yield Difference(
                asn=found.asn.number,
                name=found.name or profile.name,
                field=field,
                ours=str(ours[field] or ""),
                theirs=str(theirs[field] or ""),
                refused=_why_not(ours[field], theirs[field]),
            )


def _why_not(ours: str | int, theirs: str | int) -> str:
    """Return why what PeeringDB says is not taken by itself."""
    if not theirs:
        return "it vanished there: say what is to hold, or take it out of what is kept"
    if isinstance(ours, int) and isinstance(theirs, int) and theirs < ours * LEAST:
        return f"it shrank to less than {LEAST:.0%} there: say what is to hold, or take it out of what is kept"
    return ""
