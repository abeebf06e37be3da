"""What is known of each router by its last looks: rows read back as values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter

from hanse.monitor.happenings import LastSeen, Subject
from hanse.network.seen.bgp import SeenSession
from hanse.network.seen.device import SeenDevice, SeenInterface, SeenLabel, SeenLldpNeighbour, SeenOspfNeighbour
from hanse.store.models import Sighting

Key = tuple[Subject, str]
Facts = dict[Key, Any]  # of what is there: the facts as they stand in the rows

DEVICE: Final = TypeAdapter(SeenDevice)
SESSION: Final = TypeAdapter(SeenSession)
NEIGHBOUR: Final = TypeAdapter(SeenOspfNeighbour)
INTERFACE: Final = TypeAdapter(SeenInterface)
LLDP: Final = TypeAdapter(SeenLldpNeighbour)
LABEL: Final = TypeAdapter(SeenLabel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of a router, as values and as the rows hold it."""

    seen: LastSeen = field(default_factory=LastSeen)
    facts: Facts = field(default_factory=dict)
    polled_at: datetime | None = None  # the last attempt, answered or not
    answered_at: datetime | None = None
    error: str = ""  # why the last attempt failed


def memories(nodes: Iterable[str] | None = None) -> dict[str, Memory]:
    """Return what is known of each router that was ever looked at. One query."""
    rows = Sighting.objects.filter(is_there=True)
    if nodes is not None:
        rows = rows.filter(node__in=list(nodes))
    facts: dict[str, Facts] = {}
    for node, subject, key, found in rows.order_by("pk").values_list("node", "subject", "key", "facts"):
        facts.setdefault(node, {})[Subject(subject), key] = found
    return {node: _memory(found) for node, found in facts.items()}


def _memory(facts: Facts) -> Memory:
    router = facts[Subject.ROUTER, ""]
    device = router["device"]
    return Memory(
        seen=LastSeen(
            answered=router["answered"],
            device=DEVICE.validate_python(device) if device else None,
            sessions=_all(facts, Subject.SESSION, SESSION),
            neighbours=_all(facts, Subject.NEIGHBOUR, NEIGHBOUR),
            interfaces=_all(facts, Subject.INTERFACE, INTERFACE),
            lldp=_all(facts, Subject.LLDP, LLDP),
            labels=_all(facts, Subject.LABEL, LABEL),
        ),
        facts=facts,
        polled_at=_time(router["polled_at"]),
        answered_at=_time(router["answered_at"]),
        error=router["error"],
    )


def _all(facts: Facts, subject: Subject, adapter: TypeAdapter[Any]) -> tuple[Any, ...]:
    return tuple(adapter.validate_python(found) for (kind, _), found in facts.items() if kind is subject)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
