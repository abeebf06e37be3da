"""Drafts: their list, and each one's page with what it would do; taken, withdrawn, opened again here."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hanse.actions import drafting, drafts
from hanse.actions.drafts import Choice as Side
from hanse.actions.drafts import Conflicting, NothingToTake
from hanse.actions.previewing import Preview, preview
from hanse.actions.rights import Right
from hanse.actions.weighing import Conflict
from hanse.conf.outside import outside
from hanse.network.wanted.edits import ALL_KINDS, GENERAL
from hanse.network.wanted.problem import Contradictory, Problem
from hanse.store.draft_states import DraftState
from hanse.web.pages.lists import Choice, Column, Table, Words, list_page, words_of
from hanse.web.pages.object_changes import as_yaml, told
from hanse.web.pages.objects import NAMELESS
from hanse.web.person import person_of

DRAFTS: Final = Table(
    columns=(
        Column("pk", "Number", cell="drafts/cells/number.html", sort=("pk",)),
        Column("title", "Title", cell="drafts/cells/title.html", sort=("title",)),
        Column("who", "By", sort=("who",)),
        Column("state", "State", cell="lists/cells/state.html", sort=("state",)),
        Column("changed_at", "Changed", cell="lists/cells/when.html", sort=("changed_at",)),
        Column("change_set_id", "Change set", cell="drafts/cells/change_set.html"),
    ),
    order=("-changed_at",),
)
Answer = HttpResponseBase


@require_GET
def draft_list(request: HttpRequest) -> Answer:
    """Show the drafts that the person may see."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    return list_page(
        request,
        table=DRAFTS,
        rows=drafts.draft_list(person),
        filters=(Words(fields=("title", "who")), Choice(name="state", title="State", options=words_of(DraftState))),
        template="drafts/list.html",
        more={"empty": "drafts/empty.html", "may_change": person.may_any(Right.CHANGE)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProblem:
    """A problem, and the object whose form mends it."""

    problem: Problem
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldConflict:
    """A conflict with its three texts."""

    conflict: Conflict
    base: str
    mine: str
    theirs: str


@require_GET
def draft(request: HttpRequest, number: int) -> Answer:
    """Show what a draft says and what it would do. `?router=` writes out those routers."""
    person = person_of(request)
    person.insist_any(Right.VIEW)
    row = drafts.draft(number, person)
    is_open = row.state == DraftState.OPEN
    found: Preview | None = None
    if is_open:
        found = preview(draft=number, person=person, world=outside(), only=request.GET.getlist("router"))
    context = {
        "draft": row,
        "title": row.title or drafts.title_of(drafts.operations(number, person)),
        "is_open": is_open,
        "operations": told(drafts.operations(number, person)),
        "preview": found,
        "problems": tuple(map(_told_problem, found.problems)) if found else (),
        "conflicts": tuple(map(_told_conflict, found.conflicts)) if found else (),
        "is_part": bool(request.GET.getlist("router")),
        "may_change": person.may_any(Right.CHANGE),
    }
    return render(request, "drafts/draft.html", context)


def _told_problem(problem: Problem) -> ToldProblem:
    kind = problem.path[0] if problem.path else ""
    if kind not in ALL_KINDS or (kind != GENERAL and len(problem.path) < 2):
        return ToldProblem(problem=problem)
    return ToldProblem(problem=problem, kind=kind, key=NAMELESS if kind == GENERAL else problem.path[1])


def _told_conflict(one: Conflict) -> ToldConflict:
    return ToldConflict(conflict=one, base=as_yaml(one.base), mine=as_yaml(one.mine), theirs=as_yaml(one.theirs))


@require_POST
def draft_new(request: HttpRequest) -> Answer:
    """Begin a draft."""
    number = drafts.begin(title=request.POST.get("title", "").strip(), person=person_of(request), world=outside())
    return redirect("draft", number)


@require_POST
def draft_take(request: HttpRequest, number: int) -> Answer:
    """Make what a draft says what is wanted; what stands against it is shown on its page."""
    try:
        taken = drafts.take(draft=number, person=person_of(request), world=outside())
    except (Conflicting, Contradictory, NothingToTake) as error:
        messages.error(request, f"It was not taken. {error}")
        return redirect("draft", number)
    messages.success(request, "Taken. The routers do not know yet: what is next stands below.")
    return redirect("change-set", taken.number)


@require_POST
def draft_withdraw(request: HttpRequest, number: int) -> Answer:
    """Put a draft aside."""
    drafts.withdraw(draft=number, person=person_of(request), world=outside())
    messages.success(request, f"Draft {number} is withdrawn.")
    return redirect("draft", number)


@require_POST
def draft_reopen(request: HttpRequest, number: int) -> Answer:
    """Open a withdrawn draft again."""
    drafts.reopen(draft=number, person=person_of(request), world=outside())
    return redirect("draft", number)


@require_POST
def draft_retitle(request: HttpRequest, number: int) -> Answer:
    """Call a draft something else."""
    title = request.POST.get("title", "").strip()
    drafts.retitle(draft=number, title=title, person=person_of(request), world=outside())
    return redirect("draft", number)


@require_POST
def draft_drop(request: HttpRequest, number: int) -> Answer:
    """Take what a draft says of one object out of it."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    drafts.drop(draft=number, kind=kind, name=name, person=person_of(request), world=outside())
    return redirect("draft", number)


@require_POST
def draft_settle(request: HttpRequest, number: int) -> Answer:
    """Settle a conflict over one object."""
    choice = request.POST.get("choice", "")
    if choice not in list(Side):
        raise Http404(f"a conflict is settled by {', '.join(Side)}")
    drafts.settle(
        draft=number,
        kind=request.POST.get("kind", ""),
        name=request.POST.get("name", ""),
        choice=Side(choice),
        person=person_of(request),
        world=outside(),
    )
    return redirect("draft", number)


@require_GET
def draft_file(request: HttpRequest, number: int) -> Answer:
    """Answer with what a draft says as a YAML file."""
    text = drafting.as_files(number, person_of(request))
    headers = {"Content-Disposition": f'attachment; filename="draft-{number}.yml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)
