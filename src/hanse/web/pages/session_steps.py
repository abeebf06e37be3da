"""The status of sessions in forms: only where a step of their life leads is offered."""

from collections.abc import Iterable
from typing import Final

from hanse.actions import objects
from hanse.actions.rights import Person
from hanse.network.wanted.sessions import SessionStatus
from hanse.network.wanted.statuses import SESSIONS, common_statuses
from hanse.web.pages.object_forms.parts import Part

FIELD: Final = "status"


def offer_steps(part: Part, kind: str, names: Iterable[str], person: Person) -> None:
    """Leave in the form of sessions only statuses that all of those named can have next; a new one may begin anywhere.

    What stands in the form stays there, whatever it is: it is judged where it is put.
    """
    field = part.form.fields.get(FIELD)
    if kind != SESSIONS or field is None:
        return
    there = objects.objects(kind=SESSIONS, person=person)
    standing = [there[name].status for name in names if name in there]
    if standing:
        field.widget.choices = [(str(one), str(one)) for one in _shown(part, standing)]


def _shown(part: Part, standing: list[SessionStatus]) -> tuple[SessionStatus, ...]:
    written = part.form.data.get(FIELD, "")
    allowed = common_statuses(standing)
    return tuple(one for one in SessionStatus if one in allowed or one == written)
