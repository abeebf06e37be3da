"""Into which draft a change goes: one that is open, or a new one."""

from functools import cached_property

from django.http import HttpRequest

from hanse.actions.drafts import draft_list
from hanse.store.draft_states import DraftState
from hanse.web.person import person_of


class DraftChoice:
    """The drafts that a change can go into, and the one that was chosen, in the form or in the address."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def number(self) -> int | None:
        """Return the number of the chosen draft; None: a new one."""
        written = self.request.POST.get("draft", self.request.GET.get("draft", ""))
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None

    @cached_property
    def open(self) -> tuple[tuple[int, str], ...]:
        """Return number and title of the person's open drafts and of the chosen one, the latest first."""
        person = person_of(self.request)
        rows = draft_list(person).filter(state=DraftState.OPEN)
        chosen = [(one.pk, one.title) for one in rows.filter(pk=self.number)] if self.number else []
        own = [(one.pk, one.title) for one in rows.filter(who=person.who)[:20]]
        return tuple(dict([*chosen, *own]).items())


def chosen_draft(request: HttpRequest) -> int | None:
    """Return the number of the draft that was chosen; None: a new one."""
    return DraftChoice(request).number
