"""Who asks: the person behind a request, with their grants."""

from django.http import HttpRequest

from hanse.actions.people import person_for
from hanse.actions.rights import Person


def person_of(request: HttpRequest, door: str = "page") -> Person:
    """Return the person behind `request`; somebody who is not logged in may do nothing. Two queries, once a request."""
    if not hasattr(request, "hanse_person"):
        request.hanse_person = person_for(request.user, door)  # type: ignore[attr-defined]
    person: Person = request.hanse_person  # type: ignore[attr-defined]
    return person
