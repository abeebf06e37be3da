"""What counts for one session in the end, and which level says so."""

from dataclasses import asdict, dataclass

from django.http import Http404
from rest_framework.response import Response

from hanse.actions import looking
from hanse.web.api.lists import one_row
from hanse.web.api.operations import NOT_HERE, Asked, Operation
from hanse.web.api.seen import SESSIONS
from hanse.web.api.shapes import given


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedThing:
    """One thing that counts, and the level that says so: the session, AS64501, group friends, ..."""

    value: str
    by: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInForce:
    """What counts for a session besides what its relationship means. `vrf` null: the global table.

    Policies stand in the order that they are gone through. `password` is a secret's name. The `detail` of a word of
    `context` is its value.
    """

    status: CountedThing
    vrf: CountedThing | None
    local_asn: CountedThing
    max_prefixes: CountedThing
    bfd: CountedThing | None
    password: str
    import_policies: list[CountedThing]
    export_policies: list[CountedThing]
    import_communities: list[CountedThing]
    export_communities: list[CountedThing]
    context: list[CountedThing]


def counted() -> Operation:
    """Return the operation that tells what counts for a wanted session."""

    def answer(asked: Asked, session: int) -> Response:
        row = one_row(asked, SESSIONS, session)
        found = looking.session_in_force(row["name"], row["family"])
        if found is None:
            raise Http404
        return Response(asdict(found))

    return Operation(
        answer=answer,
        summary="Show what counts for a session, and which level says so",
        gives=given(SessionInForce),
        failures=NOT_HERE,
    )
