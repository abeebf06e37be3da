"""Change sets: what was taken together, and the way back."""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hanse.actions import change_sets
from hanse.actions.reach import routers_of
from hanse.actions.rights import Right
from hanse.actions.seen_sites import may_deploy_somewhere
from hanse.conf.outside import outside
from hanse.web.pages.lists import Column, Table, Words, list_page
from hanse.web.pages.object_changes import told
from hanse.web.person import person_of

CHANGE_SETS: Final = Table(
    columns=(
        Column("pk", "Number", cell="change_sets/cells/number.html", sort=("pk",)),
        Column("title", "Title", cell="change_sets/cells/title.html", sort=("title",)),
        Column("objects_changed", "Objects", sort=("objects_changed",), is_number=True),
        Column("who", "By", sort=("who",)),
        Column("door", "Door", sort=("door",)),
        Column("at", "Taken", cell="lists/cells/when.html", sort=("at",)),
    ),
    order=("-at",),
)


@require_GET
def change_set_list(request: HttpRequest) -> HttpResponseBase:
    """Show the change sets that the person may see."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    return list_page(
        request,
        table=CHANGE_SETS,
        rows=change_sets.change_set_list(person),
        filters=(Words(fields=("title", "who", "door")),),
        template="change_sets/list.html",
        more={"empty": "change_sets/empty.html"},
    )


@require_GET
def change_set(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show what a change set changed."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    context = {
        "change_set": change_sets.change_set(number, person),
        "changes": told(change_sets.changes_of(number, person)),
        "undone_by": change_sets.undone_by(number, person),
        "may_change": person.may_any(Right.CHANGE),
        "may_deploy": may_deploy_somewhere(person),
        "routers": routers_of(number, person, outside()) if may_deploy_somewhere(person) else (),
    }
    return render(request, "change_sets/change_set.html", context)


@require_POST
def change_set_undo(request: HttpRequest, number: int) -> HttpResponseBase:
    """Begin the draft that takes a change set back, and show it."""
    draft = change_sets.undo(number=number, person=person_of(request), world=outside())
    return redirect("draft", draft)
