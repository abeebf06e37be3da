"""What can be said of a session, and of everything that stands above it: the levels it takes policies from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from hanse.network.wanted.fields import Arguments, Intent, ObjectName, Refers


class ParentStatus(StrEnum):
    """Whether the sessions below may be up. What a parent says can switch a session off, never on."""

    ENABLED = "enabled"
    MAINTENANCE = "maintenance"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Intent):
    """One level above a route: `inherited.py` says in which order they count."""

    import_policies: Annotated[
        tuple[ObjectName, ...], Refers("routing_policies"), "what happens to routes taken, besides the relationship"
    ] = ()
    export_policies: Annotated[
        tuple[ObjectName, ...], Refers("routing_policies"), "what happens to routes told, besides the relationship"
    ] = ()
    communities: Annotated[tuple[ObjectName, ...], Refers("communities", in_order=False), "put on the routes"] = ()
    context: Annotated[Arguments, "words for templates, as YAML"] = field(default_factory=dict)
    tags: Annotated[tuple[ObjectName, ...], Refers("tags", in_order=False)] = ()
